//! Filling schemas.

use fathom_core::{Confidence, Report, Task, WarningKind};
use fathom_engine::{EngineError, MemoryIndex, research, testing::document};
use serde_json::{Value, json};

use super::watch::{Watch, index, run, task};

fn library() -> MemoryIndex {
    let page = |name: &str, population: &str, area: &str| {
        document(
            &format!("{name}.md"),
            name,
            &format!(
                "# {name}\n## Geography\n### Area\n- total: {area} sq km\n- land: 99 sq km\n## People\n### Population\n\
                 Population: {population} (July 2015 est.)\n### Languages\nLanguages: Bokmal, Nynorsk\n\
                 ## Government\n### Independence\nIndependence: 7 June 1905 (from Sweden)\n\
                 ### Government type\nGovernment type: constitutional monarchy\n### Dual citizenship\nDual citizenship: no"
            ),
        )
    };
    index(&[page("Norway", "5,207,689", "323,802"), page("Sweden", "9,801,616", "450,295")])
}

fn fill(question: &str, schema: Value) -> Report {
    run(&Task { output_schema: Some(schema), ..task(question) }, &library())
}

fn object(properties: Value) -> Value {
    json!({ "type": "object", "properties": properties })
}

#[test]
fn fills_fields_by_label_type_and_unit() {
    let report = fill(
        "Key figures of Norway",
        object(json!({
            "population": { "type": "integer" },
            "total_area_km2": { "type": "number" },
            "areaHectares": { "type": "number" },
            "independence": { "type": "string", "format": "date" },
            "independence_year": { "type": "integer" },
            "government_type": { "enum": ["constitutional monarchy", "republic"] },
            "dual_citizenship": { "type": "boolean" },
            "languages": { "type": "array", "items": { "type": "string" } },
        })),
    );
    assert_eq!(
        report.structured,
        Some(json!({
            "population": 5_207_689,
            "total_area_km2": 323_802,
            "areaHectares": 32_380_200,
            "independence": "1905-06-07",
            "independence_year": 1905,
            "government_type": "constitutional monarchy",
            "dual_citizenship": false,
            "languages": ["Bokmal", "Nynorsk"],
        }))
    );
    let cited = |field: &str| {
        report.citations.iter().find(|citation| citation.field.as_deref() == Some(field))
    };
    assert_eq!(cited("population").unwrap().confidence, Some(Confidence::High));
    assert_eq!(cited("languages[1]").unwrap().evidence[0].quote, "Nynorsk");
}

#[test]
fn what_no_source_supports_is_null_and_named() {
    let schema = json!({
        "type": "object",
        "required": ["population", "literacy_percent"],
        "properties": { "population": { "type": "integer" }, "literacy_percent": { "type": "number" }, "anthem": { "type": ["string", "null"] } }
    });
    let report = fill("Key figures of Norway", schema);
    assert_eq!(
        report.structured,
        Some(json!({ "population": 5_207_689, "literacy_percent": null, "anthem": null }))
    );
    let missing: Vec<&str> = report
        .warnings
        .iter()
        .filter(|warning| warning.kind == WarningKind::FieldMissing)
        .map(|warning| warning.message.as_str())
        .collect();
    assert!(missing.iter().any(|message| message.contains("required field literacy_percent")));
    assert!(missing.iter().any(|message| message.contains("does not satisfy the schema")));
}

#[test]
fn a_value_in_the_wrong_unit_is_no_value() {
    let report = fill(
        "Norway",
        object(
            json!({ "population_percent": { "type": ["number", "null"] }, "total_area_kg": { "type": ["number", "null"] } }),
        ),
    );
    assert_eq!(
        report.structured,
        Some(json!({ "population_percent": null, "total_area_kg": null }))
    );
}

#[test]
fn rows_come_from_the_names_in_the_question() {
    let schema = json!({
        "$defs": { "country": object(json!({ "name": { "type": "string" }, "population": { "type": "integer" } })) },
        "type": "object",
        "properties": { "countries": { "type": "array", "items": { "$ref": "#/$defs/country" } } }
    });
    let report = fill("Compare Norway and Sweden", schema);
    assert_eq!(
        report.structured,
        Some(json!({ "countries": [
            { "name": "Norway", "population": 5_207_689 },
            { "name": "Sweden", "population": 9_801_616 },
        ] }))
    );
    let fields: Vec<&str> =
        report.citations.iter().filter_map(|citation| citation.field.as_deref()).collect();
    assert_eq!(
        fields,
        [
            "countries[0].name",
            "countries[0].population",
            "countries[1].name",
            "countries[1].population"
        ]
    );
}

#[test]
fn names_nobody_asked_about_make_no_rows() {
    let report = fill(
        "population",
        object(
            json!({ "countries": { "type": "array", "items": object(json!({ "population": { "type": "integer" } })) } }),
        ),
    );
    assert_eq!(report.structured, Some(json!({ "countries": [] })));
}

#[test]
fn schemas_that_cannot_be_filled_are_refused_before_anything_is_searched() {
    let asked = Task {
        output_schema: Some(json!({ "$ref": "http://example.org/schema.json" })),
        ..task("Norway")
    };
    let mut watch = Watch::default();
    let refused = research(&asked, None, &library(), &mut watch);
    assert!(
        matches!(refused, Err(EngineError::Schema(message)) if message.contains("nothing is fetched"))
    );
    assert!(watch.events.is_empty());
}

