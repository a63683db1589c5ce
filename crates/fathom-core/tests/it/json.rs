//! The reader of JSON against serde_json: the same values, and the same refusals at the same place.

use fathom_core::json;
use serde_json::Value;

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::random::Random;

/// Whether two values are the same. A double may be the one beside the nearest: serde_json reads the
/// nearest or one beside it, as it is compiled. Zero has a sign.
fn same(read: &Value, known: &Value) -> bool {
    match (read, known) {
        (Value::Number(read), Value::Number(known)) if read.is_f64() && known.is_f64() => {
            let (read, known) = (read.as_f64().unwrap(), known.as_f64().unwrap());
            read.is_sign_negative() == known.is_sign_negative()
                && read.to_bits().abs_diff(known.to_bits()) <= 2
        }
        (Value::Array(read), Value::Array(known)) => {
            read.len() == known.len()
                && read.iter().zip(known).all(|(read, known)| same(read, known))
        }
        (Value::Object(read), Value::Object(known)) => {
            read.keys().eq(known.keys())
                && read.values().zip(known.values()).all(|(read, known)| same(read, known))
        }
        (read, known) => read == known,
    }
}

fn check(text: &[u8]) {
    let (read, known) = (json::strict(text), serde_json::from_slice::<Value>(text));
    let shown = String::from_utf8_lossy(text);
    match (read, known) {
        (Ok(read), Ok(known)) => {
            assert!(same(&read, &known), "{shown:?}: {read}, {known}");
        }
        (Err(broken), Err(error)) => {
            assert_eq!(broken.is_cut, error.is_eof(), "{shown:?}");
            // Where these begin and end is told differently.
            let is_elsewhere = str::from_utf8(text).is_err() || error.to_string().contains("range");
            let (place, known) = ((broken.line, broken.column), (error.line(), error.column()));
            assert!(is_elsewhere || place == known, "{shown:?}: {place:?}, {error}");
        }
        (read, known) => panic!("{shown:?}: {read:?}, {known:?}"),
    }
    if let Ok(text) = str::from_utf8(text) {
        let mended = json::mend(text);
        let known: Option<Value> = serde_json::from_str(mended.as_deref().unwrap_or(text)).ok();
        match (json::parse(text.as_bytes()).ok(), known) {
            (Some(read), Some(known)) => assert!(same(&read, &known), "{shown:?}: {read}, {known}"),
            (read, known) => assert_eq!(read, known, "{shown:?}"),
        }
    }
}

#[test]
fn numbers_are_read_as_serde_json_reads_them() {
    let pieces = [
        "-",
        "+",
        ".",
        "e",
        "E",
        "e-",
        "0",
        "1",
        "5",
        "9",
        "00000",
        "22",
        "308",
        "309",
        "324",
        "1844674407370955161",
        "18446744073709551615",
        "9223372036854775807",
        "9223372036854775808",
        "4999999999999999",
        "99999999999999999999",
        " ",
    ];
    let mut random = Random::new(11);
    for _ in 0..60_000 {
        check(random.text(&pieces, 6).as_bytes());
    }
}

#[test]
fn doubles_are_read_as_the_nearest_or_one_beside_it() {
    let mut random = Random::new(12);
    for _ in 0..60_000 {
        let bits = (0..8).fold(0, |bits: u64, _| bits << 8 | random.below(256) as u64);
        let number = f64::from_bits(bits);
        if number.is_finite() {
            check(format!("{number}").as_bytes());
            check(format!("{number:e}").as_bytes());
        }
    }
}

#[test]
fn strings_are_read_as_serde_json_reads_them() {
    let pieces = [
        "\"",
        "\\",
        "\\\"",
        "\\\\",
        "\\n",
        "\\b\\f\\r\\t\\/",
        "\\x",
        "\\u",
        "\\u0000",
        "\\u00e4",
        "\\ud83d\\ude00",
        "\\ud83d",
        "\\uDE00",
        "\\ud8",
        "\\uD83D\\u0041",
        "\\u+041",
        "\n",
        "\u{0}",
        "\u{1f}",
        "\u{7f}",
        "\u{e4}",
        "\u{1F600}",
        "a",
        "A",
        "9",
        " ",
    ];
    let mut random = Random::new(13);
    for _ in 0..60_000 {
        let text = ["\"", &random.text(&pieces, 6), "\""].concat();
        check(text.as_bytes());
        check(&random.mutated(text.as_bytes()));
    }
}

#[test]
fn texts_are_read_as_serde_json_reads_them() {
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\":",
        "\"b\":1",
        "\"a\"",
        "null",
        "true",
        "false",
        "nul",
        "tru\u{e4}",
        "1",
        "-2.5e3",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\u{c}",
        "\u{FEFF}",
        "\"\n\"",
        "[]",
        "{}",
        "[1,2]",
        "{\"a\":{\"b\":[]}}",
        "\0",
        "//",
    ];
    let mut random = Random::new(14);
    for _ in 0..120_000 {
        check(random.text(&pieces, 8).as_bytes());
    }
}

/// A value of up to so many layers, with spaces where they may be.
fn grown(random: &mut Random, layers: usize) -> String {
    let space = |random: &mut Random| random.text(&[" ", "\n", "\t"], 1);
    let entries = |random: &mut Random, name: &str| {
        let entries: Vec<String> = (0..random.below(4))
            .map(|_| {
                let name = name.replace('?', random.pick(&["a", "b", "", "\\n", "\u{e4}"]));
                [space(random), name, grown(random, layers - 1), space(random)].concat()
            })
            .collect();
        entries.join(",")
    };
    match random.below(if layers == 0 { 3 } else { 6 }) {
        0 => random.pick(&["null", "true", "false", "\"\"", "\"a\\u00e4\\\"\""]).to_owned(),
        1 => random.pick(&["0", "-1", "1.5", "-0.0", "1e-7", "18446744073709551615"]).to_owned(),
        2 => ["\"", &random.text(&["a", "\u{1F600}", "\\n", "]", "}", ",", " "], 6), "\""].concat(),
        3 => ["[", &entries(random, ""), "]"].concat(),
        _ => ["{", &entries(random, "\"?\":"), "}"].concat(),
    }
}

#[test]
fn damaged_texts_are_refused_where_serde_json_refuses_them() {
    let mut random = Random::new(15);
    for _ in 0..8_000 {
        let text = grown(&mut random, 4);
        check(text.as_bytes());
        for _ in 0..3 {
            check(&random.mutated(text.as_bytes()));
        }
        let (cut, _) = text.as_bytes().split_at(random.below(text.len()));
        check(cut);
    }
}

#[test]
fn nests_are_read_as_deep_as_serde_json_reads_them() {
    for depth in [1, 126, 127, 128, 129, 100_000] {
        check([b"[".repeat(depth), b"]".repeat(depth)].concat().as_slice());
        check([b"{\"a\":".repeat(depth), b"1".to_vec(), b"}".repeat(depth)].concat().as_slice());
        check(&b"[{\"a\":".repeat(depth));
    }
}
