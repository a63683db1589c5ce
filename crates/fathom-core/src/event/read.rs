//! Reading an event.
//!
//! A derived reader of a tagged enum keeps a copy of itself for every variant and a buffer of what
//! it has not understood yet: 30 KB in a browser. No two kinds of event use a field's name for
//! different things, so one struct with all of them reads the same text in a tenth of that.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::{Count, Event, Facet};
use crate::{report::Warning, source::Source, task::Status};

/// All fields of all kinds.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    job: String,
    query: String,
    text: String,
    title: String,
    counts: Vec<Count>,
    facets: Vec<Facet>,
    sections: Vec<String>,
    source: Option<Source>,
    warning: Option<Warning>,
    status: Option<Status>,
    indexed: u64,
    total: u64,
    queries: u32,
    passages: u32,
    new: u32,
    /// A number of those read; where a program names those found, a list.
    documents: Value,
    sentences: u32,
    kept: u32,
    merged: u32,
    checked: u32,
    dropped: u32,
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Fields::deserialize(deserializer)?.event().unwrap_or(Self::Unknown))
    }
}

impl Fields<'_> {
    /// Nothing when the kind is not known or lacks what it is about.
    fn event(self) -> Option<Event> {
        let Self { job, query, text, facets, sections, indexed, total, queries, passages, .. } =
            self;
        let Self {
            title, counts, new, documents, sentences, kept, merged, checked, dropped, ..
        } = self;
        Some(match &*self.kind {
            "run-submitted" => Event::RunSubmitted { job },
            "run-started" => Event::RunStarted,
            "index-awaited" => Event::IndexAwaited { indexed, total },
            "plan-made" => Event::PlanMade { facets, queries },
            "search-started" => Event::SearchStarted { query },
            "search-ended" => Event::SearchEnded { query, passages, new },
            "source-found" => Event::SourceFound { source: self.source? },
            "read-ended" => Event::ReadEnded { documents: count(&documents), sentences },
            "select-ended" => Event::SelectEnded { kept, merged },
            "outline-made" => Event::OutlineMade { sections },
            "step-started" => Event::StepStarted { title },
            "step-ended" => Event::StepEnded { title },
            "progress-made" => Event::ProgressMade { counts },
            "note-made" => Event::NoteMade { text },
            "text-delta" => Event::TextDelta { text },
            "check-ended" => Event::CheckEnded { checked, dropped },
            "warning-raised" => Event::WarningRaised { warning: self.warning? },
            "run-ended" => Event::RunEnded { status: self.status? },
            _ => return None,
        })
    }
}

fn count(value: &Value) -> u32 {
    value.as_u64().and_then(|count| u32::try_from(count).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{event::FacetOrigin, report::WarningKind};

    #[test]
    fn every_kind_reads_back_as_it_was_written() {
        let (job, query, text) = ("j".to_owned(), "q".to_owned(), "t".to_owned());
        let facet = Facet { title: "f".to_owned(), origin: FacetOrigin::Library };
        let warning = Warning { kind: WarningKind::Gap, message: "w".to_owned() };
        let events = [
            Event::RunSubmitted { job },
            Event::RunStarted,
            Event::IndexAwaited { indexed: 1, total: 2 },
            Event::PlanMade { facets: vec![facet], queries: 3 },
            Event::SearchStarted { query: query.clone() },
            Event::SearchEnded { query, passages: 4, new: 5 },
            Event::SourceFound { source: Source { id: 6, ..Source::default() } },
            Event::ReadEnded { documents: 7, sentences: 8 },
            Event::SelectEnded { kept: 9, merged: 10 },
            Event::OutlineMade { sections: vec!["s".to_owned()] },
            Event::StepStarted { title: text.clone() },
            Event::StepEnded { title: text.clone() },
            Event::ProgressMade { counts: vec![Count { what: "w".to_owned(), count: 13 }] },
            Event::NoteMade { text: text.clone() },
            Event::TextDelta { text },
            Event::CheckEnded { checked: 11, dropped: 12 },
            Event::WarningRaised { warning },
            Event::RunEnded { status: Status::Completed },
            Event::Unknown,
        ];
        for event in events {
            let written = serde_json::to_string(&event).unwrap();
            assert_eq!(serde_json::from_str::<Event>(&written).unwrap(), event, "{written}");
        }
    }

    #[test]
    fn a_search_that_names_its_documents_is_read_all_the_same() {
        let text =
            r#"{"type":"search-ended","query":"q","passages":2,"new":1,"documents":["a@1"]}"#;
        let read = Event::SearchEnded { query: "q".to_owned(), passages: 2, new: 1 };
        assert_eq!(serde_json::from_str::<Event>(text).unwrap(), read);
    }

    #[test]
    fn a_kind_that_is_new_or_lacks_what_it_is_about_is_unknown() {
        for text in [r#"{"type":"tea-made","cups":{"n":[1]}}"#, r#"{"type":"source-found"}"#, "{}"]
        {
            assert_eq!(serde_json::from_str::<Event>(text).unwrap(), Event::Unknown);
        }
    }
}
