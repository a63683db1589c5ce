//! What a field of a schema, or a column of a table, asks for.

use std::ops::Range;

use fathom_core::event::FacetOrigin;
use serde_json::Value as Json;

use crate::{
    document::quantity::{self, Measure, Unit},
    plan::{Facet, asks_for_the_first_of_many},
    text::{Analyzer, Language, sentence::trim, stop_words, whitespace::collapse},
};

/// The kind of value a field takes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    Text,
    Number,
    Integer,
    Flag,
    Date,
    /// One of these values: words, numbers or flags.
    Choice(Vec<Json>),
    /// Several short texts.
    List,
}

/// A value as it will stand in the result.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Json(Json),
    Number(f64),
}

impl Shape {
    /// Whether a number is looked for.
    fn is_number(&self) -> bool {
        match self {
            Self::Number | Self::Integer => true,
            Self::Choice(options) => !options.is_empty() && options.iter().all(Json::is_number),
            _ => false,
        }
    }
}

impl Value {
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => (a - b).abs() <= 0.005 * a.abs().max(b.abs()),
            (Self::Json(Json::String(a)), Self::Json(Json::String(b))) => a.eq_ignore_ascii_case(b),
            (a, b) => a == b,
        }
    }
}

/// A word that a label should hold.
#[derive(Clone, Debug)]
pub(crate) struct Keyword {
    pub term: String,
    /// Other terms that count as this word.
    pub also: Vec<String>,
    pub weight: f64,
}

impl Keyword {
    pub(crate) fn is(&self, term: &str) -> bool {
        self.term == term || self.also.iter().any(|other| other == term)
    }
}

/// What is looked for.
#[derive(Clone, Debug)]
pub(crate) struct FieldSpec {
    /// The words as a person would type them.
    pub phrase: String,
    /// The very label or heading that is meant, where it is known.
    pub heading: Option<String>,
    pub words: Vec<Keyword>,
    pub shape: Shape,
    pub unit: Option<Unit>,
    /// A share is wanted, or at least not refused.
    pub share: bool,
    pub year: bool,
    /// What the number is counted in: a million for `population_millions`.
    pub scale: f64,
    /// The main ones of many are asked for, so a list suits better than a sum.
    pub prefers_list: bool,
}

const WEAK: f64 = 0.2;

impl FieldSpec {
    /// What a facet asks for, in a column of a comparison or by itself.
    pub(crate) fn of_facet(facet: &Facet) -> Self {
        let words = facet.words.list.iter();
        let keywords = words.clone().filter_map(|word| {
            let (term, also) = word.terms.split_first()?;
            let weight = if word.is_degree { WEAK } else { 1.0 };
            Some(Keyword { term: term.clone(), also: also.to_vec(), weight })
        });
        let suggested = facet.origin == FacetOrigin::Library;
        Self {
            phrase: facet.words.phrase(),
            heading: suggested.then(|| facet.title.clone()),
            words: keywords.collect(),
            shape: Shape::Text,
            unit: None,
            share: true,
            year: false,
            scale: 1.0,
            prefers_list: words
                .map(|word| word.raw.to_lowercase())
                .any(|word| asks_for_the_first_of_many(&word)),
        }
    }

