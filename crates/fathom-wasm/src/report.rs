//! Reading reports, for front ends that are not written in Rust.

use fathom_core::{
    Citation, Error, ErrorKind, Report, Source, Span, Task,
    json::{self, Fit, Object},
};
use fathom_report::{
    Block, Document, Field, Outline, Pieces, Registry, Resolved, Use,
    block::Changes,
    check,
    citation::Step,
    export::{self, Bundle},
};
use serde::{Serialize, Serializer};
use serde_json::Value;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::write::refusal;

/// Reads a report while it arrives, and says after each piece what changed.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Reader {
    document: Document,
    shown: Pieces<Block>,
    named: usize,
}

#[wasm_bindgen]
impl Reader {
    /// A reader without text.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next piece of the text: `{"changes", "definitions"?}`, as [`Changes`] has it; the
    /// definitions are all that there are, and come when there are more.
    pub fn push(&mut self, piece: &str) -> String {
        self.document.push(piece);
        self.changed()
    }

    /// Says that the text is complete; the answer is that of [`Self::push`].
    pub fn finish(&mut self) -> String {
        self.document.finish();
        self.changed()
    }

    fn changed(&mut self) -> String {
        let now = self.document.blocks();
        let mut said = Object::new();
        said.value("changes", &Changes::between(&self.shown, &now));
        let named = self.document.definitions().count();
        if named > self.named {
            said.value("definitions", &Definitions(&self.document));
        }
        (self.named, self.shown) = (named, now);
        said.end()
    }
}

/// Where links by name lead, by name.
struct Definitions<'a>(&'a Document);

impl Serialize for Definitions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.definitions())
    }
}

/// Reads a whole text: `{"blocks", "definitions", "outline"}`.
#[wasm_bindgen]
pub fn read(markdown: &str) -> String {
    whole(&Document::read(markdown))
}

fn whole(document: &Document) -> String {
    let outline = Outline::of(document.frozen());
    let outline = Object::new()
        .value("headings", outline.headings())
        .value("words", &outline.words())
        .value("minutes", &outline.minutes())
        .end();
    Object::new()
        .value("blocks", document.frozen())
        .value("definitions", &Definitions(document))
        .json("outline", &outline)
        .end()
}

/// Says what every marker and field of a report rests on:
/// `{"document", "sources", "uses", "unresolved", "fields"}`. Sources and `unresolved` name uses by
/// their place in the list.
#[wasm_bindgen]
pub fn resolve(report: &str) -> String {
    answer(parse(report).map(|report| resolved(&report)))
}

fn resolved(report: &Report) -> String {
    let document = Document::read(&report.markdown);
    let registry = Registry::new(report, &document);
    let structured = report.structured.as_ref().unwrap_or(&Value::Null);
    let sources = registry.sources().map(|source| listed(source, &registry));
    let uses = registry.uses().iter().map(|place| used(place, &registry));
    let fields = registry.fields().map(|field| tied(field, structured, &registry));
    Object::new()
        .json("document", &whole(&document))
        .json("sources", &list(sources))
        .json("uses", &list(uses))
        .value("unresolved", &places(&registry, &Resolved::Missing))
        .json("fields", &list(fields))
        .end()
}

/// The uses that come to this, by their place in the list of all.
fn places(registry: &Registry, wanted: &Resolved) -> Vec<usize> {
    let uses = registry.uses().iter().enumerate();
    uses.filter(|(_, place)| place.resolved.contains(wanted)).map(|(at, _)| at).collect()
}

fn listed(source: &Source, registry: &Registry) -> String {
    let uses = places(registry, &Resolved::Source(source.id));
    Object::new().value("source", source).value("uses", &uses).end()
}

/// A place with the report's own citation for it, which carries the evidence.
fn used(place: &Use, registry: &Registry) -> String {
    let mut said = Object::new();
    said.text("raw", &place.raw).value("span", &place.span).value("resolved", &place.resolved);
    if let Some(section) = &place.section {
        said.value("section", section);
    }
    if let Some(citation) = registry.citation_at(place.span.start) {
        said.value("citation", citation);
    }
    said.end()
}

/// A field of the structured value and the citations that carry it.
fn tied(field: &Field, structured: &Value, registry: &Registry) -> String {
    let path = field.steps().iter().map(|step| match step {
        Step::Key(key) => json::write(key),
        Step::Index(index) => json::write(index),
    });
    let citations: Vec<&Citation> = registry.for_field(field).collect();
    let mut said = Object::new();
    said.text("field", &field.to_string()).json("path", &list(path)).value("citations", &citations);
    if let Some(value) = field.find(structured) {
        said.value("value", value);
    }
    said.end()
}

fn list(entries: impl Iterator<Item = String>) -> String {
    ["[", &entries.collect::<Vec<_>>().join(","), "]"].concat()
}

/// Looks for a quote in a document's text, first at the bytes from `start` to `end`:
/// `{"status", "span"?}`.
#[wasm_bindgen]
pub fn check_quote(text: &str, quote: &str, start: Option<usize>, end: Option<usize>) -> String {
    let expected = start.zip(end).map(|(start, end)| Span { start, end });
    json::write(&check::find(text, quote, expected))
}

