use super::*;
use crate::error::ErrorKind;

#[test]
fn refuses_an_empty_and_an_endless_question() {
    let task = |question: &str| Task { question: question.to_owned(), ..Task::default() };
    for question in ["", " \n\t", &"x".repeat(100_000)] {
        let error = Local.check(&task(question)).unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidTask, Some("question")));
    }
    assert!(Local.check(&task(&"ü".repeat(20_000))).is_ok());
    assert!(Local.check(&task(&"ü".repeat(20_001))).is_err());
}

#[test]
fn refuses_a_schema_that_is_not_an_object() {
    let task = Task {
        question: "Why?".to_owned(),
        output_schema: Some(serde_json::json!([1])),
        ..Task::default()
    };
    assert_eq!(Local.check(&task).unwrap_err().field(), Some("output_schema"));
}

#[test]
fn info_survives_the_way_to_the_app() {
    let json = serde_json::to_string(Local.info()).unwrap();
    assert_eq!(&serde_json::from_str::<Info>(&json).unwrap(), Local.info());
}

#[test]
fn a_key_that_cannot_be_sent_is_refused_before_anything_is_built() {
    let error = Access::new("http://127.0.0.1:1", Some("hunter2\n".into())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert!(!error.to_string().contains("hunter2"));
}

#[test]
fn requests_carry_the_key_and_encode_what_they_are_given() {
    let access = Access::new("http://127.0.0.1:1/", Some("k".into())).unwrap();
    let request = request::runs(Some(5), Some("a&b"), Some("sea level"), &access);
    assert_eq!(request.url, "http://127.0.0.1:1/api/v1/runs?limit=5&cursor=a%26b&q=sea%20level");
    assert_eq!(request.headers.get("Authorization"), Some("Bearer k"));
    assert!(request::document("a/b.md@1", &access).url.ends_with("/documents/a%2Fb.md%401"));
}