    /// What a field called `name` asks for.
    pub(crate) fn field(name: &str, about: &str, shape: Shape) -> Self {
        let analyzer = Analyzer::new(Language::English);
        let mut want = Self {
            phrase: String::new(),
            heading: None,
            words: Vec::new(),
            shape,
            unit: None,
            share: false,
            year: false,
            scale: 1.0,
            prefers_list: false,
        };
        let parts = split_name(name);
        let mut kept = Vec::new();
        for part in &parts {
            if !want.takes_as_unit(part) {
                kept.push(part.clone());
            }
        }
        if want.unit.is_none() && want.shape.is_number() {
            want.unit = unit_in(about);
        }
        // A field that is nothing but a unit is named by it: `percent`, `years`.
        let words = if kept.is_empty() { parts } else { kept };
        for word in words.iter().filter(|word| !stop_words::is_stop(Language::English, word)) {
            let weak = matches!(
                word.as_str(),
                "total"
                    | "main"
                    | "official"
                    | "current"
                    | "number"
                    | "name"
                    | "value"
                    | "amount"
                    | "count"
                    | "date"
                    | "year"
            );
            want.share |= matches!(
                word.as_str(),
                "rate" | "share" | "growth" | "ratio" | "percentage" | "level"
            );
            for term in analyzer.terms(word) {
                want.words.push(Keyword {
                    term,
                    also: Vec::new(),
                    weight: if weak { WEAK } else { 1.0 },
                });
            }
        }
        want.phrase = words.join(" ");
        want.share |= want.unit.is_some_and(|unit| unit.measure == Measure::Share);
        want
    }

    /// Reads a part of a field's name as a unit or a scale, if it is one.
    fn takes_as_unit(&mut self, part: &str) -> bool {
        if !self.shape.is_number() {
            return false;
        }
        if let Some(scale) = quantity::scale(part.trim_end_matches('s')).filter(|_| part.len() > 4)
        {
            self.scale = scale;
            return true;
        }
        if part == "year" {
            self.year = true;
            return false;
        }
        // "m" and "ha" are units, but single letters stand for too much else.
        let unit = quantity::unit(part).filter(|_| part.len() > 1);
        self.unit = self.unit.or(unit);
        unit.is_some()
    }

    /// Whether any word says what is wanted, beyond that it is a name, a number or a total.
    pub(crate) fn is_telling(&self) -> bool {
        self.words.iter().any(|word| word.weight > WEAK)
    }

    /// How much of what is wanted the terms for which `holds` is true carry.
    pub(crate) fn coverage(&self, holds: impl Fn(&str) -> bool) -> f64 {
        let met = |word: &Keyword| holds(&word.term) || word.also.iter().any(|term| holds(term));
        let strong = || self.words.iter().filter(|word| word.weight > WEAK);
        let weak = self.words.iter().filter(|word| word.weight <= WEAK && met(word)).count();
        match (strong().count(), strong().filter(|word| met(word)).count()) {
            // Nothing but qualifiers is asked: then they are what counts.
            (0, _) => ratio(weak, self.words.len()),
            // A qualifier that is met decides between labels that are equal otherwise.
            (all, met) => ratio(met, all) + 0.02 * ratio(weak, self.words.len()),
        }
    }

    /// A small preference between values that are equally well labelled.
    pub(crate) fn taste(&self, text: &str) -> f64 {
        if !self.prefers_list {
            return 0.0;
        }
        let list =
            text.contains(", ") && !text.starts_with(|c: char| c.is_ascii_digit() || c == '$');
        let names = text.split(", ").filter(|item| item.starts_with(char::is_uppercase)).count()
            * 2
            > text.split(", ").count();
        match (list, names) {
            (false, _) => -LIST,
            (true, true) => LIST / 2.0,
            (true, false) => LIST,
        }
    }

    /// The value in `text` and the bytes that carry it, if it is of the right kind.
    pub(crate) fn read(&self, text: &str) -> Option<(Value, Range<usize>)> {
        if is_nothing(text) {
            return None;
        }
        match &self.shape {
            Shape::Text | Shape::List => {
                let range = without_note(text);
                let words = text
                    .get(range.clone())
                    .filter(|words| words.chars().any(char::is_alphanumeric))?;
                Some((Value::Json(Json::from(collapse(words))), range))
            }
            Shape::Number | Shape::Integer => self.number(text),
            Shape::Flag => {
                flag(text).map(|flag| (Value::Json(Json::from(flag)), without_note(text)))
            }
            Shape::Date => {
                quantity::date(text).map(|date| (Value::Json(Json::from(date)), without_note(text)))
            }
            Shape::Choice(options) => self.choose(options, text),
        }
    }