#[test]
fn rows_that_were_begun_are_completed_and_keep_what_they_say() {
    let schema = object(json!({
        "countries": { "type": "array", "items": object(json!({
            "name": { "type": "string" },
            "code": { "type": "string" },
            "population": { "type": "integer" },
        })) },
    }));
    let task = Task {
        output_schema: Some(schema),
        rows: vec![
            json!({ "name": "Sweden", "code": "se" }),
            json!({ "name": "Atlantis" }),
            json!({ "country": "Norway" }),
            json!({ "website": "https://nobody.example" }),
        ],
        ..task("Complete the rows")
    };
    let report = run(&task, &library());
    assert_eq!(
        report.structured,
        Some(json!({ "countries": [
            { "name": "Sweden", "code": "se", "population": 9_801_616 },
            { "name": "Atlantis" },
            { "name": "Norway", "population": 5_207_689 },
            {},
        ] }))
    );
    let cited: Vec<&str> =
        report.citations.iter().filter_map(|citation| citation.field.as_deref()).collect();
    assert!(cited.contains(&"countries[0].population") && !cited.contains(&"countries[0].code"));
}

#[test]
fn what_is_known_already_is_left_out() {
    let schema = object(json!({
        "countries": { "type": "array", "items": object(json!({ "name": { "type": "string" } })) },
    }));
    let task = Task {
        output_schema: Some(schema),
        known: vec![json!({ "name": "norway" })],
        ..task("Compare Norway and Sweden")
    };
    let report = run(&task, &library());
    assert_eq!(report.structured, Some(json!({ "countries": [{ "name": "Sweden" }] })));
    assert!(!report.markdown.contains("5,207,689"), "{}", report.markdown);
}

/// A profile in the two forms in which a value with parts is written.
fn iceland(government: &str) -> MemoryIndex {
    let text = format!(
        "# Iceland\n## Geography\n### Area\n- total: 103,000 sq km\n## Government\n### Country name\n\
         - conventional long form: Republic of Iceland\n{government}\n### Executive branch\n\
         - chief of state: President Olafur Ragnar Grimsson"
    );
    index(&[
        document("iceland.md", "Iceland", &text),
        document("norway.md", "Norway", "# Norway\n## Government\n### Capital\n- name: Oslo"),
    ])
}

fn about_iceland(government: &str, properties: Value) -> Report {
    let schema = Some(object(properties));
    let task = Task { output_schema: schema, ..task("What is the capital of Iceland?") };
    run(&task, &iceland(government))
}

const LISTED: &str = "### Capital\n- name: Reykjavik\n- geographic coordinates: 64 09 N, 21 57 W";
const INLINE: &str =
    "### Capital\nCapital: name: Reykjavik; geographic coordinates: 64 09 N, 21 57 W";

#[test]
fn the_name_of_what_an_entity_has_is_not_the_entity_s() {
    let named = || object(json!({ "name": { "type": "string" } }));
    for government in [LISTED, INLINE] {
        let report = about_iceland(government, json!({ "capital": named() }));
        assert_eq!(report.structured, Some(json!({ "capital": { "name": "Reykjavik" } })));
        let cited = report.citations.iter().find(|citation| citation.field.is_some()).unwrap();
        assert_eq!(cited.evidence[0].quote, "Reykjavik");
    }
    let inside = json!({ "government": object(json!({ "capital": named() })) });
    assert_eq!(
        about_iceland(LISTED, inside).structured,
        Some(json!({ "government": { "capital": { "name": "Reykjavik" } } }))
    );
}

#[test]
fn what_an_entity_does_not_say_it_has_stays_without_a_name() {
    let named = || object(json!({ "name": { "type": ["string", "null"] } }));
    let report = about_iceland(LISTED, json!({ "currency": named(), "president": named() }));
    let value = report.structured.unwrap();
    assert_eq!(value["currency"], json!({ "name": null }), "{value}");
    assert_ne!(value["president"]["name"], "Iceland", "{value}");
    let report = about_iceland("### Flag\nFlag: a red cross", json!({ "capital": named() }));
    assert_eq!(report.structured, Some(json!({ "capital": { "name": null } })));
}

#[test]
fn an_object_that_is_the_entity_bears_its_name() {
    let named = || object(json!({ "name": { "type": "string" } }));
    let report = about_iceland(
        LISTED,
        json!({ "name": { "type": "string" }, "country": named(), "iceland": named() }),
    );
    assert_eq!(
        report.structured,
        Some(
            json!({ "name": "Iceland", "country": { "name": "Iceland" }, "iceland": { "name": "Iceland" } })
        )
    );
}

#[test]
fn a_choice_among_numbers_is_filled() {
    let trial = document(
        "trial.md",
        "Lund sleep trial",
        "# Lund sleep trial\nThe Lund sleep trial is a study.\n- Confidence: high\n- Enrolled: 212\n- Effect: 0.42\n- Blinded: no",
    );
    let schema = object(json!({
        "enrolled": { "type": "integer", "enum": [100, 212, 300] },
        "effect": { "enum": [0.1, 0.42, null] },
        "blinded": { "enum": [true, false] },
        "confidence": { "type": "string", "enum": ["low", "medium", "high"] },
        "registered": { "enum": [1, 2, null] },
    }));
    let task =
        Task { output_schema: Some(schema), ..task("What is known of the Lund sleep trial?") };
    assert_eq!(
        run(&task, &index(&[trial])).structured,
        Some(
            json!({ "enrolled": 212, "effect": 0.42, "blinded": false, "confidence": "high", "registered": null })
        )
    );
}
