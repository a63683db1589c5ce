//! Reading the reply of an answer.

use serde_json::Value;

use crate::{
    error::Error,
    json, links,
    provider::{
        Call, Content, Ended, Frame, Update,
        failure::{malformed, parse},
    },
    report::{Citation, Report},
};

use super::INFO;
use crate::providers::exa::{grounding::Sources, plain::dollars};

pub(super) fn updates(frame: Frame<'_>) -> Result<Vec<Update>, Error> {
    let (Call::Create, Content::Body(_, body)) = (frame.call, frame.content) else {
        return Err(malformed(&INFO, "something other than was asked for"));
    };
    let value = parse(&INFO, body)?;
    let report = report(&value).ok_or_else(|| malformed(&INFO, "a reply without an answer"))?;
    let cost = report.cost.clone().map(Update::Cost);
    Ok(cost.into_iter().chain([Update::Ended(Ended::Completed(report))]).collect())
}

fn report(value: &Value) -> Option<Report> {
    let answer = value.get("answer").filter(|answer| !answer.is_null())?;
    let mut sources = Sources::default();
    for page in json::list(value, "citations") {
        sources.add(page);
    }
    let markdown = answer.as_str().unwrap_or_default().to_owned();
    let structured = (!answer.is_string()).then(|| answer.clone());
    let mut citations = linked(&markdown, &mut sources);
    let sources = sources.into_list();
    if citations.is_empty() && !sources.is_empty() {
        // The pages stand behind the answer as a whole.
        let all = sources.iter().map(|source| source.id).collect();
        let field = structured.is_some().then(|| "$".to_owned());
        citations.push(Citation { field, sources: all, ..Citation::default() });
    }
    let cost = value.get("costDollars").and_then(dollars);
    Some(Report { markdown, structured, sources, citations, cost, ..Report::default() })
}

/// The links in the text, which may name pages beyond those that are listed.
fn linked(markdown: &str, sources: &mut Sources) -> Vec<Citation> {
    let (pages, mut citations) = links::cite(markdown);
    let ids: Vec<Option<u32>> = pages
        .iter()
        .map(|page| sources.add(&serde_json::json!({"url": page.url, "title": page.title})))
        .collect();
    for citation in &mut citations {
        let id = |id: &u32| *ids.get(usize::try_from(*id).ok()?.checked_sub(1)?)?;
        citation.sources = citation.sources.iter().filter_map(id).collect();
    }
    citations.retain(|citation| !citation.sources.is_empty());
    citations
}
