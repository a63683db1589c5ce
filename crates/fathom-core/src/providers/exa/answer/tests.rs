use serde_json::json;

use super::*;
use crate::{error::ErrorKind, providers::exa::wire::answer::AnswerRequest, sse::Decoder};

#[test]
fn a_streamed_answer_is_put_together_however_it_is_cut() {
    let stream = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Par\"},\"finish_reason\":null}]}\n\n\
        data: {\"choices\":[{\"delta\":{\"content\":\"is, süß\"}}],\"citations\":\"null\"}\n\n\
        data: {\"choices\":[],\"citations\":[{\"id\":\"u\",\"url\":\"u\"}],\"costDollars\":{\"total\":0.005}}\n\ndata: [DONE]\n\n";
    for size in [1, 2, 7, stream.len()] {
        let (mut decoder, mut text, mut last, mut pages) =
            (Decoder::default(), String::new(), Piece::default(), 0);
        for chunk in stream.as_bytes().chunks(size) {
            for message in decoder.push(chunk).unwrap() {
                last = piece(&message).unwrap();
                text.push_str(&last.text);
                pages = last.citations.as_ref().map_or(pages, Vec::len);
            }
        }
        assert_eq!((text.as_str(), pages, last.done), ("Paris, süß", 1, true));
    }
}

#[test]
fn an_error_in_the_stream_is_an_error_and_nonsense_is_not_skipped() {
    let of = |data: &str| {
        let message = crate::sse::Message { data: data.to_owned(), ..Default::default() };
        piece(&message).map(|piece| piece.text)
    };
    assert_eq!(
        of(r#"{"error": "Out of luck.", "tag": "DEFAULT_ERROR"}"#).unwrap_err().kind(),
        ErrorKind::Failed
    );
    for data in ["{", "7", "[]", "null"] {
        assert_eq!(of(data).unwrap_err().kind(), ErrorKind::Malformed, "{data}");
    }
    assert_eq!(of(r#"{"choices": [{"delta": null}], "model": "exa"}"#).unwrap(), "");
}

#[test]
fn answers_are_asked_for_whole_or_as_a_stream() {
    let access = Access::new("https://host", Some("k".into())).unwrap();
    let body =
        AnswerRequest { query: "q".to_owned(), stream: Some(true), ..AnswerRequest::default() };
    let request = stream(&body, &access).unwrap();
    assert!(request.stream);
    assert_eq!(
        (request.url.as_str(), request.headers.get("accept")),
        ("https://host/answer", Some("text/event-stream"))
    );
    let task = Task { question: "q".to_owned(), ..Task::default() };
    let request = Answer.create(&task, "t", &access).unwrap();
    assert_eq!(request.body.as_deref(), Some(r#"{"query":"q"}"#));
    assert_eq!(
        Answer.check(&Task { level: Some("exa".to_owned()), ..task }).unwrap_err().field(),
        Some("level")
    );
    assert!(Answer.read_failure(&Head::new(503), b"").is_retryable());
    assert_eq!(json!({"query": "q", "stream": true}), serde_json::to_value(&body).unwrap());
}
