use std::fmt;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;

use super::*;
use crate::{
    Checkpoint, Citation, Confidence, Cost, CostPart, Effort, Error as Failure, ErrorKind,
    Evidence, Record, Report, Source, Span, Status, Task, WarningKind,
    event::{Count, Facet, FacetOrigin},
    providers::local::wire::{ErrorBody, Progress, RunPage, RunView},
    run::Stage,
};

/// What a field may be instead of what it is.
#[derive(Clone, Copy, PartialEq)]
enum Else {
    Needed,
    Missing,
    Null,
    Anything,
}

use Else::{Anything, Missing, Needed, Null};

/// Values of every form.
fn forms() -> [Value; 6] {
    [json!(null), json!(true), json!(-1.5), json!("\u{0}"), json!([[]]), json!({"": 1})]
}

fn is_alike(one: &Value, other: &Value) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}

/// Holds for every type: a value with all its fields is read, by [`fit`] and by serde, and written
/// as it was; fields that nobody knows are ignored; and each field may be missing or something else
/// only as `fields` says.
fn law<T>(value: &Value, fields: &[(&str, Else)])
where
    T: Fit + Default + DeserializeOwned + Serialize + PartialEq + fmt::Debug,
{
    let read: T = fit(value).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), *value);
    assert_eq!(serde_json::from_str::<T>(&value.to_string()).unwrap(), read);
    let names: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names.len(), fields.len(), "{names:?}");

    let mut newer = value.clone();
    newer["new in a later version"] = json!([{}]);
    assert_eq!(fit::<T>(&newer).unwrap(), read);

    for (name, may) in fields {
        let mut less = value.clone();
        let was = less.as_object_mut().unwrap().remove(*name).unwrap();
        assert_eq!(fit::<T>(&less).is_some(), *may != Needed, "{less}");
        for form in forms().into_iter().filter(|form| !is_alike(form, &was)) {
            let fits = *may == Anything || (*may == Null && form.is_null());
            less[*name] = form;
            assert_eq!(fit::<T>(&less).is_some(), fits, "{less}");
            assert_eq!(serde_json::from_value::<T>(less.clone()).is_ok(), fits, "{less}");
        }
    }
    for form in forms().into_iter().filter(|form| !form.is_object()) {
        assert_eq!(fit::<T>(&form), None, "{form}");
    }
}

fn task() -> Value {
    json!({
        "question": "Why?", "effort": "deep", "output_schema": {"type": ["object", null, 1.5]},
        "include": ["a"], "follow_up_of": "j", "level": "l", "guidance": "g", "exclude": ["b", ""],
        "rows": [{"a": -1}], "known": [null], "budget": {"usd": 3.5, "seconds": 4},
        "metadata": {"b": "c", "": "d"}, "options": {"d": [true]}
    })
}

#[test]
fn a_task_is_read() {
    law::<Task>(
        &task(),
        &[
            ("question", Needed),
            ("effort", Missing),
            ("output_schema", Anything),
            ("include", Missing),
            ("follow_up_of", Null),
            ("level", Null),
            ("guidance", Null),
            ("exclude", Missing),
            ("rows", Missing),
            ("known", Missing),
            ("budget", Missing),
            ("metadata", Missing),
            ("options", Missing),
        ],
    );
    let budget = json!({"usd": 3.5, "seconds": 4});
    law::<crate::Budget>(&budget, &[("usd", Null), ("seconds", Null)]);
}

#[test]
fn a_checkpoint_is_read() {
    let checkpoint = json!({
        "provider": "local", "task": task(), "token": "t", "begun_ms": u64::MAX,
        "stage": "submit-unknown", "job": "j", "cursor": "c", "seen": 7, "cancel": true
    });
    law::<Checkpoint>(
        &checkpoint,
        &[
            ("provider", Needed),
            ("task", Needed),
            ("token", Missing),
            ("begun_ms", Null),
            ("stage", Needed),
            ("job", Null),
            ("cursor", Null),
            ("seen", Missing),
            ("cancel", Missing),
        ],
    );
}

fn citation() -> Value {
    json!({
        "marker": "[1]", "span": {"start": 1, "end": 4}, "field": "$", "sources": [1, 4_294_967_295_u32],
        "evidence": [{"document": "d", "start": 0, "end": 1, "quote": "q"}], "confidence": "high"
    })
}

fn source() -> Value {
    json!({
        "id": 1, "title": "t", "url": "u", "document": "d", "snippet": "s", "date": "2026",
        "author": "a"
    })
}

fn cost() -> Value {
    json!({
        "amount": 1.5, "unit": "USD", "parts": [{"name": "n", "count": 2.0, "amount": 0.25}],
        "refunded": true
    })
}

fn report() -> Value {
    json!({
        "markdown": "m [1]", "structured": [1, -2, 0.5, null], "sources": [source(), source()],
        "citations": [citation()], "warnings": [{"kind": "field-missing", "message": "m"}],
        "partial": true, "cost": cost(), "stop_reason": "end"
    })
}

#[test]
fn a_report_is_read() {
    law::<Report>(
        &report(),
        &[
            ("markdown", Needed),
            ("structured", Anything),
            ("sources", Missing),
            ("citations", Missing),
            ("warnings", Missing),
            ("partial", Missing),
            ("cost", Null),
            ("stop_reason", Null),
        ],
    );
    law::<Cost>(
        &cost(),
        &[("amount", Needed), ("unit", Needed), ("parts", Missing), ("refunded", Missing)],
    );
    law::<CostPart>(&cost()["parts"][0], &[("name", Needed), ("count", Null), ("amount", Null)]);
    law::<crate::Warning>(&report()["warnings"][0], &[("kind", Needed), ("message", Needed)]);
}

