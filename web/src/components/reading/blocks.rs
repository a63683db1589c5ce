//! Blocks as nodes. A block that may still change is redrawn in place, and of a list, a table or a
//! quotation only the pieces that were read anew.

use std::{
    mem::{Discriminant, discriminant},
    sync::Arc,
};

use fathom_report::{
    Block, BlockKind, Inline, Pieces,
    block::{CodeText, Item},
};
use leptos::prelude::*;

use super::{ink::Ink, inline::inlines, table};

/// A block with its latest reading.
#[derive(Clone, Debug)]
pub(super) struct Live {
    key: u64,
    now: ArcRwSignal<Arc<Block>>,
}

impl Live {
    /// A block as first read.
    pub(super) fn new(block: Arc<Block>) -> Self {
        Self { key: block.key, now: ArcRwSignal::new(block) }
    }

    /// Names the nodes of the block: other nodes are made for another block or another kind of it.
    pub(super) fn identity(&self) -> (u64, Discriminant<BlockKind>) {
        (self.key, self.now.with_untracked(|block| discriminant(&block.kind)))
    }

    /// Takes a newer reading; false when that is another kind of block, which needs other nodes.
    pub(super) fn accept(&self, block: &Arc<Block>) -> bool {
        let same = |now: &Arc<Block>| {
            now.key == block.key && discriminant(&now.kind) == discriminant(&block.kind)
        };
        if !self.now.with_untracked(same) {
            return false;
        }
        if !self.now.with_untracked(|now| Arc::ptr_eq(now, block)) {
            self.now.set(Arc::clone(block));
        }
        true
    }
}

/// Where the direction of a block comes from. A browser reads it off the first letter inside, but
/// passes over whatever has a `dir` of its own, so the blocks within a block have none: there the
/// bullets, numbers and bars stand on the side of the whole (the style lets each line read its way).
type Dir = Option<&'static str>;

const OWN: Dir = Some("auto");
const OF_THE_WHOLE: Dir = None;

/// The nodes of a block.
pub(super) fn block(live: &Live, ink: &ArcRwSignal<Ink>) -> AnyView {
    directed(live, ink, OWN)
}

fn directed(live: &Live, ink: &ArcRwSignal<Ink>, dir: Dir) -> AnyView {
    let (now, ink) = (live.now.clone(), ink.clone());
    match &live.now.get_untracked().kind {
        BlockKind::List { start, .. } => list(now, ink, *start, dir),
        BlockKind::Quote { .. } => view! {
            <blockquote dir=dir>{nested(move || blocks_of(&now.get()), ink)}</blockquote>
        }
        .into_any(),
        BlockKind::Note { label, .. } => note(label.clone(), now, ink),
        BlockKind::Code { .. } => code(now),
        BlockKind::Table { .. } => table::table(now, ink),
        _ => (move || now.with(|block| ink.with(|ink| plain(block, ink, dir)))).into_any(),
    }
}

/// Blocks that are always drawn whole.
fn plain(block: &Block, ink: &Ink, dir: Dir) -> AnyView {
    match &block.kind {
        BlockKind::Heading { level, slug, content } => heading(*level, slug, content, ink, dir),
        BlockKind::Paragraph { content } => {
            view! { <p dir=dir>{inlines(content, ink)}</p> }.into_any()
        }
        BlockKind::Math { tex } => {
            view! { <pre class="tex" tabindex="0">{tex.clone()}</pre> }.into_any()
        }
        BlockKind::Rule => view! { <hr /> }.into_any(),
        _ => ().into_any(),
    }
}

/// The id of a heading. The report chooses its words, so they may not meet the ids of the page.
pub(super) fn heading_id(slug: &str) -> String {
    format!("part-{slug}")
}

/// The question is the title of the page, so the headings of the report begin one level below.
fn heading(level: u8, slug: &str, content: &[Inline], ink: &Ink, dir: Dir) -> AnyView {
    let (id, words) = (heading_id(slug), inlines(content, ink));
    match level {
        0..=2 => view! { <h2 id=id tabindex="-1" dir=dir>{words}</h2> }.into_any(),
        3 => view! { <h3 id=id tabindex="-1" dir=dir>{words}</h3> }.into_any(),
        4 => view! { <h4 id=id tabindex="-1" dir=dir>{words}</h4> }.into_any(),
        _ => view! { <h5 id=id tabindex="-1" dir=dir>{words}</h5> }.into_any(),
    }
}

