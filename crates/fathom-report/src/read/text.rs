//! A paragraph while it grows: its lines, and where each stands in the markdown.

use super::{
    definition,
    line::{LONGEST, Line},
    names::Scope,
};

/// Text with a map from its bytes to the bytes of the markdown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    text: String,
    /// Pairs of a byte of `text` and the byte of the markdown that stands there; between two pairs
    /// both count up together.
    map: Vec<(usize, usize)>,
}

impl Text {
    /// A text that stands in the markdown as it is.
    pub(crate) fn at(text: &str, start: usize) -> Self {
        Self { text: text.to_owned(), map: vec![(0, start)] }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn map(&self) -> &[(usize, usize)] {
        &self.map
    }

    /// The byte of the markdown where the text begins.
    pub(super) fn start(&self) -> usize {
        self.map.first().map_or(0, |(_, start)| *start)
    }

    /// Whether the text is as long as one paragraph may be.
    pub(super) const fn is_full(&self) -> bool {
        self.text.len() >= LONGEST
    }

    /// Appends a line.
    pub(super) fn push_line(&mut self, line: &Line<'_>) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.push_part(line.trimmed(), line.trimmed_start());
    }

    /// Appends the rest of a line that was too long.
    pub(super) fn push_rest(&mut self, line: &Line<'_>) {
        self.push_part(line.text, line.start);
    }

    /// Appends a part that stands at a byte of the markdown.
    pub(super) fn push_part(&mut self, part: &str, start: usize) {
        self.map.push((self.text.len(), start));
        self.text.push_str(part);
    }

    /// Removes and returns the last line.
    pub(super) fn pop_line(&mut self) -> Self {
        let start = self.text.rfind('\n').map_or(0, |at| at + 1);
        let mut last = Self { text: self.text.split_off(start), map: Vec::new() };
        let first = self.map.partition_point(|(at, _)| *at < start);
        last.map = self.map.split_off(first).into_iter().map(|(at, to)| (at - start, to)).collect();
        self.text.truncate(start.saturating_sub(1));
        last
    }

    /// The last line.
    pub(super) fn last_line(&self) -> &str {
        self.text.rsplit('\n').next().unwrap_or_default()
    }

    /// Takes link definitions off the front.
    pub(super) fn take_definitions(&mut self, scope: &mut Scope<'_>) {
        let mut taken = 0;
        for line in self.text.split_inclusive('\n') {
            let Some((label, definition)) = definition::read(line) else { break };
            scope.define(label, definition);
            taken += line.len();
        }
        if taken > 0 {
            self.text.drain(..taken);
            self.map.retain_mut(|(at, _)| {
                let stays = *at >= taken;
                *at = at.saturating_sub(taken);
                stays
            });
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}
