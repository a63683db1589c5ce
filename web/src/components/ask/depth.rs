//! How deep to go, as a sounding line with three marks.

use fathom_core::Effort;
use leptos::prelude::*;

/// Chooses the effort of a run; arrow keys move along the line.
#[component]
pub fn Depth(
    /// The choice.
    effort: RwSignal<Effort>,
) -> impl IntoView {
    let marks = Effort::ALL.into_iter().map(|this| {
        view! {
            <input
                type="radio"
                name="depth"
                value=this.as_str()
                aria-label=this.as_str()
                title=this.as_str()
                prop:checked=move || effort.get() == this
                on:change=move |_| effort.set(this)
            />
        }
    });
    view! {
        <fieldset class="depth">
            <legend>"Depth"</legend>
            <span class="sounding-line">
                <svg viewBox="0 0 120 24" aria-hidden="true">
                    <path class="whole" d="M1 12H119M1 7V17M119 5V19" />
                    <path class="sunk" d=move || format!("M1 12H{}", sunk(effort.get())) />
                </svg>
                {marks.collect_view()}
            </span>
            <b aria-hidden="true">{move || effort.get().as_str()}</b>
        </fieldset>
    }
}

/// Where on the line of 120 the mark of an effort is.
const fn sunk(effort: Effort) -> u8 {
    match effort {
        Effort::Quick => 20,
        Effort::Standard => 60,
        Effort::Deep => 100,
    }
}
