//! The pages behind fields.

use serde_json::Value;

use crate::{
    json,
    pages::Pages,
    report::{Citation, Confidence},
};

/// Adds a page in any of Exa's forms: `url` and perhaps `title`, `publishedDate`, `author`, `snippet`,
/// `summary`, `highlights`. What is known of it already is kept. Returns its number.
pub(super) fn add(pages: &mut Pages, page: &Value) -> Option<u32> {
    let source = pages.add_named(json::text(page, "url")?, json::text(page, "title"))?;
    let highlight = json::list(page, "highlights").first().and_then(Value::as_str);
    keep(&mut source.date, json::text(page, "publishedDate"));
    keep(&mut source.author, json::text(page, "author"));
    keep(&mut source.snippet, json::text(page, "snippet").or(highlight));
    Some(source.id)
}

fn keep(known: &mut Option<String>, said: Option<&str>) {
    if known.is_none() {
        *known = said.map(str::to_owned);
    }
}

/// Adds pages, and returns their numbers, each once.
pub(super) fn add_all(pages: &mut Pages, list: &[Value]) -> Vec<u32> {
    let mut ids = Vec::new();
    for page in list {
        if let Some(id) = add(pages, page)
            && !ids.contains(&id)
        {
            ids.push(id);
        }
    }
    ids
}

/// What the path of a field begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    /// The output: a path is `text`, or begins with `structured`.
    Output,
    /// The value itself; in an answer of text any path means the text.
    Value,
}

/// The ties between fields and pages: `[{field, citations: [{url, title}], confidence}]`.
pub(super) fn citations(
    entries: &[Value],
    root: Root,
    structured: Option<&Value>,
    pages: &mut Pages,
) -> Vec<Citation> {
    let mut found = Vec::new();
    for entry in entries {
        let sources = add_all(pages, json::list(entry, "citations"));
        let field = json::text(entry, "field").and_then(|path| field(path, root, structured));
        cite(&mut found, field, sources, json::text(entry, "confidence").and_then(confidence));
    }
    found
}

/// The path below the structured value; none where the pages support the text as a whole.
fn field<'a>(path: &'a str, root: Root, structured: Option<&Value>) -> Option<&'a str> {
    let value = structured?;
    let prefixes: &[&str] = match root {
        Root::Output => &["structured"],
        Root::Value => &["output.content", "content", "structured"],
    };
    for prefix in prefixes {
        let Some(rest) = path.strip_prefix(prefix) else { continue };
        // A field of the value may have such a name itself.
        if root == Root::Value && value.get(prefix).is_some() {
            continue;
        }
        match rest.as_bytes().first() {
            None => return Some("$"),
            Some(b'.') => return rest.get(1..),
            Some(b'[') => return Some(rest),
            Some(_) => {}
        }
    }
    let is_text = root == Root::Output && (path == "text" || path.starts_with("text["));
    if is_text { None } else { Some(path) }
}

/// Adds a citation of a field; none is made of no pages.
pub(super) fn cite(
    found: &mut Vec<Citation>,
    field: Option<&str>,
    sources: Vec<u32>,
    confidence: Option<Confidence>,
) {
    if !sources.is_empty() {
        let field = field.map(str::to_owned);
        found.push(Citation { field, sources, confidence, ..Citation::default() });
    }
}

fn confidence(word: &str) -> Option<Confidence> {
    match word.to_ascii_lowercase().as_str() {
        "low" => Some(Confidence::Low),
        "medium" => Some(Confidence::Medium),
        "high" => Some(Confidence::High),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn paths_lead_into_the_value_whatever_stands_before_them() {
        let value = json!({"companies": [], "content": 1});
        let of = |path: &'static str, root| field(path, root, Some(&value));
        let some = Some;
        assert_eq!(
            of("structured.companies[0].sourceUrl", Root::Output),
            some("companies[0].sourceUrl")
        );
        assert_eq!(of("structured[0].a", Root::Output), some("[0].a"));
        assert_eq!(of("structured", Root::Output), some("$"));
        assert_eq!(of("text", Root::Output), None);
        assert_eq!(of("structuredData", Root::Output), some("structuredData"));
        assert_eq!(of("companies[0]", Root::Value), some("companies[0]"));
        assert_eq!(of("content", Root::Value), some("content"));
        assert_eq!(field("content.a", Root::Value, Some(&json!({"a": 1}))), some("a"));
        assert_eq!(field("content", Root::Value, None), None);
    }

    #[test]
    fn a_page_is_one_source_and_keeps_the_best_that_is_said_of_it() {
        let mut pages = Pages::default();
        assert_eq!(add(&mut pages, &json!({"url": "https://www.a.example/"})), Some(1));
        assert_eq!(
            add(&mut pages, &json!({"url": "https://b.example", "title": "B", "author": "N"})),
            Some(2)
        );
        assert_eq!(
            add(
                &mut pages,
                &json!({"url": "https://www.a.example/", "title": "A", "highlights": ["h"]})
            ),
            Some(1)
        );
        assert_eq!(add(&mut pages, &json!({"title": "nowhere"})), None);
        let list = pages.into_list();
        assert_eq!(list.iter().map(|source| source.title.as_str()).collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!(list[0].snippet.as_deref(), Some("h"));
    }

    #[test]
    fn entries_that_name_no_page_are_no_citations() {
        let mut pages = Pages::default();
        let entries = [
            json!({"field": "structured.a", "citations": [{"url": "u"}, {"url": "u"}, {"url": "v"}], "confidence": "HIGH"}),
            json!({"field": "structured.b", "citations": [], "confidence": null}),
            json!({"citations": "x"}),
            json!(null),
            json!([1]),
        ];
        let found = citations(&entries, Root::Output, Some(&json!({})), &mut pages);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].sources.as_slice(), found[0].confidence),
            (&[1, 2][..], Some(Confidence::High))
        );
    }
}
