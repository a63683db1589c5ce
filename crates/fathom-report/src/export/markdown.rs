//! A report as a Markdown file.

use fathom_core::{Report, Source};

use super::grade;
use crate::{
    block::Address,
    citation::{Registry, Resolved, Use},
    read::Document,
};

/// The report under its title and its grade, with a link at every marker and a numbered list of its sources.
///
/// Every marker becomes `[n]` whatever form it had, as a link to its source where that has an
/// address. A marker without a source says so.
pub fn markdown(title: &str, report: &Report) -> String {
    let document = Document::read(&report.markdown);
    let registry = Registry::new(report, &document);
    let mut out = String::new();
    if !title.trim().is_empty() {
        out.push_str(&format!("# {}\n\n", escaped(title)));
    }
    if let Some(line) = grade(report) {
        out.push_str(&format!("*{}.*\n\n", capital(&line)));
    }
    out.push_str(linked(&report.markdown, &registry).trim_end());
    out.push('\n');
    push_warnings(&mut out, report);
    push_sources(&mut out, &registry);
    out
}

/// A line with a capital at its beginning; our own begin with a plain letter.
fn capital(line: &str) -> String {
    let mut line = line.to_owned();
    if let Some(first) = line.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    line
}

/// The text with its markers rewritten.
fn linked(markdown: &str, registry: &Registry) -> String {
    let mut out = String::with_capacity(markdown.len() * 2);
    let mut from = 0;
    for place in registry.uses() {
        let (Some(before), Some(marker)) =
            (markdown.get(from..place.span.start), written(place, registry))
        else {
            continue;
        };
        out.push_str(before);
        out.push_str(&marker);
        from = place.span.end;
    }
    out.push_str(markdown.get(from..).unwrap_or_default());
    out
}

/// The marker as it is written; none when the text stays as it is.
fn written(place: &Use, registry: &Registry) -> Option<String> {
    place
        .resolved
        .iter()
        .map(|resolved| match resolved {
            Resolved::Source(id) => Some(number(*id, registry.source(*id))),
            Resolved::Missing | Resolved::Pending => Some("[no source]".to_owned()),
            Resolved::Page { url, title } if !place.raw.starts_with("http") => {
                let title =
                    if title.is_empty() { url.host().unwrap_or_default() } else { escaped(title) };
                Some(format!("([{title}]({}))", target(url)))
            }
            Resolved::Page { .. } | Resolved::Note(_) | Resolved::Literal => None,
        })
        .collect()
}

fn number(id: u32, source: Option<&Source>) -> String {
    match source.and_then(address) {
        Some(url) => format!("[[{id}]]({})", target(&url)),
        None => format!("[{id}]"),
    }
}

fn address(source: &Source) -> Option<Address> {
    source.url.as_deref().and_then(Address::parse)
}

/// An address that can stand between round brackets and in a cell of a table.
fn target(url: &Address) -> String {
    url.as_str().replace('(', "%28").replace(')', "%29").replace('|', "%7C")
}

fn push_warnings(out: &mut String, report: &Report) {
    if report.partial {
        out.push_str("\n> This report is partial: the run ended before it was complete.\n");
    }
    if !report.warnings.is_empty() {
        out.push_str("\n## Notes\n\n");
    }
    for warning in &report.warnings {
        out.push_str(&format!("- {}\n", escaped(&warning.message)));
    }
}

fn push_sources(out: &mut String, registry: &Registry) {
    let mut sources = registry.sources().peekable();
    if sources.peek().is_some() {
        out.push_str("\n## Sources\n\n");
    }
    for source in sources {
        let title =
            escaped(if source.title.trim().is_empty() { "Untitled" } else { &source.title });
        let title = address(source)
            .map_or_else(|| title.clone(), |url| format!("[{title}]({})", target(&url)));
        out.push_str(&format!("{}. {title}", source.id));
        let facts = [&source.author, &source.date, &source.document].into_iter().flatten();
        facts.for_each(|fact| out.push_str(&format!(", {}", escaped(fact))));
        out.push('\n');
    }
}

/// Words in which nothing is taken for a mark.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            if matches!(
                c,
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '$' | '~' | '&' | '【'
            ) {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}
