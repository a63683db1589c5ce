use std::{collections::HashSet, ops::Range, rc::Rc};

use fathom_core::{Block, BlockKind};

use super::{Page, Trail, fact::split_label};
use crate::text::{sentence, simhash::simhash};

/// A value longer than this is quoted in parts.
const LONGEST_VALUE: usize = 420;

/// What kind of text a [`Unit`] is.
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
pub(crate) struct Unit {
    pub page: Rc<Page>,
    pub trail: Rc<Trail>,
    pub range: Range<usize>,
    pub kind: Kind,
    /// The piece's own terms.
    pub terms: HashSet<String>,
    pub words: usize,
    pub print: u64,
    /// Whether the text begins by pointing back at what stood before.
    pub dangling: bool,
}

impl Unit {
    pub(crate) fn text(&self) -> &str {
        self.page.text(self.range.clone())
    }

    /// Whether the text, its headings or the document's title hold `term`.
    pub(crate) fn covers(&self, term: &str) -> bool {
        self.terms.contains(term)
            || self.trail.terms.contains(term)
            || self.page.title_terms.iter().any(|own| own == term)
    }
}

/// The pieces of the passage at `range`, in order.
pub(super) fn units(page: &Rc<Page>, range: Range<usize>) -> Vec<Unit> {
    let from = page.blocks.partition_point(|(block, _)| block.end <= range.start);
    let mut units = Vec::new();
    for (block, trail) in
        page.blocks.iter().skip(from).take_while(|(block, _)| block.start < range.end)
    {
        let within = block.start.max(range.start)..block.end.min(range.end);
        for (range, kind) in cut(page, *block, within) {
            units.push(unit(page, trail, range, kind));
        }
    }
    units
}

fn cut(page: &Page, block: Block, within: Range<usize>) -> Vec<(Range<usize>, Kind)> {
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

fn unit(page: &Rc<Page>, trail: &Rc<Trail>, range: Range<usize>, kind: Kind) -> Unit {
    let text = page.text(range.clone());
    let mut terms = HashSet::new();
    let mut words = 0;
    page.analyzer.each(text, |term, _| {
        words += 1;
        if !terms.contains(term) {
            terms.insert(term.to_owned());
        }
    });
    let dangling = kind == Kind::Sentence && is_dangling(text);
    Unit {
        page: Rc::clone(page),
        trail: Rc::clone(trail),
        print: simhash(text),
        kind,
        terms,
        words,
        dangling,
        range,
    }
}

/// Openers that make no sense without the sentence before.
const DANGLING: &str = "this these that those it its they their them he she his her but and or so however moreover furthermore therefore thus \
hence also such then yet nor otherwise meanwhile instead likewise consequently accordingly dies diese dieser dieses er sie es aber doch \
jedoch daher";

fn is_dangling(text: &str) -> bool {
    let first = text
        .split(|c: char| !c.is_alphanumeric())
        .find(|word| !word.is_empty())
        .unwrap_or_default()
        .to_lowercase();
    DANGLING.split_ascii_whitespace().any(|opener| opener == first)
}
