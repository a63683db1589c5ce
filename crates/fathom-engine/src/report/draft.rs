//! A report before it is text: sections of lines and tables, each carrying its quotes.

use std::{collections::HashMap, ops::Range, sync::Arc};

use fathom_core::StoredDocument;

use super::verify::holds_in;
use crate::document::Quote;

/// Documents as the index holds them at the time of the check.
pub(crate) type Fresh = HashMap<String, Option<Arc<StoredDocument>>>;

/// A quote, what stands before it, and the other sources that say the same.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Where the quote comes from, in words of titles and headings.
    pub lead: Option<String>,
    pub quote: Quote,
    /// The bytes of the document that answer best, where the quote holds more.
    pub marked: Option<Range<usize>>,
    pub same: Vec<Quote>,
    /// A second quote that the first is set against.
    pub against: Option<Quote>,
}

impl Line {
    pub(crate) const fn new(lead: Option<String>, quote: Quote) -> Self {
        Self { lead, quote, marked: None, same: Vec::new(), against: None }
    }
}

/// A table with one row for each name.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub head: Vec<String>,
    pub rows: Vec<(String, Vec<Option<Line>>)>,
}

impl Table {
    /// The same table with rows and columns changed.
    pub(crate) fn turned(self) -> Self {
        let mut head = vec![String::new()];
        let mut columns = Vec::new();
        for (name, cells) in self.rows {
            head.push(name);
            columns.push(cells.into_iter());
        }
        let rows =
            self.head.into_iter().skip(1).map(|name| {
                (name, columns.iter_mut().map(|column| column.next().flatten()).collect())
            });
        Self { rows: rows.collect(), head }
    }
}

/// A part of a section.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    /// One quote a line.
    List(Vec<Line>),
    Table(Table),
    /// A subheading.
    Heading(String),
    /// What was searched for in vain: a topic, and the phrasings tried.
    Gap {
        topic: String,
        tried: Vec<String>,
    },
    /// One topic for several names: what it is, and each name with its quote.
    Facts {
        topic: String,
        items: Vec<(String, Line)>,
    },
    /// Words of our own.
    Own(String),
    /// That what follows may not answer, and which words of the question it does not hold.
    Related {
        missing: Vec<String>,
    },
    /// Which words of the question the library does not hold.
    Missing {
        words: Vec<String>,
    },
}

impl Block {
    fn lines(&self) -> Vec<&Line> {
        match self {
            Self::List(lines) => lines.iter().collect(),
            Self::Facts { items, .. } => items.iter().map(|(_, line)| line).collect(),
            Self::Table(table) => {
                table.rows.iter().flat_map(|(_, cells)| cells).flatten().collect()
            }
            Self::Heading(_)
            | Self::Gap { .. }
            | Self::Own(_)
            | Self::Related { .. }
            | Self::Missing { .. } => Vec::new(),
        }
    }
}

/// A section of the report.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub title: String,
    pub blocks: Vec<Block>,
}

impl Section {
    pub(crate) fn new(title: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { title: title.into(), blocks }
    }

    /// Every quote of the section.
    pub(crate) fn quotes(&self) -> impl Iterator<Item = &Quote> {
        self.blocks
            .iter()
            .flat_map(Block::lines)
            .flat_map(|line| std::iter::once(&line.quote).chain(&line.same).chain(&line.against))
    }

    /// Takes out every quote that does not hold, and what is left empty by that; returns checked and dropped.
    pub(crate) fn check(&mut self, fresh: &Fresh) -> (u32, u32) {
        let mut count = (0, 0);
        let mut keep = |line: &mut Line| keep(line, fresh, &mut count);
        for block in &mut self.blocks {
            match block {
                Block::List(lines) => lines.retain_mut(|line| keep(line)),
                Block::Table(table) => {
                    for cell in table.rows.iter_mut().flat_map(|(_, cells)| cells) {
                        if cell.as_mut().is_some_and(|line| !keep(line)) {
                            *cell = None;
                        }
                    }
                }
                Block::Facts { items, .. } => items.retain_mut(|(_, line)| keep(line)),
                Block::Heading(_)
                | Block::Gap { .. }
                | Block::Own(_)
                | Block::Related { .. }
                | Block::Missing { .. } => {}
            }
        }
        self.blocks.retain(|block| match block {
            Block::List(lines) => !lines.is_empty(),
            Block::Facts { items, .. } => !items.is_empty(),
            _ => true,
        });
        count
    }
}

fn keep(line: &mut Line, fresh: &Fresh, (checked, dropped): &mut (u32, u32)) -> bool {
    let mut holds = |quote: &Quote| {
        *checked += 1;
        let holds = holds_in(quote, fresh.get(&quote.document.document).and_then(Option::as_deref));
        *dropped += u32::from(!holds);
        holds
    };
    line.same.retain(&mut holds);
    line.against = line.against.take().filter(&mut holds);
    holds(&line.quote)
}

/// What was found for a report, before it is checked and written.
#[derive(Default)]
pub(crate) struct Findings {
    pub sections: Vec<Section>,
    /// What was searched for in vain: a topic, and the phrasings tried.
    pub gaps: Vec<(String, Vec<String>)>,
    /// The probability that the first quotes answer.
    pub confidence: f64,
    /// Words of the question that no passage holds that is shown.
    pub missing: Vec<String>,
    pub kept: usize,
    pub merged: usize,
}

/// The title of the section on sources that contradict each other.
pub(crate) const DISAGREE: &str = "Where sources disagree";
