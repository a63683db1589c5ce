//! Readers of foreign bytes, given what nobody would send: no panic, no loss, no growth.

use fathom_core::{
    Provider, Report, Source, Status,
    fixture::{Entry, Fixture},
    http::{Head, millis},
    json, markers,
    provider::{Call, Content, Ended, Frame, Update},
    providers::{
        self,
        extruct::{self, Extruct, wire as extruct_wire},
        tavily::{self, Tavily, endpoint, wire as tavily_wire},
    },
    sse::{Decoder, Message},
};
use serde_json::{Value, json};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::random::Random;

const CALLS: [Call; 5] = [Call::Create, Call::Stream, Call::Poll, Call::Cancel, Call::List];

/// Every reply of every transcript, once.
fn replies(mut check: impl FnMut(&'static dyn Provider, &Head, &str)) {
    let mut seen = std::collections::BTreeSet::new();
    for (id, fixtures) in providers::FIXTURES {
        for (_, text) in *fixtures {
            for entry in Fixture::parse(text).unwrap().entries {
                if let Entry::Reply(head, body) = entry
                    && seen.insert((*id, body.clone()))
                {
                    check(providers::find(id).unwrap(), &head, &body);
                }
            }
        }
    }
}

fn read(provider: &dyn Provider, head: &Head, bytes: &[u8]) {
    for call in CALLS {
        let _ = provider.read(Frame { call, content: Content::Body(head, bytes) });
    }
    let _ = provider.read_failure(head, bytes);
    let mut decoder = Decoder::new(1 << 16);
    for message in decoder.push(bytes).unwrap_or_default() {
        for call in [Call::Create, Call::Stream] {
            let _ = provider.read(Frame { call, content: Content::Message(&message) });
        }
    }
}

#[test]
fn mutated_replies_are_read_or_refused() {
    let mut random = Random::new(1);
    replies(|provider, head, body| {
        for _ in 0..12 {
            read(provider, head, &random.mutated(body.as_bytes()));
        }
    });
}

#[test]
fn replies_of_one_vendor_are_read_or_refused_by_all() {
    replies(|_, head, body| {
        for provider in providers::ROSTER {
            read(*provider, head, body.as_bytes());
        }
    });
}

#[test]
fn nests_and_lengths_beyond_reason_are_read_or_refused() {
    let deep = |open: &str, close: &str| [open.repeat(20_000), close.repeat(20_000)].concat();
    let texts = [
        deep("[", "]"),
        deep("{\"a\":", "}"),
        deep("{\"basis\":[", "]}"),
        format!(
            "{{\"request_id\":\"{}\",\"status\":\"failed\",\"error\":\"{}\"}}",
            "i".repeat(100_000),
            "e".repeat(100_000)
        ),
        format!(
            "{{\"detail\":[{}]}}",
            "{\"loc\":[\"body\",\"a\"],\"msg\":\"m\"},".repeat(10_000).trim_end_matches(',')
        ),
        format!(
            "{{\"id\":\"i\",\"status\":\"done\",\"report\":{{\"fields\":{{\"a\":1}},\"basis\":{{\"a\":[{}1]}},\"sources\":[{{\"id\":1,\"url\":\"u\"}}]}}}}",
            "1,".repeat(50_000)
        ),
    ];
    for text in &texts {
        for provider in providers::ROSTER {
            read(*provider, &Head::new(200), text.as_bytes());
            let error = provider.read_failure(&Head::new(422), text.as_bytes());
            assert!(error.message().len() < 5_000, "{provider:?}");
        }
    }
}

#[test]
fn a_stream_is_the_same_however_it_is_cut() {
    let pieces = [
        "data: ", "event: x", "id: 1", ":", "\n", "\r", "\r\n", "\n\n", "\u{e4}", "\u{FEFF}",
        "retry: 5", " ", "\0", "data",
    ];
    let mut random = Random::new(2);
    for _ in 0..3_000 {
        let stream = random.text(&pieces, 30).into_bytes();
        let whole = Decoder::new(200).push(&stream);
        let (mut decoder, mut rest) = (Decoder::new(200), stream.as_slice());
        let mut cut: Result<Vec<Message>, _> = Ok(Vec::new());
        while let (false, Ok(messages)) = (rest.is_empty(), &mut cut) {
            let (piece, after) = rest.split_at(1 + random.below(rest.len()));
            rest = after;
            match decoder.push(piece) {
                Ok(more) => messages.extend(more),
                Err(error) => cut = Err(error),
            }
        }
        assert_eq!(cut.ok(), whole.ok(), "{:?}", String::from_utf8_lossy(&stream));
    }
}

/// JSON with the control characters of its strings as they are.
fn raw(value: &Value) -> String {
    let mut text = value.to_string();
    for (escaped, character) in
        [("\\n", "\n"), ("\\t", "\t"), ("\\r", "\r"), ("\\u0001", "\u{1}"), ("\\u001f", "\u{1f}")]
    {
        text = text.replace(escaped, character);
    }
    text
}

#[test]
fn strings_with_raw_control_characters_lose_nothing() {
    // No backslashes: whether one before a raw line break is an escape is a matter of taste.
    let pieces = [
        "a",
        "\n",
        "\t",
        "\r",
        "\u{1}",
        "\u{1f}",
        "\u{e4}",
        "\u{1F600}",
        "\"",
        "{",
        "}",
        ":",
        ",",
        " ",
        "[1]",
    ];
    let mut random = Random::new(3);
    for _ in 0..5_000 {
        let mut text = || random.text(&pieces, 12);
        let value = json!({text(): [text(), {"b": text()}], "n": 1.5, "z": null});
        assert_eq!(json::parse(raw(&value).as_bytes()).unwrap(), value);
        assert_eq!(json::parse(value.to_string().as_bytes()).unwrap(), value);
    }
}

#[test]
fn what_json_accepts_is_read_the_same_as_without_mending() {
    let mut random = Random::new(4);
    replies(|_, _, body| {
        for _ in 0..6 {
            let bytes = random.mutated(body.as_bytes());
            if let Ok(strict) = serde_json::from_slice::<Value>(&bytes) {
                assert_eq!(json::parse(&bytes).unwrap(), strict);
            }
        }
    });
}

#[test]
fn markers_are_where_they_say_and_in_order() {
    let pieces = [
        "[1]", "[2, 3]", "[", "]", "1", "-", ",", "`", "```", "~~~", "\\", "\n", "\u{e4}", " ",
        "[9]", "(", ":",
    ];
    let sources: Vec<Source> = (1..=3).map(|id| Source { id, ..Source::default() }).collect();
    let mut random = Random::new(5);
    for _ in 0..20_000 {
        let text = random.text(&pieces, 14);
        let cited = markers::cite(&text, &sources);
        let spans: Vec<_> = cited.iter().map(|citation| citation.span.unwrap()).collect();
        assert!(spans.is_sorted_by(|one, two| one.end <= two.start), "{text:?}");
        for citation in cited {
            let span = citation.span.unwrap();
            assert_eq!(text.get(span.start..span.end), citation.marker.as_deref(), "{text:?}");
            assert!(
                citation.sources.iter().all(|id| (1..=3).contains(id))
                    && !citation.sources.is_empty()
            );
        }
    }
}

#[test]
fn dates_are_read_or_refused() {
    let pieces = [
        "2026", "-", "06", "30", "T", "10", ":", "00", ".", "5", "Z", "+", "0", "99", " ",
        "\u{e4}", "0000", "13",
    ];
    let mut random = Random::new(6);
    for _ in 0..50_000 {
        let _ = millis(&random.text(&pieces, 14));
    }
}

/// What a provider reads of a body that the other side wrote.
fn ended(provider: &dyn Provider, call: Call, body: &impl serde::Serialize) -> Vec<Update> {
    let body = serde_json::to_vec(body).unwrap();
    provider.read(Frame { call, content: Content::Body(&Head::new(200), &body) }).unwrap()
}

fn report(updates: &[Update]) -> &Report {
    match updates.last() {
        Some(Update::Ended(Ended::Completed(report))) => report,
        update => panic!("{update:?}"),
    }
}

#[test]
fn what_stands_in_for_tavily_is_understood() {
    let created = tavily_wire::ResearchCreated {
        request_id: "r".to_owned(),
        status: "pending".to_owned(),
        ..Default::default()
    };
    let updates = ended(&Tavily, Call::Create, &created);
    assert!(updates.contains(&Update::Status(Status::Queued)), "{updates:?}");
    let source = tavily_wire::ResearchSource {
        title: "A".to_owned(),
        url: "https://a.example".to_owned(),
        ..Default::default()
    };
    let task = tavily_wire::ResearchTask {
        request_id: "r".to_owned(),
        status: "completed".to_owned(),
        content: Some("So. [1]".into()),
        sources: Some(vec![source]),
        usage: Some(tavily_wire::Credits { credits: 2.5 }),
        ..Default::default()
    };
    let updates = ended(&Tavily, Call::Poll, &task);
    let report = report(&updates);
    assert_eq!((report.markdown.as_str(), report.citations.len()), ("So. [1]", 1));
    assert_eq!(report.cost.as_ref().unwrap().amount, 2.5);
    let body = serde_json::to_vec(&tavily_wire::SearchResponse::default()).unwrap();
    let read = endpoint::read(endpoint::Endpoint::Search, &Head::new(200), &body).unwrap();
    assert_eq!(
        serde_json::from_value::<tavily_wire::SearchResponse>(read).unwrap(),
        Default::default()
    );
    let body = serde_json::to_vec(&tavily_wire::ErrorBody::new("No.")).unwrap();
    assert_eq!(Tavily.read_failure(&Head::new(400), &body).message(), "Tavily: No.");
    assert_eq!(tavily::VENDOR.id, Tavily.info().vendor);
}

#[test]
fn what_stands_in_for_extruct_is_understood() {
    let source = |id, url: &str| extruct_wire::ReportSource { id, url: url.to_owned() };
    let task = extruct_wire::DeepResearchTask {
        id: "t".to_owned(),
        status: "done".to_owned(),
        agents: 2,
        report: Some(extruct_wire::DeepResearchReport {
            kind: "schema".to_owned(),
            fields: json!({"a": {"b": 1}}).as_object().cloned(),
            basis: Some(json!({"a": {"b": [7]}})),
            sources: vec![source(7, "https://a.example")],
            ..Default::default()
        }),
        ..Default::default()
    };
    let updates = ended(&Extruct, Call::Poll, &task);
    let report = report(&updates);
    assert_eq!(report.structured, Some(json!({"a": {"b": 1}})));
    assert_eq!(
        (report.citations[0].field.as_deref(), report.citations[0].sources.as_slice()),
        (Some("a.b"), &[7][..])
    );
    let listed = ended(&Extruct, Call::List, &vec![task]);
    assert!(matches!(&listed[..], [Update::Listed { jobs, next: None }] if jobs.len() == 1));
    let body = extruct_wire::ErrorBody {
        detail: json!([{"loc": ["body", "brief"], "msg": "too long", "type": "x"}]),
    };
    let error = Extruct.read_failure(&Head::new(422), &serde_json::to_vec(&body).unwrap());
    assert_eq!(error.message(), "Extruct: brief: too long");
    assert_eq!(extruct::VENDOR.id, Extruct.info().vendor);
}

#[test]
fn bodies_with_nulls_and_without_fields_are_understood_on_the_other_side() {
    let request: tavily_wire::ResearchRequest = serde_json::from_value(
        json!({"input": null, "model": null, "stream": null, "files": [{"name": "a"}], "new": 1}),
    )
    .unwrap();
    assert_eq!((request.input.as_str(), request.files.unwrap().len()), ("", 1));
    let request: tavily_wire::SearchRequest =
        serde_json::from_value(json!({"query": "q", "include_answer": "advanced", "include_raw_content": false, "api_key": "x"})).unwrap();
    assert_eq!(request.include_answer, Some(tavily_wire::Toggle::As("advanced".to_owned())));
    assert!(!request.include_raw_content.unwrap().is_on());
    for (urls, count) in [(json!("https://a.example"), 1), (json!(["a", "b"]), 2), (json!(null), 0)]
    {
        let request: tavily_wire::ExtractRequest =
            serde_json::from_value(json!({"urls": urls})).unwrap();
        assert_eq!(request.urls.len(), count);
    }
    let image = |value| serde_json::from_value::<tavily_wire::Image>(value).unwrap();
    assert_eq!(image(json!("u")), image(json!({"url": "u"})));
    assert_eq!(
        serde_json::to_value(image(json!({"url": "u", "description": "d"}))).unwrap(),
        json!({"url": "u", "description": "d"})
    );
    let task: extruct_wire::CreateTask =
        serde_json::from_value(json!({"brief": "b", "depth": null})).unwrap();
    assert_eq!(task, extruct_wire::CreateTask { brief: "b".to_owned(), ..Default::default() });
}

#[test]
fn answers_hold_everything_that_the_official_clients_read() {
    let fields = |value: Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let empty = serde_json::to_value(tavily_wire::SearchResponse::default()).unwrap();
    assert_eq!(
        fields(empty),
        ["answer", "images", "query", "request_id", "response_time", "results"]
    );
    let empty = serde_json::to_value(tavily_wire::ExtractResponse::default()).unwrap();
    assert_eq!(fields(empty), ["failed_results", "request_id", "response_time", "results"]);
    let empty = serde_json::to_value(tavily_wire::ResearchCreated::default()).unwrap();
    assert_eq!(
        fields(empty),
        ["created_at", "input", "model", "request_id", "response_time", "status"]
    );
    let empty = serde_json::to_value(extruct_wire::DeepResearchTask::default()).unwrap();
    assert_eq!(
        fields(empty),
        [
            "agents",
            "brief",
            "created_at",
            "depth",
            "failure_reason",
            "id",
            "iterations",
            "output_schema",
            "owner",
            "report",
            "sources",
            "status",
            "updated_at"
        ]
    );
}
