//! The pages behind fields, and the registry of sources made of them.

use serde_json::Value;

use crate::{
    index::Index,
    json,
    links::without_scheme,
    report::{Citation, Confidence},
    source::Source,
};

/// The most sources of one report; what a reply names beyond is not taken.
const SOURCES_MAX: usize = 10_000;

/// The sources of a report, each page once, numbered in the order in which they are named.
#[derive(Debug, Default)]
pub(super) struct Sources {
    list: Vec<Source>,
    by_url: Index,
}

impl Sources {
    /// Adds a page in any of Exa's forms: `url` and perhaps `title`, `publishedDate`, `author`,
    /// `snippet`, `summary`, `highlights`. What is known of it already is kept. Returns its number.
    pub(super) fn add(&mut self, page: &Value) -> Option<u32> {
        let url = json::text(page, "url")?;
        let id = self.by_url.get(url).or_else(|| self.insert(url))?;
        let source = self.list.get_mut(usize::try_from(id - 1).ok()?)?;
        if let Some(title) = json::text(page, "title")
            && source.title == without_scheme(url)
        {
            title.clone_into(&mut source.title);
        }
        let text = |name| json::text(page, name).map(str::to_owned);
        let highlight = || json::list(page, "highlights").first()?.as_str().map(str::to_owned);
        source.date = source.date.take().or_else(|| text("publishedDate"));
        source.author = source.author.take().or_else(|| text("author"));
        source.snippet = source.snippet.take().or_else(|| text("snippet")).or_else(highlight);
        Some(source.id)
    }

    /// Whether a page is among them.
    pub(super) fn has(&self, page: &Value) -> bool {
        json::text(page, "url").is_some_and(|url| self.by_url.get(url).is_some())
    }

    fn insert(&mut self, url: &str) -> Option<u32> {
        if self.list.len() >= SOURCES_MAX {
            return None;
        }
        let id = u32::try_from(self.list.len()).ok()? + 1;
        self.list.push(Source {
            id,
            title: without_scheme(url).to_owned(),
            url: Some(url.to_owned()),
            ..Source::default()
        });
        self.by_url.insert(url, id);
        Some(id)
    }

    pub(super) fn into_list(self) -> Vec<Source> {
        self.list
    }
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
    sources: &mut Sources,
) -> Vec<Citation> {
    let citation = |entry: &Value| {
        let mut ids: Vec<u32> = Vec::new();
        for page in json::list(entry, "citations") {
            ids.extend(sources.add(page).filter(|id| !ids.contains(id)));
        }
        let field = json::text(entry, "field").and_then(|path| field(path, root, structured));
        let confidence = json::text(entry, "confidence").and_then(confidence);
        (!ids.is_empty()).then(|| Citation {
            field,
            sources: ids,
            confidence,
            ..Citation::default()
        })
    };
    entries.iter().filter_map(citation).collect()
}

/// The path below the structured value; none where the pages support the text as a whole.
fn field(path: &str, root: Root, structured: Option<&Value>) -> Option<String> {
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
        match rest.strip_prefix('.') {
            Some(rest) => return Some(rest.to_owned()),
            None if rest.is_empty() => return Some("$".to_owned()),
            None if rest.starts_with('[') => return Some(rest.to_owned()),
            None => {}
        }
    }
    let is_text = root == Root::Output && (path == "text" || path.starts_with("text["));
    (!is_text).then(|| path.to_owned())
}

fn confidence(word: &str) -> Option<Confidence> {
    [("low", Confidence::Low), ("medium", Confidence::Medium), ("high", Confidence::High)]
        .into_iter()
        .find(|(known, _)| word.eq_ignore_ascii_case(known))
        .map(|(_, confidence)| confidence)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn paths_lead_into_the_value_whatever_stands_before_them() {
        let value = json!({"companies": [], "content": 1});
        let of = |path: &str, root| field(path, root, Some(&value));
        let some = |path: &str| Some(path.to_owned());
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
        let mut sources = Sources::default();
        assert_eq!(sources.add(&json!({"url": "https://www.a.example/"})), Some(1));
        assert_eq!(
            sources.add(&json!({"url": "https://b.example", "title": "B", "author": "N"})),
            Some(2)
        );
        assert_eq!(
            sources
                .add(&json!({"url": "https://www.a.example/", "title": "A", "highlights": ["h"]})),
            Some(1)
        );
        assert_eq!(sources.add(&json!({"title": "nowhere"})), None);
        let list = sources.into_list();
        assert_eq!(list.iter().map(|source| source.title.as_str()).collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!(list[0].snippet.as_deref(), Some("h"));
    }

    #[test]
    fn entries_that_name_no_page_are_no_citations() {
        let mut sources = Sources::default();
        let entries = [
            json!({"field": "structured.a", "citations": [{"url": "u"}, {"url": "u"}, {"url": "v"}], "confidence": "HIGH"}),
            json!({"field": "structured.b", "citations": [], "confidence": null}),
            json!({"citations": "x"}),
            json!(null),
            json!([1]),
        ];
        let found = citations(&entries, Root::Output, Some(&json!({})), &mut sources);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].sources.as_slice(), found[0].confidence),
            (&[1, 2][..], Some(Confidence::High))
        );
    }
}
