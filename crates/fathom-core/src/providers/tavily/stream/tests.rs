use serde_json::json;

use super::*;
use crate::{error::ErrorKind, source::Source};

fn event(event: Event) -> Update {
    Update::Event { number: None, at_ms: None, event }
}

fn message(event: &str, data: impl ToString) -> Message {
    Message { event: event.to_owned(), data: data.to_string(), id: None }
}

/// What a delta says beside the clue.
fn delta(delta: Value) -> Vec<Update> {
    let chunk = json!({
        "id": "evt_001", "object": "chat.completion.chunk", "model": "mini", "created": 1705329000,
        "choices": [{"delta": delta}]
    });
    let updates = updates(&message("chat.completion.chunk", chunk)).unwrap();
    let (first, rest) = updates.split_first().unwrap();
    assert_eq!(*first, Update::Clue(Job("evt_001".to_owned())));
    rest.to_vec()
}

fn source(id: u32, url: &str, title: &str) -> Source {
    Source { id, title: title.to_owned(), url: Some(url.to_owned()), ..Source::default() }
}

#[test]
fn a_search_is_told_by_its_queries_and_other_actions_by_their_words() {
    let call = json!({"role": "assistant", "tool_calls": {"type": "tool_call", "tool_call": [
        {"name": "WebSearch", "id": "fc_1", "arguments": "Executing 2 search queries", "queries": ["a", "b"]},
        {"name": "Planning", "id": "fc_2", "arguments": "Initializing", "parent_tool_call_id": "fc_0"},
        {"name": "Generating", "id": "fc_3"}
    ]}});
    let query = |query: &str| event(Event::SearchStarted { query: query.to_owned() });
    let step = |title: &str| event(Event::StepStarted { title: title.to_owned() });
    let running = Update::Status(Status::Running);
    assert_eq!(
        delta(call),
        [
            running.clone(),
            query("a"),
            query("b"),
            running.clone(),
            step("Initializing"),
            running,
            step("Generating"),
        ]
    );
}

#[test]
fn an_action_that_ends_names_its_sources() {
    let response = json!({"tool_calls": {"type": "tool_response", "tool_response": [
        {"name": "WebSearch", "id": "fc_1", "arguments": "Completed", "sources": [
            {"url": "https://a.example", "title": "A", "favicon": "https://a.example/i.ico"},
            {"url": "https://b.example"}
        ]}
    ]}});
    let found = |url, title| event(Event::SourceFound { source: source(0, url, title) });
    assert_eq!(
        delta(response),
        [
            found("https://a.example", "A"),
            found("https://b.example", "https://b.example"),
            event(Event::StepEnded { title: "Completed".to_owned() }),
        ]
    );
}

#[test]
fn content_is_text_or_the_value_asked_for() {
    let text = "# Gr\u{f6}\u{df}e [1]";
    assert_eq!(
        delta(json!({"role": "assistant", "content": text})),
        [
            event(Event::TextDelta { text: text.to_owned() }),
            Update::Draft(Report { markdown: text.to_owned(), ..Report::default() }),
        ]
    );
    let value = json!({"company": "Acme"});
    assert_eq!(
        delta(json!({"content": value})),
        [Update::Draft(Report { structured: Some(value), ..Report::default() })]
    );
    assert_eq!(delta(json!({"content": null})), []);
    assert_eq!(delta(json!({"content": ""})), []);
}

#[test]
fn the_list_of_sources_is_in_the_order_of_the_numbers() {
    let sources = json!({"sources": [{"url": "https://a.example", "title": "A"}, {"url": "https://b.example", "title": "B"}]});
    let expected = vec![source(1, "https://a.example", "A"), source(2, "https://b.example", "B")];
    assert_eq!(delta(sources), [Update::Draft(Report { sources: expected, ..Report::default() })]);
}

#[test]
fn steps_of_an_older_version_are_told_too() {
    let step = |step| delta(json!({"step_details": {"type": "research_plan", "step": step}}));
    let told = |title: &str| [event(Event::StepStarted { title: title.to_owned() })];
    assert_eq!(step(json!("Look at the market")), told("Look at the market"));
    assert_eq!(step(json!({"title": "Market"})), told("Market"));
    assert_eq!(step(json!({"n": 1})), told("research_plan"));
}

#[test]
fn a_frame_with_an_error_breaks_the_stream_and_not_the_research() {
    for frame in [
        json!({"id": "1d77", "object": "error", "error": "An error occurred while streaming"}),
        json!({"error": {"message": "An error occurred while streaming"}}),
        json!({"detail": {"error": "An error occurred while streaming"}}),
    ] {
        let error = updates(&message("error", frame)).unwrap_err();
        assert!(error.is_retryable());
        assert!(error.message().contains("An error occurred while streaming"), "{error}");
    }
    assert!(updates(&message("error", json!({"object": "error"}))).is_err());
}

#[test]
fn the_end_may_come_with_or_without_data() {
    for end in [message("done", ""), message("done", "{}"), message("message", "[DONE]")] {
        assert_eq!(updates(&end).unwrap(), [Update::Settled]);
    }
}

#[test]
fn a_task_named_beside_an_event_is_no_guess() {
    let read = updates(&message("x", json!({"id": "evt_1", "request_id": "r-1"}))).unwrap();
    assert_eq!(read, [Update::Job(Job("r-1".to_owned())), Update::Clue(Job("evt_1".to_owned()))]);
}

#[test]
fn events_of_a_newer_version_are_passed_over() {
    for chunk in [
        json!({}),
        json!({"choices": [{}]}),
        json!({"choices": [{"delta": {"thoughts": [1]}}]}),
        json!({"choices": {"delta": 7}}),
        json!([]),
        json!(7),
        json!({"choices": [{"delta": {"tool_calls": [7, {"tool_call": {"a": 1}}]}}]}),
    ] {
        assert_eq!(updates(&message("x", chunk)).unwrap(), []);
    }
    assert_eq!(updates(&message("x", "{")).unwrap_err().kind(), ErrorKind::Malformed);
}
