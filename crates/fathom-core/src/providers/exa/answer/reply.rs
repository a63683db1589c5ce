//! Reading the reply of an answer.

use serde_json::Value;

use crate::{
    error::Error,
    json, links,
    pages::Pages,
    provider::{Call, Frame, Update, reply::Told},
    report::Report,
};

use super::INFO;
use crate::providers::exa::{
    grounding::{add_all, cite},
    plain::dollars,
};

pub(super) fn updates(frame: Frame<'_>) -> Result<Vec<Update>, Error> {
    frame.read(&INFO, &[(Call::Create, answer)])
}

fn answer(value: &Value, told: &mut Told) -> Result<(), Error> {
    told.cost(dollars(value));
    told.completed(&INFO, value, report)
}

fn report(value: &Value, report: &mut Report) -> Option<()> {
    let answer = value.get("answer").filter(|answer| !answer.is_null())?;
    match answer {
        Value::String(text) => text.clone_into(&mut report.markdown),
        value => report.structured = Some(value.clone()),
    }
    let mut pages = Pages::default();
    let listed = add_all(&mut pages, json::list(value, "citations"));
    // The links in the text may name pages beyond those that are listed.
    report.citations = links::cite_among(&report.markdown, &mut pages);
    if report.citations.is_empty() {
        // The pages stand behind the answer as a whole.
        let field = report.structured.is_some().then_some("$");
        cite(&mut report.citations, field, listed, None);
    }
    report.sources = pages.into_list();
    Some(())
}
