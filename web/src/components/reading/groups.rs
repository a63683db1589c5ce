//! Cuts a report into groups of about a screen each, which the browser lays out only when they
//! come near. Pure; what was decided for a block does not depend on what follows it.

use std::{ops::Range, sync::Arc};

use fathom_report::{Block, BlockKind, Inline, Pieces, words};

/// A heading begins a group when the one before holds at least this many bytes.
const ENOUGH: u64 = 2_000;

/// Any block begins a group when the one before holds this many bytes.
const PLENTY: u64 = 4_000;

/// What the blocks of a group are about, where that shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Section {
    /// Anything.
    #[default]
    Plain,
    /// The answer in short.
    Lead,
    /// Passages that come near and may not answer.
    Closest,
    /// What the sources say differently.
    Disagreement,
    /// What was looked for in vain.
    Gap,
}

impl Section {
    /// The class of the group.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Plain => "group",
            Self::Lead => "group lead",
            Self::Closest => "group aside closest",
            Self::Disagreement => "group aside",
            Self::Gap => "group aside hole",
        }
    }

    fn of_heading(content: &[Inline]) -> Self {
        match words::plain(content).trim().to_lowercase().as_str() {
            "in short" => Self::Lead,
            "closest passages" => Self::Closest,
            "where sources disagree" => Self::Disagreement,
            "what was not found" => Self::Gap,
            _ => Self::Plain,
        }
    }
}

/// A group: which blocks, of what section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// The blocks by their index.
    pub(super) blocks: Range<usize>,
    /// What they are about.
    pub(super) section: Section,
    key: u64,
    /// The section at the end of the group; the lead shares its group with what follows.
    ends_in: Section,
    ends_in_heading: bool,
}

impl Plan {
    /// Names the group for as long as it is the same group.
    pub(super) fn key(&self) -> (u64, Section) {
        (self.key, self.section)
    }
}

/// The cut, kept up to date while blocks arrive.
#[derive(Clone, Debug, Default)]
pub(super) struct Grouping {
    plans: Vec<Plan>,
}

impl Grouping {
    /// The groups so far.
    pub(super) fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// Takes in the blocks before `end`, of which those from `changed` on are new; gives the first
    /// group to redraw.
    pub(super) fn update(&mut self, blocks: &Pieces<Block>, changed: usize, end: usize) -> usize {
        while self.plans.last().is_some_and(|plan| plan.blocks.start >= changed) {
            self.plans.pop();
        }
        let kept = self.plans.pop();
        let first = self.plans.len();
        let start = kept.map_or(0, |plan| plan.blocks.start);
        for (at, block) in blocks.iter_from(start).enumerate().take(end.saturating_sub(start)) {
            self.take(start + at, block);
        }
        first
    }

    fn take(&mut self, at: usize, block: &Arc<Block>) {
        let heading = heading_of(block);
        let section = match (heading, self.plans.last()) {
            (Some((..=2, content)), _) => Section::of_heading(content),
            (_, Some(plan)) => plan.ends_in,
            (_, None) => Section::Plain,
        };
        match self.plans.last_mut().filter(|plan| belongs(plan, block, section)) {
            Some(plan) => {
                plan.blocks.end = at + 1;
                plan.ends_in = section;
                plan.ends_in_heading = heading.is_some();
            }
            None => self.plans.push(Plan {
                blocks: at..at + 1,
                section,
                key: block.key,
                ends_in: section,
                ends_in_heading: heading.is_some(),
            }),
        }
    }
}

/// Whether a block goes into the group before it.
fn belongs(plan: &Plan, block: &Block, section: Section) -> bool {
    let length = block.key.saturating_sub(plan.key);
    let full = match heading_of(block) {
        Some(_) => length >= ENOUGH,
        None => length >= PLENTY,
    };
    let same =
        plan.ends_in == section || (plan.ends_in, section) == (Section::Lead, Section::Plain);
    same && (!full || plan.ends_in_heading)
}

fn heading_of(block: &Block) -> Option<(u8, &[Inline])> {
    match &block.kind {
        BlockKind::Heading { level, content, .. } => Some((*level, content)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(key: u64, text: &str) -> Block {
        let content = vec![Inline::text(text)];
        Block { key, kind: BlockKind::Heading { level: 2, slug: text.to_lowercase(), content } }
    }

    fn paragraph(key: u64) -> Block {
        Block { key, kind: BlockKind::Paragraph { content: vec![Inline::text("text")] } }
    }

    fn report() -> Pieces<Block> {
        let mut blocks = vec![heading(0, "In short"), paragraph(20)];
        let body = (1..40)
            .map(|at| if at % 5 == 0 { heading(at * 500, "Part") } else { paragraph(at * 500) });
        blocks.extend(body);
        blocks.extend([heading(30_000, "What was not found"), paragraph(30_100)]);
        blocks.into_iter().collect()
    }

    #[test]
    fn no_group_ends_in_a_heading_and_special_sections_stand_alone() {
        let mut grouping = Grouping::default();
        grouping.update(&report(), 0, usize::MAX);
        let plans = grouping.plans();
        assert!(plans.iter().all(|plan| !plan.ends_in_heading));
        assert_eq!(plans.first().map(|plan| plan.section), Some(Section::Lead));
        assert_eq!(
            plans.last().map(|plan| (plan.section, plan.blocks.len())),
            Some((Section::Gap, 2))
        );
    }

    #[test]
    fn passages_that_may_not_answer_never_stand_with_others() {
        let blocks: Pieces<Block> = [
            heading(0, "Closest passages"),
            paragraph(30),
            heading(90, "More from the library"),
            paragraph(120),
        ]
        .into_iter()
        .collect();
        let mut grouping = Grouping::default();
        grouping.update(&blocks, 0, usize::MAX);
        let sections: Vec<_> =
            grouping.plans().iter().map(|plan| (plan.section, plan.blocks.clone())).collect();
        assert_eq!(sections, [(Section::Closest, 0..2), (Section::Plain, 2..4)]);
        assert_eq!(Section::Closest.class(), "group aside closest");
    }

    #[test]
    fn growing_block_by_block_gives_the_groups_of_the_whole() {
        let blocks = report();
        let mut whole = Grouping::default();
        whole.update(&blocks, 0, usize::MAX);
        let mut grown = Grouping::default();
        for end in 1..=blocks.len() {
            let mut part = Pieces::new();
            blocks.iter().take(end).for_each(|block| part.push(Arc::clone(block)));
            // The last block is read anew each time, as the tail of a growing text is.
            grown.update(&part, end.saturating_sub(2), end);
        }
        assert_eq!(grown.plans(), whole.plans());
    }
}