/// The report as a Markdown file: `{"text"}`.
#[wasm_bindgen]
pub fn markdown(title: &str, report: &str) -> String {
    let file = |report: Report| file(&export::markdown(title, &report));
    answer(parse(report).map(file))
}

/// A report with its task (`{"task", "report", "provider"?, "finished_at"?}`) as a JSON file:
/// `{"text"}`.
#[wasm_bindgen]
pub fn bundle(answered: &str) -> String {
    answer(parse::<Answered>(answered).map(|answered| {
        let mut bundle = Bundle::new(answered.task, answered.report);
        (bundle.provider, bundle.finished_at) = (answered.provider, answered.finished_at);
        // Without the line breaks of the app's file: a second writer of every type would weigh as much.
        file(&json::write(&bundle))
    }))
}

/// Reads such a file again: `{"bundle"}`.
#[wasm_bindgen]
pub fn read_bundle(file: &str) -> String {
    let bundle = Bundle::from_json(file).map_err(|problem| damaged(&problem));
    answer(bundle.map(|bundle| Object::new().value("bundle", &bundle).end()))
}

#[derive(Default)]
struct Answered {
    task: Task,
    provider: Option<String>,
    finished_at: Option<String>,
    report: Report,
}

json::fields!(Answered: needs task, report; may have provider, finished_at);

fn file(text: &str) -> String {
    Object::new().text("text", text).end()
}

fn damaged(problem: &export::BundleError) -> Error {
    Error::new(ErrorKind::Malformed, problem.to_string())
}

fn parse<T: Fit + Default>(text: &str) -> Result<T, Error> {
    json::read(text.as_bytes()).ok_or_else(|| {
        let message = "This is not a report as runs yield them.";
        Error::new(ErrorKind::InvalidTask, message).with_field("report")
    })
}

fn answer(result: Result<String, Error>) -> String {
    result.unwrap_or_else(|error| refusal(&error))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_reader_says_what_changed() {
        let mut reader = Reader::new();
        let first = said(&reader.push("# A\n\nb [1"));
        assert_eq!(first["changes"]["from"], 0);
        assert_eq!(first["changes"]["new"].as_array().unwrap().len(), 2);
        let second = said(&reader.push("].\n\n[docs]: https://d.example 'D'\n"));
        assert_eq!(second["changes"]["from"], 1);
        let marker = &second["changes"]["new"][0]["content"][1];
        assert_eq!(
            (&marker["kind"], &marker["marker"]["targets"]),
            (&json!("citation"), &json!([{ "kind": "number", "number": 1 }]))
        );
        let last = said(&reader.finish());
        assert_eq!(
            last["definitions"]["docs"],
            json!({ "href": "https://d.example", "title": "D" })
        );
        assert!(said(&reader.finish())["definitions"].is_null());
    }

    #[test]
    fn a_report_is_resolved() {
        let report = json!({
            "markdown": "## A\n\nb [1], c [7].",
            "structured": { "rows": [{ "name": "x" }] },
            "sources": [{ "id": 1, "title": "One" }],
            "citations": [{ "field": "rows[0].name", "sources": [1], "confidence": "high" }],
        });
        let said = said(&resolve(&report.to_string()));
        assert_eq!(said["sources"][0]["uses"], json!([0]));
        assert_eq!(said["uses"][0]["resolved"], json!([{ "kind": "source", "id": 1 }]));
        assert_eq!(said["uses"][0]["section"], json!({ "slug": "a", "title": "A" }));
        assert_eq!(
            (&said["unresolved"], &said["uses"][1]["resolved"]),
            (&json!([1]), &json!([{ "kind": "missing" }]))
        );
        let field = &said["fields"][0];
        assert_eq!((&field["path"], &field["value"]), (&json!(["rows", 0, "name"]), &json!("x")));
        assert_eq!(said["document"]["outline"]["headings"][0]["slug"], "a");
    }

    #[test]
    fn what_was_bundled_is_read_again() {
        let answered = json!({ "task": { "question": "Why?" }, "report": { "markdown": "b [1]" } });
        let file = said(&bundle(&answered.to_string()));
        let back = said(&read_bundle(file["text"].as_str().unwrap()));
        assert_eq!(back["bundle"]["report"]["markdown"], "b [1]");
        assert_eq!(said(&read_bundle("{}"))["error"]["kind"], "malformed");
        let page = said(&markdown("T", &answered["report"].to_string()));
        assert!(page["text"].as_str().unwrap().starts_with("# T\n\nb [no source]"));
        for wrong in ["", "[]", "{}", "null", "{\"markdown\":1}"] {
            for answer in [resolve(wrong), markdown("", wrong), bundle(wrong)] {
                assert_eq!(said(&answer)["error"]["kind"], "invalid-task", "{wrong}");
            }
        }
    }

    #[test]
    fn a_quote_is_looked_for() {
        assert_eq!(said(&check_quote("a b c", "b", Some(2), Some(3)))["status"], "found");
        assert_eq!(said(&check_quote("a b c", "d", None, None)), json!({ "status": "not-found" }));
    }
}