fn list(
    now: ArcRwSignal<Arc<Block>>,
    ink: ArcRwSignal<Ink>,
    start: Option<u64>,
    dir: Dir,
) -> AnyView {
    let items = move || match &now.get().kind {
        BlockKind::List { items, .. } => items.clone(),
        _ => Pieces::new(),
    };
    let epoch = ink.clone();
    let entries = move || keyed(&items(), epoch.with(|ink| ink.epoch));
    let children = move |(_, item): (Key, Arc<Item>)| list_item(&item, &ink);
    match start {
        Some(first) => view! {
            <ol start=first.to_string() dir=dir>
                <For each=entries key=|entry| entry.0 children=children />
            </ol>
        }
        .into_any(),
        None => view! {
            <ul dir=dir><For each=entries key=|entry| entry.0 children=children /></ul>
        }
        .into_any(),
    }
}

fn list_item(item: &Item, ink: &ArcRwSignal<Ink>) -> AnyView {
    let class = if item.loose { "loose" } else { "" };
    let tick = item.ticked.map(|ticked| {
        let words = if ticked { "Done: " } else { "Open: " };
        // These words are the app's and say nothing of the direction of the text.
        view! { <bdi class="tick">{words}</bdi> }
    });
    view! { <li class=class>{tick}{drawn(&item.blocks, ink)}</li> }.into_any()
}

fn note(label: String, now: ArcRwSignal<Arc<Block>>, ink: ArcRwSignal<Ink>) -> AnyView {
    let id = format!("note-{label}");
    view! {
        <div class="footnote" id=id tabindex="-1" dir="auto">
            <bdi class="footnote-label">{label}</bdi>
            {nested(move || blocks_of(&now.get()), ink)}
        </div>
    }
    .into_any()
}

fn code(now: ArcRwSignal<Arc<Block>>) -> AnyView {
    let lines = move || match &now.get().kind {
        BlockKind::Code { text, .. } => keyed(text, 0),
        _ => Vec::new(),
    };
    let children = |(_, line): (Key, Arc<CodeText>)| line.text.clone();
    view! {
        <pre tabindex="0" dir="ltr"><code>
            <For each=lines key=|entry| entry.0 children=children />
        </code></pre>
    }
    .into_any()
}

fn blocks_of(block: &Block) -> Pieces<Block> {
    match &block.kind {
        BlockKind::Quote { blocks } | BlockKind::Note { blocks, .. } => blocks.clone(),
        _ => Pieces::new(),
    }
}

/// Blocks within a block, redrawn one by one as they are read anew.
fn nested(
    blocks: impl Fn() -> Pieces<Block> + Send + Sync + 'static,
    ink: ArcRwSignal<Ink>,
) -> impl IntoView {
    let epoch = ink.clone();
    let entries = move || keyed(&blocks(), epoch.with(|ink| ink.epoch));
    let children =
        move |(_, inner): (Key, Arc<Block>)| directed(&Live::new(inner), &ink, OF_THE_WHOLE);
    view! { <For each=entries key=|entry| entry.0 children=children /> }
}

/// Blocks within a piece that is itself redrawn whole.
fn drawn(blocks: &Pieces<Block>, ink: &ArcRwSignal<Ink>) -> Vec<AnyView> {
    let drawn = |inner: &Arc<Block>| directed(&Live::new(Arc::clone(inner)), ink, OF_THE_WHOLE);
    blocks.iter().map(drawn).collect()
}

/// Which reading of which piece, drawn with which registry.
pub(super) type Key = (usize, u32);

/// Pieces with keys that change exactly when the piece must be drawn anew.
pub(super) fn keyed<T>(pieces: &Pieces<T>, epoch: u32) -> Vec<(Key, Arc<T>)> {
    pieces.iter().map(|piece| ((Arc::as_ptr(piece).addr(), epoch), Arc::clone(piece))).collect()
}
