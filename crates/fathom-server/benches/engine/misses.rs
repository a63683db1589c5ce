//! Every question with what was quoted, one JSON line each, for a developer to read.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use serde_json::{Value, json};

use crate::judge::Judged;
use crate::program::{Answer, Quote};

#[derive(Default)]
pub struct Misses(Option<BufWriter<File>>);

impl Misses {
    /// Into a new file, or nowhere.
    pub fn to(file: Option<&Path>) -> Self {
        let create = |file| BufWriter::new(File::create(file).expect("the file can be written"));
        Self(file.map(create))
    }

    pub fn write(&mut self, set: &str, question: &str, judged: &Judged, answer: &Answer) {
        let Some(file) = &mut self.0 else { return };
        let quote = |quote: &Quote| json!({ "document": quote.path(), "quote": quote.text });
        let quotes: Vec<Value> = answer.quotes.iter().take(3).map(quote).collect();
        let line = json!({
            "set": set,
            "question": question,
            "answerable": judged.answerable,
            "grade": format!("{:?}", answer.grade).to_lowercase(),
            "confidence": answer.confidence,
            "place": judged.place,
            "quotes": quotes,
        });
        writeln!(file, "{line}").expect("the file can be written");
    }
}
