//! A stored document as nodes, with one passage of it marked.

use std::{ops::Range, sync::Arc};

use fathom_core::StoredDocument;
use leptos::{prelude::*, task};

use super::{
    frame, go,
    stored::{self, Part},
};

/// The id of the first mark.
const PASSAGE: &str = "passage";

/// How many groups are drawn in one frame, after those that are seen first.
const SLICE: usize = 12;

/// A stored document; the passage is marked and brought into the middle of the screen.
#[component]
pub fn StoredText(
    /// The document.
    document: Arc<StoredDocument>,
    /// The passage, in bytes of its text.
    #[prop(into)]
    passage: Signal<Option<Range<usize>>>,
    /// Changes when the reader asks for a passage, be it the same one again.
    #[prop(into)]
    visit: Signal<String>,
) -> impl IntoView {
    let groups: Arc<[Vec<Part>]> = stored::groups(&document).into();
    let start = passage.get_untracked().map_or(0, |passage| passage.start);
    let count = groups.len();
    let shown = RwSignal::new((stored::group_of(&groups, start) + 3).min(count));
    draw_rest(shown, count);
    let find = Arc::clone(&groups);
    Effect::new(move |_| {
        visit.track();
        if let Some(passage) = passage.get() {
            shown.update(|shown| *shown = (*shown).max(stored::group_of(&find, passage.start) + 1));
            request_animation_frame(|| _ = go::to(PASSAGE));
        }
    });
    let group = move |at: usize| {
        let (groups, document) = (Arc::clone(&groups), Arc::clone(&document));
        // Only the groups that a passage touches are drawn again when the passage changes.
        let touched = Memo::new({
            let groups = Arc::clone(&groups);
            move |_| {
                passage.get().filter(|passage| {
                    let (first, last) = (
                        stored::group_of(&groups, passage.start),
                        stored::group_of(&groups, passage.end),
                    );
                    (first..=last).contains(&at)
                })
            }
        });
        let parts = move || {
            let passage = touched.get().unwrap_or_default();
            let page = Page { text: &document.text, passage: &passage };
            groups.get(at).map(|parts| parts.iter().map(|part| page.part(part)).collect::<Vec<_>>())
        };
        view! { <div>{parts}</div> }
    };
    view! {
        <article class="source-text">
            <For each=move || 0..shown.get() key=|at| *at children=group />
        </article>
    }
}

/// Draws the groups that are not seen first, some in each frame.
fn draw_rest(shown: RwSignal<usize>, count: usize) {
    task::spawn_local(async move {
        while shown.try_get_untracked().is_some_and(|shown| shown < count) {
            frame::next_frame().await;
            shown.try_update(|shown| *shown = (*shown + SLICE).min(count));
        }
    });
}

struct Page<'a> {
    text: &'a str,
    passage: &'a Range<usize>,
}

impl Page<'_> {
    fn part(&self, part: &Part) -> AnyView {
        match part {
            Part::Heading(..=1, range) => {
                view! { <h2 dir="auto">{self.words(range)}</h2> }.into_any()
            }
            Part::Heading(2, range) => view! { <h3 dir="auto">{self.words(range)}</h3> }.into_any(),
            Part::Heading(_, range) => view! { <h4 dir="auto">{self.words(range)}</h4> }.into_any(),
            Part::Paragraph(range) => view! { <p dir="auto">{self.words(range)}</p> }.into_any(),
            Part::Code(range) => {
                view! { <pre tabindex="0" dir="ltr">{self.words(range)}</pre> }.into_any()
            }
            Part::Items(items) => {
                let class = |level: u8| if level > 1 { "deep" } else { "" };
                let lines: Vec<_> = items
                    .iter()
                    .map(|(level, range)| {
                        view! { <li class=class(*level)>{self.words(range)}</li> }
                    })
                    .collect();
                view! { <ul dir="auto">{lines}</ul> }.into_any()
            }
            Part::Table(rows) => {
                let lines: Vec<_> =
                    rows.iter().map(|(head, cells)| self.row(*head, cells)).collect();
                view! {
                    <div class="wide" role="region" aria-label="Table" tabindex="0" dir="auto">
                        <table><tbody>{lines}</tbody></table>
                    </div>
                }
                .into_any()
            }
        }
    }

    fn row(&self, head: bool, cells: &[Range<usize>]) -> AnyView {
        let cell = |range: &Range<usize>| match head {
            true => view! { <th scope="col">{self.words(range)}</th> }.into_any(),
            false => view! { <td>{self.words(range)}</td> }.into_any(),
        };
        let cells: Vec<_> = cells.iter().map(cell).collect();
        view! { <tr>{cells}</tr> }.into_any()
    }

    fn words(&self, range: &Range<usize>) -> Vec<AnyView> {
        let piece = |(inside, words): (bool, &str)| {
            let words = words.to_owned();
            match inside {
                // A passage that spans several blocks has several marks; the first carries the id.
                true => {
                    let id = (range.start <= self.passage.start).then_some(PASSAGE);
                    view! { <mark id=id tabindex="-1">{words}</mark> }.into_any()
                }
                false => words.into_any(),
            }
        };
        stored::stretches(self.text, range, self.passage).into_iter().map(piece).collect()
    }
}
