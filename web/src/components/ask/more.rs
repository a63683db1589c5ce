//! What most questions do not need.

use leptos::prelude::*;

use super::{Writing, field::Line};
use crate::state::ask::Field;

/// Everything else, folded away.
#[component]
pub(super) fn More() -> impl IntoView {
    let writing = expect_context::<Writing>();
    // A task that was taken over with a narrowed search shows it; what is open stays open.
    let open = Memo::new(move |was: Option<&bool>| {
        was == Some(&true) || writing.draft.with(|draft| !draft.include.is_empty())
    });
    view! {
        <details class="more" prop:open=move || open.get()>
            <summary>"More"</summary>
            <Line
                field=Field::Include
                label="Only these documents: paths or patterns, divided by commas"
                example="europe/**, speeches/19*"
                part=|draft| &mut draft.include
            />
        </details>
    }
}
