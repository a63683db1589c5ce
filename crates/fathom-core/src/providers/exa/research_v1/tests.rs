use serde_json::json;

use super::*;
use crate::error::ErrorKind;

fn task(question: &str, guidance: Option<&str>) -> Task {
    Task { question: question.to_owned(), guidance: guidance.map(str::to_owned), ..Task::default() }
}

#[test]
fn question_and_guidance_share_the_limit_and_the_wording() {
    let long = "x".repeat(4_096);
    assert!(ResearchV1.check(&task(&long, None)).is_ok());
    let error = ResearchV1.check(&task(&[&long, "x"].concat(), None)).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidTask, Some("question")));
    let error = ResearchV1.check(&task(&long, Some("Be brief."))).unwrap_err();
    assert_eq!(error.field(), Some("guidance"));
    assert_eq!(ResearchV1.wording(&task("Why?", Some("Be brief."))), "Why?\n\nBe brief.");
}

#[test]
fn a_schema_has_eight_root_fields_and_five_levels_at_most() {
    let with = |schema| Task { output_schema: Some(schema), ..task("Why?", None) };
    let roots = |count: u32| {
        let fields: serde_json::Map<_, _> =
            (0..count).map(|n| (n.to_string(), json!({}))).collect();
        json!({"type": "object", "properties": fields})
    };
    assert!(ResearchV1.check(&with(roots(8))).is_ok());
    assert_eq!(ResearchV1.check(&with(roots(9))).unwrap_err().field(), Some("output_schema"));
    let deep = |levels: u32| {
        (1..levels).fold(
            json!({"type": "object"}),
            |inner, _| json!({"type": "object", "properties": {"a": inner}}),
        )
    };
    assert!(ResearchV1.check(&with(deep(5))).is_ok());
    assert!(ResearchV1.check(&with(deep(6))).is_err());
}

#[test]
fn requests_name_what_they_want() {
    let access = Access::new("https://host", None).unwrap();
    assert_eq!(
        request::research("a b", &access).url,
        "https://host/research/v1/a%20b?stream=false&events=true"
    );
    let events = request::events("r", &access).unwrap();
    assert_eq!(
        (events.url.as_str(), events.stream),
        ("https://host/research/v1/r?stream=true", true)
    );
    assert_eq!(
        request::researches(Some("c="), &access).url,
        "https://host/research/v1?limit=50&cursor=c%3D"
    );
    for (effort, model) in [
        (Effort::Quick, "exa-research-fast"),
        (Effort::Standard, "exa-research"),
        (Effort::Deep, "exa-research-pro"),
    ] {
        let body = request::create(&Task { effort, ..task("Why?", None) }, &access).body.unwrap();
        assert!(body.contains(&["\"", model, "\""].concat()), "{body}");
    }
}
