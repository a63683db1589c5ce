//! Replies as most vendors write them: an object that says how a job stands.

use serde_json::Value;

use super::{
    Call, Content, Ended, Frame, Info, Job, Listed, Update,
    failure::{malformed, parse, shortened},
};
use crate::{
    error::Error,
    event::Event,
    json,
    report::{Cost, Report},
    task::Status,
};

impl Frame<'_> {
    /// The value of a whole reply to one of these requests.
    pub(crate) fn value(&self, info: &Info, calls: &[Call]) -> Result<Value, Error> {
        match self.content {
            Content::Body(_, body) if calls.contains(&self.call) => parse(info, body),
            _ => Err(malformed(info, "something other than was asked for")),
        }
    }
}

/// What a reply says, as it is put together.
#[derive(Debug, Default)]
pub(crate) struct Told(Vec<Update>);

impl Told {
    /// What the object of a job begins with: its handle, which is in the field `id`, and the vendor's
    /// own word for how it stands, which comes back. `what` is such an object without a handle.
    pub(crate) fn job<'a>(
        info: &Info,
        value: &'a Value,
        id: &str,
        what: &str,
    ) -> Result<(Self, &'a str), Error> {
        let Some(id) = json::text(value, id) else { return Err(malformed(info, what)) };
        let mut told = Self::default();
        told.push(Update::Job(Job(id.to_owned())));
        let word = json::text(value, "status").unwrap_or_default();
        if !word.is_empty() {
            told.push(Update::Word(word.to_owned()));
        }
        Ok((told, word))
    }

    #[inline(never)]
    pub(crate) fn push(&mut self, update: Update) {
        self.0.push(update);
    }

    /// What the job was asked, in the fields of these names.
    pub(crate) fn asked(&mut self, value: &Value, question: &str, schema: &str) {
        if let Some(question) = json::text(value, question) {
            let output_schema = value.get(schema).filter(|schema| schema.is_object()).cloned();
            self.push(Update::Asked { question: question.to_owned(), output_schema });
        }
    }

    /// What the job has cost.
    pub(crate) fn cost(&mut self, cost: Option<&Cost>) {
        if let Some(cost) = cost {
            self.push(Update::Cost(cost.clone()));
        }
    }

    /// Something that happened, of which the vendor does not say when.
    pub(crate) fn event(&mut self, number: Option<u64>, event: Event) {
        self.push(Update::Event { number, at_ms: None, event });
    }

    /// The vendor says something in its own words.
    pub(crate) fn note(&mut self, text: Option<&str>) {
        if let Some(text) = text {
            self.event(None, Event::NoteMade { text: shortened(text) });
        }
    }

    pub(crate) fn status(&mut self, status: Status) {
        self.push(Update::Status(status));
    }

    /// The job is over, and this is its report.
    pub(crate) fn completed(&mut self, report: Report) {
        self.push(Update::Ended(Ended::Completed(report)));
    }

    /// The job is over without a report.
    pub(crate) fn failed(&mut self, error: Error) {
        self.push(Update::Ended(Ended::Failed(error)));
    }

    pub(crate) fn all(self) -> Vec<Update> {
        self.0
    }
}

/// A page of a list of jobs; entries that name none are left out.
pub(crate) fn listed(
    entries: &[Value],
    entry: fn(&Value) -> Option<Listed>,
    next: Option<String>,
) -> Vec<Update> {
    let mut jobs = Vec::new();
    for value in entries {
        jobs.extend(entry(value));
    }
    vec![Update::Listed { jobs, next }]
}

/// A text of a reply that may be missing, to keep.
pub(crate) fn owned(value: &Value, name: &str) -> Option<String> {
    json::text(value, name).map(str::to_owned)
}
