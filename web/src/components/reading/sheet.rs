//! The drawn report: groups of live blocks, changed only where the reading changed.

use std::sync::Arc;

use fathom_report::{Block, Pieces};
use leptos::prelude::*;

use super::{
    blocks::{self, Live},
    groups::{Plan, Section},
    ink::Ink,
    notes,
};

/// A group on the page.
#[derive(Clone, Debug)]
pub(super) struct Group {
    key: (u64, Section),
    blocks: ArcRwSignal<Vec<Live>>,
    ink: ArcRwSignal<Ink>,
}

impl Group {
    fn new(key: (u64, Section), ink: Ink) -> Self {
        Self { key, blocks: ArcRwSignal::default(), ink: ArcRwSignal::new(ink) }
    }

    fn accept<'a>(&self, fresh: impl Iterator<Item = &'a Arc<Block>>) {
        let mut live = self.blocks.get_untracked();
        let (mut length, mut changed) = (0, false);
        for (at, block) in fresh.enumerate() {
            length = at + 1;
            if live.get(at).is_some_and(|known| known.accept(block)) {
                continue;
            }
            live.truncate(at);
            live.push(Live::new(Arc::clone(block)));
            changed = true;
        }
        if changed || live.len() > length {
            live.truncate(length);
            self.blocks.set(live);
        }
    }
}

/// All groups of a report.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    groups: ArcRwSignal<Vec<Group>>,
}

impl Sheet {
    /// Draws the groups from `first` on; earlier ones are as they were.
    pub(super) fn draw(&self, blocks: &Pieces<Block>, plans: &[Plan], first: usize, ink: &Ink) {
        let mut groups = self.groups.get_untracked();
        let mut changed = false;
        for (at, plan) in plans.iter().enumerate().skip(first) {
            if groups.get(at).is_none_or(|group| group.key != plan.key()) {
                groups.truncate(at);
                groups.push(Group::new(plan.key(), ink.clone()));
                changed = true;
            }
            if let Some(group) = groups.get(at) {
                group.accept(blocks.iter_from(plan.blocks.start).take(plan.blocks.len()));
            }
        }
        if changed {
            self.groups.set(groups);
        }
    }

    /// Takes away what stands behind the last of `count` groups.
    pub(super) fn cut(&self, count: usize) {
        if self.groups.with_untracked(|groups| groups.len() > count) {
            self.groups.update(|groups| groups.truncate(count));
        }
    }

    /// Draws one group again that was drawn with an older registry; false when there is none.
    pub(super) fn freshen(&self, ink: &Ink) -> bool {
        let old = |group: &&Group| group.ink.with_untracked(|now| now.epoch != ink.epoch);
        let stale = self.groups.with_untracked(|groups| groups.iter().find(old).cloned());
        stale.inspect(|group| group.ink.set(ink.clone())).is_some()
    }
}

/// The nodes of the sheet.
#[component]
pub(super) fn SheetView(sheet: Sheet) -> impl IntoView {
    let groups = sheet.groups;
    view! { <For each=move || groups.get() key=|group| group.key children=group_view /> }
}

fn group_view(group: Group) -> impl IntoView {
    let ink = group.ink.clone();
    let blocks = group.blocks.clone();
    let notes_key = (group.blocks.clone(), group.ink.clone());
    view! {
        <div class=group.key.1.class()>
            <div class="text">
                <For
                    each=move || blocks.get()
                    key=Live::identity
                    children=move |live| blocks::block(&live, &ink)
                />
            </div>
            <notes::Notes changed=move || { notes_key.0.track(); notes_key.1.track(); } />
        </div>
    }
}
