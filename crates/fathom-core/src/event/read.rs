//! Reading an event.

use serde_json::Value;

use super::Event;
use crate::{
    json::{self, Fields, Fit},
    report::Warning,
    source::Source,
    task::Status,
};

impl Fit for Event {
    fn fit(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
        *self = event(kind, &mut fields).unwrap_or_default();
        fields.fit()
    }
}

json::deserialized!(Event);

/// Nothing when the kind is not known or lacks what it is about.
fn event(kind: &str, fields: &mut Fields<'_>) -> Option<Event> {
    Some(match kind {
        "run-submitted" => Event::RunSubmitted { job: fields.take("job") },
        "run-started" => Event::RunStarted,
        "index-awaited" => {
            Event::IndexAwaited { indexed: fields.take("indexed"), total: fields.take("total") }
        }
        "plan-made" => {
            Event::PlanMade { facets: fields.take("facets"), queries: fields.take("queries") }
        }
        "search-started" => Event::SearchStarted { query: fields.take("query") },
        "search-ended" => Event::SearchEnded {
            query: fields.take("query"),
            passages: fields.take("passages"),
            new: fields.take("new"),
        },
        "source-found" => Event::SourceFound { source: fields.take::<Option<Source>>("source")? },
        "read-ended" => Event::ReadEnded {
            documents: fields.take("documents"),
            sentences: fields.take("sentences"),
        },
        "select-ended" => {
            Event::SelectEnded { kept: fields.take("kept"), merged: fields.take("merged") }
        }
        "outline-made" => Event::OutlineMade { sections: fields.take("sections") },
        "step-started" => Event::StepStarted { title: fields.take("title") },
        "step-ended" => Event::StepEnded { title: fields.take("title") },
        "progress-made" => Event::ProgressMade { counts: fields.take("counts") },
        "note-made" => Event::NoteMade { text: fields.take("text") },
        "text-delta" => Event::TextDelta { text: fields.take("text") },
        "check-ended" => {
            Event::CheckEnded { checked: fields.take("checked"), dropped: fields.take("dropped") }
        }
        "warning-raised" => {
            Event::WarningRaised { warning: fields.take::<Option<Warning>>("warning")? }
        }
        "run-ended" => Event::RunEnded { status: fields.take::<Option<Status>>("status")? },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        event::{Count, Facet, FacetOrigin},
        report::WarningKind,
    };

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
