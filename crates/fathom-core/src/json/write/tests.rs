use std::collections::BTreeMap;

use serde_json::json;

use super::*;
use crate::{
    Checkpoint, Error, ErrorKind, Report, Task,
    event::{Event, Record},
    providers,
};

fn same<T: Serialize + ?Sized>(value: &T) {
    assert_eq!(write(value), serde_json::to_string(value).unwrap());
}

#[derive(Serialize)]
enum Variant {
    Unit,
    Newtype(Option<u8>),
    Tuple(i8, char),
    Struct { a: (), b: [bool; 2] },
}

#[derive(Serialize)]
struct Newtype(f32);

#[derive(Serialize)]
struct Unit;

#[derive(Serialize)]
struct Tuple(Unit, Vec<Variant>, BTreeMap<String, Newtype>);

#[derive(Serialize)]
#[serde(tag = "type")]
enum Tagged<'a> {
    Struct { a: Variant },
    Newtype(&'a Record),
}

#[test]
fn every_character_is_written_as_serde_json_writes_it() {
    let all: String = ('\0'..='\u{2fff}').chain(['\u{fffd}', '\u{10ffff}']).collect();
    same(&all);
    all.chars().for_each(|one| same(&one));
    for text in ["", "\"", "\\\"", "a\nb", "\u{1f}", "\u{7f}", "{", "[", "\u{1F600}\u{0}"] {
        same(text);
        same(&[text, text]);
        same(&json!({text: {text: [text]}}));
    }
}

#[test]
fn every_number_is_written_as_serde_json_writes_it() {
    let edges = [f64::MAX, f64::MIN, f64::MIN_POSITIVE, f64::EPSILON, 5e-324, f64::NAN];
    let wild = [f64::INFINITY, f64::NEG_INFINITY, -0.0, 0.0, 1.0, 0.1, -1.5, 1e15, 1e16, 1e17];
    for number in edges.into_iter().chain(wild).chain([1e20, 1e21, 1e22, 1e-5, 1e-7, 1.0 / 3.0]) {
        same(&number);
        same(&(number as f32));
        same(&json!(number));
    }
    for number in [0, 1, 9, 10, 99, 100, i64::MAX, i64::MIN, -1, -10, 1 << 53] {
        same(&number);
        same(&(number as u64));
        same(&(number as i32, number as u32, number as i16, number as u16, number as i8));
        same(&json!([number, number as u64]));
        assert_eq!(number::text(number as u64), (number as u64).to_string());
    }
}

#[test]
fn every_form_of_a_type_is_written_as_serde_json_writes_it() {
    let variants = || {
        let newtype = [Variant::Newtype(None), Variant::Newtype(Some(1))];
        let tuple = Variant::Tuple(-1, '"');
        let named = Variant::Struct { a: (), b: [true, false] };
        Vec::from_iter([Variant::Unit, tuple, named].into_iter().chain(newtype))
    };
    let map = [("a".to_owned(), Newtype(0.1)), (String::new(), Newtype(f32::NAN))];
    same(&Tuple(Unit, variants(), map.into()));
    same(&Tuple(Unit, vec![], BTreeMap::new()));
    variants().into_iter().for_each(|a| same(&Tagged::Struct { a }));
    same(&Tagged::Newtype(&Record { id: 1, at_ms: 2, event: Event::RunStarted }));
    same(&Some(&[Some(vec![None::<String>]), None]));
    same(&json!([[], {}, [{}, []], null, true, {"a": [], "b": {"c": {}}, "d": 1.0}]));
}

#[test]
fn every_type_of_this_crate_is_written_as_serde_json_writes_it() {
    same(&providers::ROSTER.iter().map(|provider| provider.info()).collect::<Vec<_>>());
    let task: Task = serde_json::from_value(json!({
        "question": "Why\u{0}?", "effort": "deep", "output_schema": {"type": ["object", null, 1.5]},
        "include": ["a"], "rows": [{"a": -1}], "budget": {"usd": 3, "seconds": 4},
        "metadata": {"b\n": "c", "d": ""}, "options": {"d": [true, 1e300]}
    }))
    .unwrap();
    let checkpoint = json!({
        "provider": "local", "task": task, "stage": "submit-unknown", "job": "j", "seen": 7
    });
    same(&serde_json::from_value::<Checkpoint>(checkpoint).unwrap());
    let report = json!({
        "markdown": "m\t[1]", "structured": [1, -2, 0.5, null], "partial": true,
        "citations": [{"span": {"start": 1, "end": 2}, "sources": [1], "confidence": "low"}],
        "sources": [{"id": 1, "url": "u", "title": "t", "quotes": [{"text": "q"}]}],
        "warnings": [{"kind": "gap", "message": "m"}],
        "cost": {"amount": 1, "unit": "USD", "parts": [{"name": "n", "count": 2}]}
    });
    same(&serde_json::from_value::<Report>(report).unwrap());
    let wait = std::time::Duration::from_millis(1500);
    same(&Error::new(ErrorKind::Quota, "m").with_retry_after(wait).with_field("f"));
}

#[test]
fn an_object_grows_field_by_field() {
    assert_eq!(Object::new().end(), "{}");
    let mut object = Object::new();
    object.text("a", "\n").json("b", "[]").value("c", &1).value("d", &json!({"e": []}));
    assert_eq!(object.end(), r#"{"a":"\n","b":[],"c":1,"d":{"e":[]}}"#);
}
