use std::{collections::HashMap, ops::Range};

use fathom_core::{Citation, Source, Span};

use super::escape;
use crate::document::{Quote, source};

/// A report being written: text, sources in order of first use, and one citation for each marker.
#[derive(Debug, Default)]
pub(crate) struct Markdown {
    pub text: String,
    pub sources: Vec<Source>,
    pub citations: Vec<Citation>,
    numbers: HashMap<String, u32>,
}

impl Markdown {
    /// Adds words of our own.
    pub(crate) fn own(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// Adds words from a title, a heading or a question.
    pub(crate) fn name(&mut self, words: &str) {
        self.text.push_str(&escape::inline(words));
    }

    /// Starts a section.
    pub(crate) fn section(&mut self, title: &str) {
        if !self.text.is_empty() {
            self.end_block();
        }
        self.own("## ");
        self.name(title);
        self.own("\n\n");
    }

    /// Ends a paragraph, list or table.
    pub(crate) fn end_block(&mut self) {
        let kept = self.text.trim_end().len();
        self.text.truncate(kept);
        self.own("\n\n");
    }

    /// Adds a quote with the part of it that is marked in bold, its marker, and a marker for each source that says the
    /// same.
    pub(crate) fn quote(&mut self, quote: &Quote, marked: Option<&Range<usize>>, same: &[Quote]) {
        match marked.and_then(|marked| quote.around(marked)) {
            Some([before, marked, after]) => {
                for (text, sign) in [(before, " **"), (marked, "** "), (after, "")] {
                    self.name(text);
                    self.own(if text.is_empty() { sign.trim() } else { sign });
                }
            }
            None => self.name(quote.text()),
        }
        let kept = self.text.trim_end().len();
        self.text.truncate(kept);
        self.own(" ");
        self.mark(quote);
        for other in same {
            self.mark(other);
        }
    }

    /// Adds the marker of a quote.
    pub(crate) fn mark(&mut self, quote: &Quote) {
        let number = self.number(quote);
        let marker = format!("[{number}]");
        let start = self.text.len();
        self.own(&marker);
        self.citations.push(Citation {
            span: Some(Span { start, end: self.text.len() }),
            marker: Some(marker),
            sources: vec![number],
            evidence: vec![quote.evidence()],
            ..Citation::default()
        });
    }

    /// The number of the source of a quote, a new one at first use.
    pub(crate) fn number(&mut self, quote: &Quote) -> u32 {
        let document = &quote.document;
        if let Some(number) = self.numbers.get(&document.document) {
            return *number;
        }
        let number = u32::try_from(self.sources.len() + 1).unwrap_or(u32::MAX);
        self.numbers.insert(document.document.clone(), number);
        self.sources.push(source(document, number, quote.text()));
        number
    }
}