    /// The option that `text` says, read as what the option is.
    fn choose(&self, options: &[Json], text: &str) -> Option<(Value, Range<usize>)> {
        if let Some(option) = choice(options, text) {
            return Some((Value::Json(option.clone()), without_note(text)));
        }
        if let Some(flag) = flag(text).map(Json::from).filter(|flag| options.contains(flag)) {
            return Some((Value::Json(flag), without_note(text)));
        }
        let numbers = || options.iter().filter_map(|option| Some((option, option.as_f64()?)));
        numbers().next()?;
        let (Value::Number(read), range) = self.number(text)? else { return None };
        let (option, _) =
            numbers().find(|(_, number)| (number - read).abs() <= 1e-9 * number.abs().max(1.0))?;
        Some((Value::Json(option.clone()), range))
    }

    fn number(&self, text: &str) -> Option<(Value, Range<usize>)> {
        if self.year && self.unit.is_none() {
            let year = quantity::years(text).next()?;
            return Some((Value::Number(f64::from(year)), without_note(text)));
        }
        let suits = |number: &quantity::Number| match (self.unit, number.unit) {
            (Some(wanted), Some(unit)) => wanted.measure == unit.measure,
            (Some(_), None) => false,
            (None, Some(unit)) => unit.measure != Measure::Share || self.share,
            (None, None) => true,
        };
        let number = quantity::numbers(text)
            .find(suits)
            .filter(|number| self.unit.is_some() || leads(text, number.start))?;
        let factor = match (self.unit, number.unit) {
            (Some(wanted), Some(unit)) => unit.factor / wanted.factor,
            _ => 1.0,
        };
        let read = number.value * factor / self.scale;
        if self.shape == Shape::Integer && (read - read.round()).abs() > 1e-6 {
            return None;
        }
        Some((Value::Number(read), part_around(text, number.start)))
    }
}

const LIST: f64 = 0.1;

#[expect(clippy::cast_precision_loss, reason = "a field has few words")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Whether only a few words stand before the number: "less than 100", "about 60,000", but not a story.
fn leads(text: &str, start: usize) -> bool {
    text.get(..start).is_some_and(|before| before.split_whitespace().count() <= 3)
}

/// The part between semicolons around a byte.
fn part_around(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|before| before.rfind("; ")).map_or(0, |found| found + 2);
    let end =
        text.get(at..).and_then(|after| after.find("; ")).map_or(text.len(), |found| at + found);
    trim(text, start..end)
}

/// `text` without the note at its end.
fn without_note(text: &str) -> Range<usize> {
    let note = ["; note", "note:", "note -", "note–", "(note"]
        .iter()
        .filter_map(|sign| text.find(sign))
        .min();
    trim(text, 0..note.filter(|at| *at > 0).unwrap_or(text.len()))
}

/// Whether a value says that there is no value.
pub(crate) fn is_nothing(text: &str) -> bool {
    let first = text.split(['(', ';']).next().unwrap_or_default().trim().to_lowercase();
    matches!(
        first.as_str(),
        "" | "na" | "n/a" | "na%" | "$na" | "none" | "-" | "unknown" | "not available"
    )
}

fn flag(text: &str) -> Option<bool> {
    let first =
        text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty())?.to_lowercase();
    match first.as_str() {
        "yes" | "true" => Some(true),
        "no" | "false" => Some(false),
        _ => None,
    }
}

/// The option whose words all occur in `text`, the longest if several do.
fn choice<'a>(options: &'a [Json], text: &str) -> Option<&'a Json> {
    let analyzer = Analyzer::new(Language::English);
    let words = analyzer.terms(text);
    let fits = |option: &&Json| {
        let terms = analyzer.terms(option.as_str().unwrap_or_default());
        !terms.is_empty() && terms.iter().all(|term| words.contains(term))
    };
    options.iter().filter(fits).max_by_key(|option| option.as_str().map_or(0, str::len))
}

