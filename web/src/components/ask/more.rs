//! What most questions do not need.

use leptos::prelude::*;

use super::{Writing, field::Line};
use crate::state::ask::Field;

/// Everything else, folded away.
#[component]
pub(super) fn More() -> impl IntoView {
    let writing = expect_context::<Writing>();
    // A task that was taken over with a narrowed search shows it.
    let open = move || writing.draft.with(|draft| !draft.include.is_empty());
    view! {
        <details class="more" prop:open=open>
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
