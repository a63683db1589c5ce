use super::*;
use crate::provider::{Call, Content, Ended};

fn read(body: &str) -> Vec<Update> {
    let head = Head::new(200);
    ResearchV0
        .read(Frame { call: Call::Poll, content: Content::Body(&head, body.as_bytes()) })
        .unwrap()
}

#[test]
fn every_word_for_the_end_is_understood() {
    for word in ["completed", "complete", "finished", "Done"] {
        let body = serde_json::json!({"id": "t", "status": word, "data": {"a": 1}}).to_string();
        let updates = read(&body);
        assert!(matches!(updates.last(), Some(Update::Ended(Ended::Completed(_)))), "{word}");
        assert!(updates.contains(&Update::Word(word.to_owned())));
    }
    let updates = read(r#"{"id": "t", "status": "resting"}"#);
    assert_eq!(updates.last(), Some(&Update::Status(crate::task::Status::Running)));
}

#[test]
fn there_is_no_level_for_a_quick_answer_and_that_is_said() {
    let task = Task { question: "Why?".to_owned(), effort: Effort::Quick, ..Task::default() };
    let warnings = ResearchV0.check(&task).unwrap();
    assert!(warnings.len() == 1 && warnings[0].message.contains("\"exa-research\" was taken"));
}
