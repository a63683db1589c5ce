#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use fathom_core::{Grade, Report, Source, Task, Warning, WarningKind};
use fathom_report::{
    Document, Outline, Registry,
    export::{Bundle, BundleError, grade, markdown, percent},
    structured::sheets,
};
use serde_json::json;

fn report() -> Report {
    let source = |id, url: Option<&str>| Source {
        id,
        title: format!("Page [{id}]"),
        url: url.map(ToOwned::to_owned),
        document: Some(format!("p/{id}.md@0")),
        ..Source::default()
    };
    Report {
        markdown: "## In short\n\nGas is exported [1][2], `[1]`, in [2024] 【9†x】.\n\n| a |\n|---|\n| b [1] |".to_owned(),
        sources: vec![source(1, Some("https://a.example/x_(y)")), source(2, None)],
        warnings: vec![Warning { kind: WarningKind::Gap, message: "Nothing on *fish*.".to_owned() }],
        ..Report::default()
    }
}

#[test]
fn markdown_keeps_every_citation() {
    assert_eq!(
        markdown("What does it export?", &report()),
        "# What does it export?\n\n## In short\n\nGas is exported [[1]](https://a.example/x_%28y%29)[2], `[1]`, in [2024] [no source].\n\n\
         | a |\n|---|\n| b [[1]](https://a.example/x_%28y%29) |\n\n## Notes\n\n- Nothing on \\*fish\\*.\n\n## Sources\n\n\
         1. [Page \\[1\\]](https://a.example/x_%28y%29), p/1.md@0\n2. Page \\[2\\], p/2.md@0\n"
    );
}

#[test]
fn the_grade_is_one_line_under_the_question() {
    let line = |grade, confidence| {
        let report = Report { grade, confidence, ..report() };
        let text = markdown("Why?", &report);
        text.split("\n\n").nth(1).unwrap_or_default().to_owned()
    };
    let cases = [
        (Some(Grade::Answered), Some(0.834), "*Answered, 83 % sure.*"),
        (Some(Grade::Answered), None, "*Answered.*"),
        (Some(Grade::Related), Some(0.4), "*May not answer; the closest passages are shown.*"),
        (Some(Grade::Nothing), Some(0.01), "*Nothing found.*"),
        (None, Some(0.9), "## In short"),
    ];
    for (grade, confidence, expected) in cases {
        assert_eq!(line(grade, confidence), expected);
    }
}

#[test]
fn nothing_is_wholly_sure_and_no_number_is_made_up() {
    let cases = [(0.0, Some(1)), (0.005, Some(1)), (0.5, Some(50)), (0.999, Some(99))];
    for (probability, said) in cases.into_iter().chain([(1.2, None), (f64::NAN, None)]) {
        assert_eq!(percent(probability), said);
    }
    assert_eq!(grade(&Report::default()), None);
}

#[test]
fn exported_markdown_still_names_the_same_sources() {
    let mut report = report();
    report.sources[0].url = Some("https://a.example/x".to_owned());
    let ids = |report: &Report| {
        let document = Document::read(&report.markdown);
        let registry = Registry::new(report, &document);
        registry.uses_of(1).count()
    };
    let before = ids(&report);
    report.markdown = markdown("", &report);
    assert_eq!((before, ids(&report)), (2, 2));
}

#[test]
fn a_bundle_is_read_as_it_was_written() {
    let task = Task { question: "Why?".to_owned(), ..Task::default() };
    let mut report = report();
    report.structured = Some(json!({"b": [1.5, null], "a": "x"}));
    report.grade = Some(Grade::Related);
    report.confidence = Some(0.417);
    let mut bundle = Bundle::new(task, report);
    bundle.provider = Some("local".to_owned());
    let text = bundle.to_json().unwrap();
    let again = Bundle::from_json(&text).unwrap();
    assert_eq!(again, bundle);
    assert_eq!((again.report.grade, again.report.confidence), (Some(Grade::Related), Some(0.417)));
    assert_eq!(again.to_json().unwrap(), text);
}

