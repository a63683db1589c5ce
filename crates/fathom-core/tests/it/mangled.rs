//! JSON that is whole but not what it should be, and runs over damaged replies: never a panic, and
//! never more memory than the reply is worth.

use fathom_core::{
    Outcome, Provider,
    fixture::{Entry, Fixture},
    http::Head,
    links,
    provider::{Call, Content, Frame},
    providers, sse,
};
use serde_json::{Value, json};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{
    player::{Heard, new_run},
    random::Random,
    server::{Faults, Server},
};

const CALLS: [Call; 5] = [Call::Create, Call::Stream, Call::Poll, Call::Cancel, Call::List];

/// Every JSON value of every transcript: bodies and the data of events.
fn each_value(mut check: impl FnMut(&'static dyn Provider, &str, &Head, &Value)) {
    for (id, fixtures) in providers::FIXTURES {
        let provider = providers::find(id).unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for (name, text) in *fixtures {
            let fixture = Fixture::parse(text).unwrap();
            let replies = fixture.entries.iter().filter_map(|entry| match entry {
                Entry::Reply(head, body) => Some((head, body)),
                _ => None,
            });
            for (head, body) in replies {
                let lines = body.lines().filter_map(|line| line.strip_prefix("data: "));
                for text in lines.chain([body.as_str()]) {
                    let Ok(value) = serde_json::from_str(text) else { continue };
                    if seen.insert(text.to_owned()) {
                        check(provider, name, head, &value);
                    }
                }
            }
        }
    }
}

/// Reads a value in every way in which it could come.
fn read(provider: &dyn Provider, head: &Head, value: &Value) {
    let text = value.to_string();
    for call in CALLS {
        let frame = Frame { call, content: Content::Body(head, text.as_bytes()) };
        told(provider, frame, text.len());
        let event = value.get("eventType").and_then(Value::as_str).unwrap_or("agent_run.completed");
        let message =
            sse::Message { event: event.to_owned(), data: text.clone(), id: Some("3".to_owned()) };
        told(provider, Frame { call, content: Content::Message(&message) }, text.len());
    }
    let error = provider.read_failure(&Head { status: 400, ..head.clone() }, text.as_bytes());
    assert!(error.message().len() < text.len() + 10_000, "{}", provider.info().id);
}

/// What is made of a reply is not much larger than the reply.
fn told(provider: &dyn Provider, frame: Frame<'_>, size: usize) {
    match provider.read(frame) {
        Ok(updates) => {
            let shown = format!("{updates:?}").len();
            assert!(shown < 60 * size + 10_000, "{}: {shown} of {size}", provider.info().id);
        }
        Err(error) => assert!(error.message().len() < size + 10_000, "{}", provider.info().id),
    }
}

/// All places of a value, as paths that `pointer_mut` takes.
fn places(value: &Value, path: &str, found: &mut Vec<String>) {
    found.push(path.to_owned());
    let escaped = |name: &str| name.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                places(value, &format!("{path}/{}", escaped(name)), found);
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                places(value, &format!("{path}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// Something that does not belong at a place.
fn odd(random: &mut Random, here: &Value) -> Value {
    match random.below(14) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(1e308),
        4 => json!(u64::MAX),
        5 => json!(""),
        6 => json!("\u{202e}\u{0}ü🜁"),
        7 => json!([]),
        8 => json!({}),
        9 => (0..60).fold(json!(1), |inner, _| json!([inner])),
        10 => (0..60).fold(json!({}), |inner, _| json!({"url": inner})),
        11 => json!("x".repeat(20_000)),
        12 => Value::Array(vec![here.clone(); 30]),
        _ => json!({"url": here, "id": here, "status": here, "data": [here]}),
    }
}

#[test]
fn a_value_of_the_wrong_kind_at_any_place_is_never_a_panic() {
    each_value(|provider, _, head, value| {
        let mut all = Vec::new();
        places(value, "", &mut all);
        let mut random = Random::new(all.len() as u64);
        for place in all {
            let mut mangled = value.clone();
            let here = mangled.pointer_mut(&place).unwrap();
            *here = odd(&mut random, here);
            read(provider, head, &mangled);
        }
    });
}

#[test]
fn several_odd_values_at_once_are_never_a_panic() {
    each_value(|provider, name, head, value| {
        let mut random = Random::new(name.len() as u64 * 31);
        for _ in 0..6 {
            let mut mangled = value.clone();
            for _ in 0..4 {
                let mut all = Vec::new();
                places(&mangled, "", &mut all);
                let place = &all[random.below(all.len())];
                let here = mangled.pointer_mut(place).unwrap();
                *here = odd(&mut random, here);
            }
            if mangled.to_string().len() < 200_000 {
                read(provider, head, &mangled);
            }
        }
    });
}

#[test]
fn a_field_that_is_missing_anywhere_is_never_a_panic() {
    each_value(|provider, _, head, value| {
        let mut all = Vec::new();
        places(value, "", &mut all);
        for place in all {
            let Some((parent, name)) = place.rsplit_once('/') else { continue };
            let mut mangled = value.clone();
            match mangled.pointer_mut(parent) {
                Some(Value::Object(fields)) => {
                    fields.remove(&name.replace("~1", "/").replace("~0", "~"));
                }
                Some(Value::Array(values)) => {
                    values.remove(name.parse::<usize>().unwrap());
                }
                _ => {}
            }
            read(provider, head, &mangled);
        }
    });
}

/// Whole runs over replies in which bytes were changed on the way.
#[test]
fn a_run_over_damaged_replies_ends_and_never_submits_twice() {
    for (id, fixtures) in providers::FIXTURES {
        let provider = providers::find(id).unwrap();
        for (name, text) in *fixtures {
            let fixture = Fixture::parse(text).unwrap();
            for seed in 0..20 {
                let Some(mut server) = Server::new(provider, &fixture) else { break };
                server.faults = Some(Faults::damage(seed));
                let mut run = new_run(provider, &fixture.task);
                let over = server.serve(&mut run, &mut Heard::default(), 20_000);
                assert!(server.submissions(provider) <= 1, "{id}/{name}, seed {seed}");
                // A damaged handle may name nothing, which ends a run as well.
                assert!(over || fixture.end.word == "cancelled", "{id}/{name}, seed {seed}");
                let _: Outcome = run.finish();
            }
        }
    }
}

#[test]
fn links_are_where_they_say_and_in_order() {
    let pieces = [
        "[a](https://a.example)",
        "https://b.example/x",
        "[",
        "]",
        "(",
        ")",
        "https://",
        "http://c",
        "`",
        "```",
        "!",
        "\\",
        "\n",
        "\u{e4}",
        " ",
        "<",
        ">",
        "\"",
        ".",
        "[a]: ",
    ];
    let mut random = Random::new(8);
    for _ in 0..20_000 {
        let text = random.text(&pieces, 14);
        let (sources, cited) = links::cite(&text);
        let spans: Vec<_> = cited.iter().map(|citation| citation.span.unwrap()).collect();
        assert!(spans.is_sorted_by(|one, two| one.end <= two.start), "{text:?}");
        for citation in cited {
            let span = citation.span.unwrap();
            assert_eq!(text.get(span.start..span.end), citation.marker.as_deref(), "{text:?}");
            assert!(citation.sources.iter().all(|id| *id as usize <= sources.len() && *id > 0));
        }
        assert!(sources.iter().zip(1..).all(|(source, id)| source.id == id));
    }
}
