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

/// Reads the value of a whole reply.
pub(crate) type Reader = fn(&Value, &mut Told) -> Result<(), Error>;

/// Fills a report from the value of a whole reply; none when that holds none.
pub(crate) type Fill = fn(&Value, &mut Report) -> Option<()>;

impl Frame<'_> {
    /// Reads a whole reply to one of these requests.
    pub(crate) fn read(
        &self,
        info: &Info,
        readers: &[(Call, Reader)],
    ) -> Result<Vec<Update>, Error> {
        let reader = readers.iter().find(|(call, _)| *call == self.call);
        let (Content::Body(_, body), Some((_, reader))) = (self.content, reader) else {
            return Err(malformed(info, "something other than was asked for"));
        };
        let mut told = Told::default();
        reader(&parse(info, body)?, &mut told)?;
        Ok(told.updates)
    }
}

/// What a reply says, as it is put together.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) updates: Vec<Update>,
    /// What the job has cost, for its report.
    cost: Option<Cost>,
}

impl Told {
    #[inline(never)]
    pub(crate) fn push(&mut self, update: Update) {
        self.updates.push(update);
    }

    /// What the object of a job begins with: its handle, which is in the field `id`, and the vendor's
    /// own word for how it stands, which comes back.
    pub(crate) fn begin<'a>(
        &mut self,
        info: &Info,
        value: &'a Value,
        id: &str,
    ) -> Result<&'a str, Error> {
        let Some(job) = owned(value, id) else {
            return Err(malformed(info, "a job without an id"));
        };
        self.push(Update::Job(Job(job)));
        if let Some(word) = owned(value, "status") {
            self.push(Update::Word(word));
        }
        Ok(json::text(value, "status").unwrap_or_default())
    }

    /// What the job was asked, in the fields of these names.
    pub(crate) fn asked(&mut self, value: &Value, question: &str, schema: &str) {
        if let Some(question) = owned(value, question) {
            let output_schema = value.get(schema).filter(|schema| schema.is_object()).cloned();
            self.push(Update::Asked { question, output_schema });
        }
    }

    /// What the job has cost.
    pub(crate) fn cost(&mut self, cost: Option<Cost>) {
        if let Some(cost) = &cost {
            self.push(Update::Cost(cost.clone()));
        }
        self.cost = cost;
    }

    pub(crate) fn status(&mut self, status: Status) {
        self.push(Update::Status(status));
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

    /// The job is over with a report, which has to be there.
    pub(crate) fn completed(
        &mut self,
        info: &Info,
        value: &Value,
        fill: Fill,
    ) -> Result<(), Error> {
        let mut report = Report::default();
        if fill(value, &mut report).is_none() {
            return Err(malformed(info, "a completed job without its result"));
        }
        report.cost = self.cost.take();
        self.push(Update::Ended(Ended::Completed(report)));
        Ok(())
    }

    /// The job is over without a report.
    pub(crate) fn failed(&mut self, error: Error) {
        self.push(Update::Ended(Ended::Failed(error)));
    }

    /// The job was ended on request, with what had been found.
    pub(crate) fn cancelled(&mut self, mut found: Option<Report>) {
        if let Some(report) = &mut found {
            report.partial = true;
            report.cost = self.cost.take();
        }
        self.push(Update::Ended(Ended::Cancelled(found)));
    }

    /// A page of a list of jobs; entries that name none are left out.
    pub(crate) fn listed(
        &mut self,
        entries: &[Value],
        entry: fn(&Value) -> Option<Listed>,
        next: Option<String>,
    ) {
        let mut jobs = Vec::new();
        for value in entries {
            if let Some(job) = entry(value) {
                jobs.push(job);
            }
        }
        self.push(Update::Listed { jobs, next });
    }
}

/// A text of a reply that may be missing, to keep.
pub(crate) fn owned(value: &Value, name: &str) -> Option<String> {
    json::text(value, name).map(str::to_owned)
}