#[test]
fn other_files_are_refused_with_a_reason() {
    assert!(matches!(Bundle::from_json("{"), Err(BundleError::Malformed(_))));
    assert_eq!(Bundle::from_json("{}"), Err(BundleError::NotABundle));
    assert_eq!(
        Bundle::from_json(r#"{"format":"fathom-report","version":7}"#),
        Err(BundleError::TooNew(7))
    );
    assert!(matches!(
        Bundle::from_json(r#"{"format":"fathom-report","version":1}"#),
        Err(BundleError::Malformed(_))
    ));
    assert!(matches!(Bundle::from_json(&"[".repeat(100_000)), Err(BundleError::Malformed(_))));
}

#[test]
fn contents_have_two_levels_and_grow_with_the_document() {
    let text =
        "## One\n\nSome words here.\n\n### Two\n\n#### Three\n\n- a list\n\n## Four\n\n挪威人口";
    let whole = Outline::of(Document::read(text).frozen());
    let contents: Vec<_> =
        whole.contents().map(|(depth, heading)| (depth, heading.slug.as_str())).collect();
    assert_eq!(contents, [(0, "one"), (1, "two"), (0, "four")]);
    assert_eq!((whole.words(), whole.minutes()), (13, 1));
    let mut document = Document::new();
    let mut growing = Outline::default();
    for piece in text.split_inclusive(' ') {
        document.push(piece);
        growing.advance(document.frozen());
    }
    document.finish();
    growing.advance(document.frozen());
    assert_eq!(growing, whole);
}

#[test]
fn reading_time_follows_the_length() {
    assert_eq!(Outline::of(Document::read(&"word ".repeat(1150)).frozen()).minutes(), 5);
    assert_eq!(Outline::of(Document::read(&"字".repeat(1000)).frozen()).minutes(), 2);
}

#[test]
fn a_structured_value_becomes_tables() {
    let value = json!({
        "summary": "Two firms",
        "companies": [
            {"name": "A", "foundedYear": 1990, "address": {"city": "Oslo"}, "tags": ["x", "y"], "offices": [{"city": "Bergen"}]},
            {"name": "B", "foundedYear": null, "offices": []}
        ]
    });
    let schema = json!({"properties": {"companies": {"title": "Firms", "items": {"$ref": "#/$defs/firm"}}},
        "$defs": {"firm": {"properties": {"name": {"title": "Firm", "description": "Its name"}, "foundedYear": {"type": ["integer", "null"]}}}}});
    let sheets = sheets(&value, Some(&schema));
    let titles: Vec<_> =
        sheets.iter().map(|sheet| (sheet.title.as_str(), sheet.field.to_string())).collect();
    assert_eq!(
        titles,
        [
            ("", String::new()),
            ("Firms", "companies".to_owned()),
            ("Offices", "companies[0].offices".to_owned())
        ]
    );
    let firms = &sheets[1];
    let heads: Vec<_> = firms.columns.iter().map(|column| column.title.as_str()).collect();
    assert_eq!(heads, ["Founded year", "Firm", "City", "Tags"]);
    let cell = &firms.rows[0].cells[2];
    assert_eq!(
        (cell.field.to_string().as_str(), cell.text.as_str()),
        ("companies[0].address.city", "Oslo")
    );
    assert_eq!(firms.rows[1].cells[0].value, Some(json!(null)));
    assert_eq!(firms.rows[1].cells[2].value, None);
    assert_eq!(firms.rows[0].cells[3].text, "x, y");
}

#[test]
fn any_value_can_be_taken_apart() {
    for value in [
        json!(null),
        json!(1),
        json!([]),
        json!([1, 2]),
        json!([[1], [2]]),
        json!([{"a": 1}, 2, null]),
        json!({}),
    ] {
        sheets(&value, None);
        sheets(&value, Some(&json!({"$ref": "#"})));
        sheets(&value, Some(&json!({"properties": 3, "items": []})));
    }
    let deep = (0..100).fold(json!(1), |value, _| json!({"a": [value]}));
    sheets(&deep, None);
}