/// `totalArea_km2` as `total`, `area`, `km2`.
fn split_name(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut fresh = true;
    let mut lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() && c != '%' {
            fresh = true;
            continue;
        }
        if fresh || c.is_uppercase() && lower {
            parts.push(String::new());
        }
        fresh = false;
        lower = c.is_lowercase() || c.is_numeric();
        if let Some(part) = parts.last_mut() {
            part.extend(c.to_lowercase());
        }
    }
    parts
}

/// A unit that a description names.
fn unit_in(about: &str) -> Option<Unit> {
    let lower = about.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '²' | '³'))
        .filter(|word| !word.is_empty())
        .collect();
    let pairs = words.windows(2).find_map(|pair| quantity::unit(&pair.join(" ")));
    pairs.or_else(|| {
        words
            .iter()
            .filter(|word| word.len() > 1 || **word == "%")
            .find_map(|word| quantity::unit(word))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::{FieldSpec, Shape, Value};

    fn number(field: &str, text: &str) -> Option<f64> {
        match FieldSpec::field(field, "", Shape::Number).read(text) {
            Some((Value::Number(number), _)) => Some(number),
            _ => None,
        }
    }

    #[test]
    fn reads_and_converts_units_named_by_the_field() {
        assert_eq!(number("total_area_km2", "323,802 sq km"), Some(323_802.0));
        assert_eq!(number("areaKm2", "100 hectares"), Some(1.0));
        assert_eq!(number("electricity_billion_kwh", "134 billion kWh (2012 est.)"), Some(134.0));
        assert_eq!(number("total_area_km2", "323,802"), None);
        assert_eq!(number("population", "80.5% of total population"), None);
        assert_eq!(number("unemployment_rate", "4.1% (2014 est.)"), Some(4.1));
        assert_eq!(number("independence_year", "7 June 1905 (from Sweden)"), Some(1905.0));
    }

    #[test]
    fn chooses_among_numbers_and_flags() {
        let read = |name: &str, options: Json, text| {
            let shape = Shape::Choice(options.as_array().cloned().unwrap());
            match FieldSpec::field(name, "", shape).read(text) {
                Some((Value::Json(option), _)) => Some(option),
                _ => None,
            }
        };
        let sizes = || json!([100, 212, 300]);
        assert_eq!(read("enrolled", sizes(), "212"), Some(json!(212)));
        assert_eq!(read("enrolled", sizes(), "about 212 adults"), Some(json!(212)));
        assert_eq!(read("enrolled", sizes(), "213"), None);
        assert_eq!(read("enrolled", sizes(), "2,120"), None);
        assert_eq!(read("weight", json!([0.42, 1.5]), "0.42"), Some(json!(0.42)));
        assert_eq!(read("area_km2", json!([1, 2]), "100 hectares"), Some(json!(1)));
        assert_eq!(read("year", json!([1905, 1906]), "7 June 1905"), Some(json!(1905)));
        assert_eq!(read("blinded", json!([true, false]), "no"), Some(json!(false)));
        assert_eq!(read("blinded", json!([true]), "no"), None);
        assert_eq!(read("stage", json!(["one", 2]), "stage one"), Some(json!("one")));
        assert_eq!(read("stage", json!(["one", 2]), "2"), Some(json!(2)));
    }

    #[test]
    fn reads_flags_dates_and_choices() {
        let read =
            |shape, text| FieldSpec::field("x", "", shape).read(text).map(|(value, _)| value);
        assert_eq!(read(Shape::Flag, "no; note - rare"), Some(Value::Json(json!(false))));
        assert_eq!(read(Shape::Date, "7 June 1905"), Some(Value::Json(json!("1905-06-07"))));
        let options = vec![json!("monarchy"), json!("republic")];
        assert_eq!(
            read(Shape::Choice(options), "constitutional monarchy"),
            Some(Value::Json(json!("monarchy")))
        );
        assert_eq!(read(Shape::Text, "NA"), None);
        assert_eq!(
            read(Shape::Text, "Oslo; note - on the fjord"),
            Some(Value::Json(json!("Oslo")))
        );
    }
}
