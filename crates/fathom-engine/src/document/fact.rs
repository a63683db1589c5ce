use std::{collections::HashSet, ops::Range, rc::Rc};

use fathom_core::{Block, BlockKind};

use super::{HeadingPath, OpenDocument};
use crate::text::sentence::trim;

/// A label has at most this many words.
const LABEL_WORDS: usize = 9;
/// And a value read off a plain block at most this many bytes.
const VALUE_BYTES: usize = 240;

/// A value with the words that say what it is.
#[derive(Debug)]
pub(crate) struct Fact {
    /// The nearest label: the words before a colon, a column's header, or the heading.
    pub label: String,
    pub label_terms: Vec<String>,
    /// The heading above, where the label is not that heading itself.
    pub heading_terms: Vec<String>,
    pub heading: Option<String>,
    pub path: Rc<HeadingPath>,
    /// The first cell of a table row: what the row is about.
    pub row: Option<String>,
    /// The value alone.
    pub value: Range<usize>,
    /// Where among the facts of its document it stands.
    pub order: usize,
}

impl Fact {
    /// Whether the label or a heading holds `term`.
    pub(crate) fn holds(&self, term: &str) -> bool {
        self.label_terms.iter().chain(&self.heading_terms).any(|own| own == term)
    }
}

/// Splits `label: value`, if the text is that.
pub(crate) fn split_label(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let at = text.find(": ")?;
    let label = text.get(..at)?;
    let plain = !label.contains(['.', '!', '?', ';', '"'])
        || label.contains("U.S.")
        || label.contains("St. ");
    let words = label.split_whitespace().count();
    if !plain || words == 0 || words > LABEL_WORDS {
        return None;
    }
    let value = trim(text, at + 1..text.len());
    (!value.is_empty()).then(|| (trim(text, 0..at), value))
}

pub(super) fn facts(page: &OpenDocument) -> Vec<Fact> {
    let mut found = Vec::new();
    for (block, path) in &page.blocks {
        match block.kind {
            BlockKind::Row => cells(page, *block, path, &mut found),
            BlockKind::Paragraph | BlockKind::Item => labelled(page, *block, path, &mut found),
            _ => {}
        }
    }
    for (order, fact) in found.iter_mut().enumerate() {
        fact.order = order;
    }
    found
}

fn labelled(page: &OpenDocument, block: Block, path: &Rc<HeadingPath>, found: &mut Vec<Fact>) {
    let text = page.text(block.start..block.end);
    let heading = path.headings.last();
    let Some((label, value)) = split_label(text) else {
        if let Some(heading) = heading.filter(|_| text.len() <= VALUE_BYTES && !text.ends_with('.'))
        {
            found.push(fact(page, heading, None, path, block.start..block.end));
        }
        return;
    };
    let label = text.get(label).unwrap_or_default();
    let above = heading.filter(|heading| !heading.eq_ignore_ascii_case(label));
    let value = block.start + value.start..block.start + value.end;
    found.push(fact(page, label, above, path, value.clone()));
    nested(page, label, above, path, value, found);
}

/// The parts of a value that carry labels of their own: `urban: 98%; rural: 95%`.
fn nested(
    page: &OpenDocument,
    label: &str,
    above: Option<&String>,
    path: &Rc<HeadingPath>,
    value: Range<usize>,
    found: &mut Vec<Fact>,
) {
    let text = page.text(value.clone());
    if !text.contains(": ") {
        return;
    }
    let mut start = 0;
    for part in text.split_inclusive("; ") {
        let range = trim(text, start..start + part.trim_end_matches("; ").len());
        start += part.len();
        let piece = text.get(range.clone()).unwrap_or_default();
        let Some((inner, inner_value)) = split_label(piece).filter(|(inner, _)| inner.len() <= 40)
        else {
            continue;
        };
        let at = value.start + range.start;
        let name = format!("{label} {}", piece.get(inner).unwrap_or_default());
        found.push(fact(page, &name, above, path, at + inner_value.start..at + inner_value.end));
    }
}

/// Every cell of a row under its header; the first cell names the row.
fn cells(page: &OpenDocument, block: Block, path: &Rc<HeadingPath>, found: &mut Vec<Fact>) {
    let Some(header) = path.header else { return };
    let labels: Vec<&str> =
        page.text(header.start..header.end).split(" | ").map(str::trim).collect();
    let text = page.text(block.start..block.end);
    let name = text.split(" | ").next().map(str::trim).unwrap_or_default();
    let mut start = 0;
    for (column, cell) in text.split(" | ").enumerate() {
        let range = trim(text, start..start + cell.len());
        start += cell.len() + " | ".len();
        let Some(label) = labels.get(column).filter(|label| column > 0 && !label.is_empty()) else {
            continue;
        };
        if range.is_empty() {
            continue;
        }
        let value = block.start + range.start..block.start + range.end;
        found.push(Fact {
            row: Some(name.to_owned()),
            ..fact(page, label, path.headings.last(), path, value)
        });
    }
}

fn fact(
    page: &OpenDocument,
    label: &str,
    heading: Option<&String>,
    path: &Rc<HeadingPath>,
    value: Range<usize>,
) -> Fact {
    let heading_terms = heading.map(|heading| page.analyzer.terms(heading)).unwrap_or_default();
    Fact {
        label: label.to_owned(),
        label_terms: unique(page.analyzer.terms(label)),
        heading_terms: unique(heading_terms),
        heading: heading.cloned(),
        path: Rc::clone(path),
        row: None,
        value,
        order: 0,
    }
}

fn unique(terms: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    terms.into_iter().filter(|term| seen.insert(term.clone())).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{super::OpenDocument, split_label};
    use crate::testing::document;

    fn facts(lines: &str) -> Vec<String> {
        let page = OpenDocument::new(Arc::new(document("no.md", "Norway", lines)));
        page.facts()
            .iter()
            .map(|fact| {
                let heading = fact.heading.as_deref().unwrap_or("-");
                let row = fact.row.as_deref().unwrap_or("-");
                format!("{row}/{heading}/{}={}", fact.label, page.text(fact.value.clone()))
            })
            .collect()
    }

    #[test]
    fn reads_labels_items_and_headings() {
        assert_eq!(
            facts(
                "## Population\nPopulation: 5 million\n## Area\n- total: 300 sq km\n## Capital\nOslo"
            ),
            ["-/-/Population=5 million", "-/Area/total=300 sq km", "-/-/Capital=Oslo"]
        );
    }

    #[test]
    fn reads_table_cells_and_labels_inside_values() {
        assert_eq!(facts("| Country | Area |\n| Norway | 5 |"), ["Norway/-/Area=5"]);
        assert_eq!(
            facts("## Water\n- improved: urban: 98%; rural: 95%"),
            [
                "-/Water/improved=urban: 98%; rural: 95%",
                "-/Water/improved urban=98%",
                "-/Water/improved rural=95%"
            ]
        );
    }

    #[test]
    fn a_sentence_with_a_colon_is_not_a_label() {
        assert!(split_label("He said it plainly. The reason: nobody asked.").is_none());
        assert!(
            split_label("At this time last year there was one thing that counted: growth")
                .is_none()
        );
    }
}
