//! From the best piece of a passage to a stretch that can be read.

use std::{ops::Range, rc::Rc};

use super::weights::LONGEST_QUOTE;
use crate::{
    document::{Kind, Segment},
    text::script::reading_length,
};

/// Pieces this far away, in bytes, may become part of a quote.
const REACH: usize = 2_000;

/// The bytes of `segment` and of its neighbours under the same heading, as many as make a quote. A row or a labelled
/// value stays alone.
pub(crate) fn stretch(segment: &Rc<Segment>) -> Range<usize> {
    if segment.kind == Kind::Row || !segment.label.is_empty() {
        return segment.range.clone();
    }
    let around = segment.range.start.saturating_sub(REACH)..segment.range.end.saturating_add(REACH);
    let pieces = Segment::ranges(&segment.page, around, &segment.path);
    let Some(at) = pieces.iter().position(|range| range.start == segment.range.start) else {
        return segment.range.clone();
    };
    let mut quote = segment.range.clone();
    let (mut before, mut after) = (at, at + 1);
    let (mut left, mut right) = (true, true);
    while left || right {
        right = right && pieces.get(after).is_some_and(|next| widen(segment, &mut quote, next));
        after += usize::from(right);
        let previous = before.checked_sub(1).and_then(|at| pieces.get(at));
        left = left && previous.is_some_and(|previous| widen(segment, &mut quote, previous));
        before -= usize::from(left);
    }
    quote
}

/// Adds a neighbour while the quote stays short enough.
fn widen(segment: &Segment, quote: &mut Range<usize>, neighbour: &Range<usize>) -> bool {
    let wide = quote.start.min(neighbour.start)..quote.end.max(neighbour.end);
    let fits = reading_length(segment.page.text(wide.clone())) <= LONGEST_QUOTE;
    if fits {
        *quote = wide;
    }
    fits
}
