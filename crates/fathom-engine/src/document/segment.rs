use std::{collections::HashSet, ops::Range, rc::Rc};

use fathom_core::{Block, BlockKind};

use super::{HeadingPath, OpenDocument, fact::split_label};
use crate::text::{sentence, simhash::simhash};

/// A value longer than this is quoted in parts.
const LONGEST_VALUE: usize = 420;

/// What kind of text a [`Segment`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A sentence of running text.
    Sentence,
    /// A labelled value, or a piece that is no sentence.
    Value,
    /// A row of a table.
    Row,
}

/// A piece of a document that can be quoted by itself.
pub(crate) struct Segment {
    pub page: Rc<OpenDocument>,
    pub path: Rc<HeadingPath>,
    pub range: Range<usize>,
    pub kind: Kind,
    /// The piece's own terms.
    pub terms: HashSet<String>,
    /// The same in the order of the text, repeated as there.
    pub sequence: Vec<String>,
    /// The terms of its label, where it is `label: value`.
    pub label: Vec<String>,
    pub words: usize,
    pub print: u64,
}

impl Segment {
    /// The pieces of the passage at `range`, in order.
    pub(crate) fn all(page: &Rc<OpenDocument>, range: Range<usize>) -> Vec<Self> {
        let from = page.blocks.partition_point(|(block, _)| block.end <= range.start);
        let inside = page.blocks.iter().skip(from);
        let mut segments = Vec::new();
        for (block, path) in inside.take_while(|(block, _)| block.start < range.end) {
            let within = block.start.max(range.start)..block.end.min(range.end);
            for (range, kind) in cut(page, *block, within) {
                segments.push(segment(page, path, range, kind));
            }
        }
        segments
    }

    /// Where the pieces of the blocks around `range` begin and end that stand right under `path`, without rows.
    pub(crate) fn ranges(
        page: &OpenDocument,
        range: Range<usize>,
        path: &Rc<HeadingPath>,
    ) -> Vec<Range<usize>> {
        let from = page.blocks.partition_point(|(block, _)| block.end <= range.start);
        let near = page.blocks.iter().skip(from).take_while(|(block, _)| block.start < range.end);
        let under =
            near.filter(|(block, own)| Rc::ptr_eq(own, path) && block.kind != BlockKind::Row);
        under
            .flat_map(|(block, _)| cut(page, *block, block.start..block.end))
            .map(|(range, _)| range)
            .collect()
    }

    pub(crate) fn text(&self) -> &str {
        self.page.text(self.range.clone())
    }
}

fn cut(page: &OpenDocument, block: Block, within: Range<usize>) -> Vec<(Range<usize>, Kind)> {
    let text = page.text(within.clone());
    let shift = |range: Range<usize>| within.start + range.start..within.start + range.end;
    match block.kind {
        BlockKind::Row => vec![(within, Kind::Row)],
        BlockKind::Code => lines(text).map(|range| (shift(range), Kind::Value)).collect(),
        _ => {
            let labelled = split_label(text).is_some();
            let sentences = sentence::sentences(text);
            sentences
                .into_iter()
                .flat_map(|range| {
                    let is_sentence = !labelled
                        && looks_like_sentence(text.get(range.clone()).unwrap_or_default());
                    let kind = if is_sentence { Kind::Sentence } else { Kind::Value };
                    parts(text, range, kind).into_iter().map(move |range| (range, kind))
                })
                .map(|(range, kind)| (shift(range), kind))
                .collect()
        }
    }
}

fn looks_like_sentence(text: &str) -> bool {
    let ends = text.trim_end_matches(['"', '\'', ')', '\u{201d}', '\u{2019}', ']', '»']);
    ends.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟', ';', ':'])
        || text.len() > LONGEST_VALUE
}

/// Cuts a long value after semicolons.
fn parts(text: &str, range: Range<usize>, kind: Kind) -> Vec<Range<usize>> {
    if kind == Kind::Sentence || range.len() <= LONGEST_VALUE {
        return vec![range];
    }
    let mut parts = Vec::new();
    let mut start = range.start;
    let piece = text.get(range.clone()).unwrap_or_default();
    for (at, _) in piece.match_indices("; ") {
        let end = range.start + at;
        if end - start >= LONGEST_VALUE / 2 {
            parts.push(sentence::trim(text, start..end));
            start = end + 1;
        }
    }
    parts.push(sentence::trim(text, start..range.end));
    parts.retain(|part| !part.is_empty());
    parts
}

fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let range = sentence::trim(text, start..start + line.len());
        start += line.len();
        (!range.is_empty() && range.len() <= LONGEST_VALUE).then_some(range)
    })
}

fn segment(
    page: &Rc<OpenDocument>,
    path: &Rc<HeadingPath>,
    range: Range<usize>,
    kind: Kind,
) -> Segment {
    let text = page.text(range.clone());
    let mut terms = HashSet::new();
    let mut sequence = Vec::new();
    page.analyzer.each(text, |term, _| {
        sequence.push(term.to_owned());
        if !terms.contains(term) {
            terms.insert(term.to_owned());
        }
    });
    let label = split_label(text).and_then(|(label, _)| text.get(label));
    let label = label.map(|label| page.analyzer.terms(label)).unwrap_or_default();
    Segment {
        page: Rc::clone(page),
        path: Rc::clone(path),
        print: simhash(text),
        kind,
        terms,
        words: sequence.len(),
        sequence,
        label,
        range,
    }
}