#[test]
fn what_a_report_rests_on_is_read() {
    law::<Source>(
        &source(),
        &[
            ("id", Needed),
            ("title", Needed),
            ("url", Null),
            ("document", Null),
            ("snippet", Null),
            ("date", Null),
            ("author", Null),
        ],
    );
    law::<Citation>(
        &citation(),
        &[
            ("marker", Null),
            ("span", Null),
            ("field", Null),
            ("sources", Missing),
            ("evidence", Missing),
            ("confidence", Null),
        ],
    );
    law::<Span>(&citation()["span"], &[("start", Needed), ("end", Needed)]);
    law::<Evidence>(
        &citation()["evidence"][0],
        &[("document", Needed), ("start", Needed), ("end", Needed), ("quote", Needed)],
    );
}

#[test]
fn events_are_read() {
    let event = json!({"type": "note-made", "text": "t"});
    law::<Record>(
        &json!({"id": 1, "at_ms": 2, "event": event}),
        &[("id", Needed), ("at_ms", Needed), ("event", Needed)],
    );
    law::<Count>(&json!({"what": "w", "count": 1}), &[("what", Needed), ("count", Needed)]);
    law::<Facet>(
        &json!({"title": "t", "origin": "library"}),
        &[("title", Needed), ("origin", Needed)],
    );
}

fn error() -> Value {
    json!({
        "kind": "quota", "message": "m", "field": "f", "retry_after": 3, "request_id": "r",
        "provider": "p", "code": "c"
    })
}

fn run() -> Value {
    json!({
        "id": "r", "status": "completed", "question": "Why?", "effort": "quick", "created_at": "1",
        "started_at": "2", "finished_at": "3", "task": task(), "sources": 4, "report": report(),
        "progress": {
            "searches": 1, "passages": 2, "documents_read": 3, "sources_found": 4, "sentences": 5,
            "last_event": 6
        },
        "error": error()
    })
}

#[test]
fn the_replies_of_a_server_are_read() {
    law::<RunView>(
        &run(),
        &[
            ("id", Needed),
            ("status", Needed),
            ("question", Missing),
            ("effort", Missing),
            ("created_at", Missing),
            ("started_at", Null),
            ("finished_at", Null),
            ("task", Null),
            ("progress", Missing),
            ("sources", Null),
            ("report", Null),
            ("error", Null),
        ],
    );
    let names =
        ["searches", "passages", "documents_read", "sources_found", "sentences", "last_event"];
    law::<Progress>(&run()["progress"], &names.map(|name| (name, Missing)));
    law::<RunPage>(
        &json!({"runs": [run()], "next_cursor": "n"}),
        &[("runs", Needed), ("next_cursor", Null)],
    );
    law::<ErrorBody>(&json!({ "error": error() }), &[("error", Needed)]);
    law::<Failure>(
        &error(),
        &[
            ("kind", Needed),
            ("message", Missing),
            ("field", Null),
            ("retry_after", Null),
            ("request_id", Null),
            ("provider", Null),
            ("code", Null),
        ],
    );
}

/// Whether each of these is read as it is written, and what a word that nobody knows is read as.
fn words<T>(all: &[T], unknown: Option<T>)
where
    T: Fit + Default + Copy + DeserializeOwned + Serialize + PartialEq + fmt::Debug,
{
    for word in all {
        let written = serde_json::to_value(word).unwrap();
        assert_eq!(fit(&written), Some(*word));
        assert_eq!(serde_json::from_value::<T>(written).unwrap(), *word);
    }
    assert_eq!(fit(&json!("moonstruck")), unknown);
    for form in forms().into_iter().filter(|form| !form.is_string()) {
        assert_eq!(fit::<T>(&form), None, "{form}");
    }
}

#[test]
fn words_are_read_as_they_are_written() {
    words(&Effort::ALL, None);
    words(&Status::ALL, None);
    words(&[Confidence::High, Confidence::Medium, Confidence::Low], None);
    words(&[FacetOrigin::Question, FacetOrigin::Library], None);
    words(&[Stage::Intended, Stage::Submitted, Stage::SubmitUnknown], None);
    words(
        &[WarningKind::Gap, WarningKind::FieldMissing, WarningKind::Other],
        Some(WarningKind::Other),
    );
    words(&[ErrorKind::NotFound, ErrorKind::Internal], Some(ErrorKind::Internal));
}

#[test]
fn numbers_are_read_only_where_they_fit() {
    let numbers = [
        json!(0),
        json!(-1),
        json!(1.0),
        json!(4_294_967_295_u32),
        json!(4_294_967_296_u64),
        json!(u64::MAX),
        json!(1e300),
        json!("1"),
    ];
    let small = numbers.each_ref().map(|number| fit::<u32>(number).is_some());
    assert_eq!(small, [true, false, false, true, false, false, false, false]);
    let whole = numbers.each_ref().map(|number| fit::<u64>(number).is_some());
    assert_eq!(whole, [true, false, false, true, true, true, false, false]);
    assert_eq!(fit::<f64>(&json!(-1)), Some(-1.0));
}

#[test]
fn pairs_are_lists_of_two() {
    let read: Vec<(String, String)> = fit(&json!([["a", "b"], ["", "c"]])).unwrap();
    assert_eq!(read, [("a".to_owned(), "b".to_owned()), (String::new(), "c".to_owned())]);
    for wrong in [json!([["a"]]), json!([["a", "b", "c"]]), json!([["a", 1]]), json!({})] {
        assert_eq!(fit::<Vec<(String, String)>>(&wrong), None, "{wrong}");
    }
}

#[test]
fn an_error_of_serde_names_the_type() {
    let error = serde_json::from_str::<Report>("{}").unwrap_err();
    assert!(error.to_string().contains("this is no Report"), "{error}");
}
