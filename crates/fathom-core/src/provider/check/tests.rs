use std::borrow::Cow;

use serde_json::{Value, json};

use super::*;
use crate::{
    provider::{Capabilities, EffortInfo, Key, Limits, Pace},
    task::{Budget, Effort},
};

fn info(capabilities: Capabilities) -> Info {
    let effort = |effort, name| EffortInfo {
        effort,
        name: Cow::Borrowed(name),
        typical_seconds: None,
        slow_seconds: None,
        price: None,
    };
    Info {
        id: Cow::Borrowed("some"),
        vendor: Cow::Borrowed("some"),
        name: Cow::Borrowed("Some"),
        summary: Cow::Borrowed(""),
        base: Cow::Borrowed(""),
        key: Key::NotNeeded,
        capabilities,
        limits: Limits {
            question_chars: Some(1_234),
            schema_depth: Some(2),
            schema_roots: Some(2),
            schema_properties: Some(4),
            include: Some(1),
            exclude: Some(1),
            active_runs: None,
        },
        efforts: Cow::Owned(vec![effort(Effort::Standard, "mini"), effort(Effort::Deep, "maxi")]),
        options: Cow::Borrowed(&[Cow::Borrowed("region")]),
        pace: Pace::DEFAULT,
    }
}

fn able() -> Info {
    info(Capabilities {
        output_schema: true,
        include: true,
        exclude: true,
        follow_up: true,
        rows: true,
        guidance: true,
        metadata: true,
        budget_usd: true,
        budget_seconds: true,
        ..Capabilities::NONE
    })
}

fn task(fields: Value) -> Task {
    let mut all = json!({"question": "Why?"});
    all.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(all).unwrap()
}

#[track_caller]
fn refuses(info: &Info, fields: Value, field: &str, part: &str) {
    let error = check(info, &task(fields)).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidTask, Some(field)));
    assert!(error.message().contains(part), "{error}");
}

#[test]
fn what_changes_scope_or_price_is_refused_where_it_is_not_possible() {
    let info = info(Capabilities::NONE);
    for (fields, field) in [
        (json!({"output_schema": {"type": "object"}}), "output_schema"),
        (json!({"include": ["a"]}), "include"),
        (json!({"exclude": ["a"]}), "exclude"),
        (json!({"rows": [{"a": 1}]}), "rows"),
        (json!({"known": [{"a": 1}]}), "known"),
        (json!({"budget": {"usd": 3.0}}), "budget.usd"),
        (json!({"budget": {"seconds": 300}}), "budget.seconds"),
        (json!({"follow_up_of": "x"}), "follow_up_of"),
    ] {
        refuses(&info, fields, field, "Some cannot ");
    }
    refuses(&info, json!({"level": "huge"}), "level", "no level \"huge\". It has mini, maxi.");
    refuses(&info, json!({"options": {"tone": 1}}), "options.tone", "It has region.");
}

#[test]
fn what_is_only_ignored_is_warned_of() {
    let fields = json!({"guidance": "Be brief.", "metadata": {"team": "a"}, "effort": "quick"});
    let warnings = check(&info(Capabilities::NONE), &task(fields.clone())).unwrap();
    assert_eq!(warnings.len(), 3);
    assert!(warnings.iter().all(|warning| warning.kind == WarningKind::Unsupported));
    assert!(warnings.iter().any(|warning| warning.message.contains("\"mini\" was taken")));
    assert_eq!(check(&able(), &task(fields)).unwrap().len(), 1);
}

#[test]
fn limits_are_kept_to_the_last_one() {
    let info = able();
    refuses(&info, json!({"question": " \n"}), "question", "empty");
    refuses(&info, json!({"question": "ü".repeat(1_235)}), "question", "1,234 characters");
    refuses(&info, json!({"include": ["a", "b"]}), "include", "1 entries");
    refuses(&info, json!({"exclude": ["a", "b"]}), "exclude", "1 entries");
    refuses(&info, json!({"rows": [1]}), "rows", "JSON object");
    refuses(&info, json!({"budget": {"usd": -1.0}}), "budget.usd", "more than 0");
    refuses(&info, json!({"budget": {"seconds": 0}}), "budget.seconds", "at least 1");
    refuses(&info, json!({"output_schema": []}), "output_schema", "must be a JSON object");
    let deep = json!({"properties": {"a": {"properties": {"b": {"properties": {}}}}}});
    refuses(&info, json!({"output_schema": deep}), "output_schema", "3 levels deep; Some takes 2");
    let wide = json!({"properties": {"a": {}, "b": {}, "c": {}}});
    refuses(&info, json!({"output_schema": wide}), "output_schema", "3 properties at its root");
    let many = json!({"properties": {"a": {"properties": {"b": {}, "c": {}, "d": {}}}, "e": {}}});
    refuses(&info, json!({"output_schema": many}), "output_schema", "5 properties in all");
    refuses(&info, json!({"output_schema": {"$ref": "#"}}), "output_schema", "without end");
    let fits = task(json!({
        "question": "ü".repeat(1_234), "level": "maxi", "include": ["a"], "exclude": ["b"],
        "rows": [{}], "known": [{}], "budget": Budget { usd: Some(0.5), seconds: Some(1) },
        "output_schema": {"properties": {"a": {"properties": {"b": {}, "c": {}}}, "d": {}}},
        "follow_up_of": "x", "guidance": "g", "metadata": {"a": "b"}, "options": {"region": "eu"}
    }));
    assert_eq!(check(&info, &fits).unwrap(), []);
}

#[test]
fn an_effort_without_a_level_of_its_own_takes_the_next_deeper_one() {
    let info = able();
    let level = |effort: &str| {
        let task = task(json!({"effort": effort}));
        info.level(&task).unwrap().name.clone()
    };
    assert_eq!([level("quick"), level("standard"), level("deep")], ["mini", "mini", "maxi"]);
    let bare = Info { efforts: Cow::Borrowed(&[]), ..info.clone() };
    assert_eq!(bare.level(&task(json!({}))), None);
    refuses(&bare, json!({"level": "mini"}), "level", "It has none.");
}
