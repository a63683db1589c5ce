//! A labelled field, and what is wrong with it.

use leptos::prelude::*;

use super::Writing;
use crate::state::ask::{Draft, Field};

/// What is wrong with a field, beside it.
#[component]
pub(super) fn FieldProblem(
    /// The field.
    field: Field,
) -> impl IntoView {
    let writing = expect_context::<Writing>();
    let words = Memo::new(move |_| writing.problem(field));
    view! { <p class="problem" id=format!("{}-problem", field.as_str()) role="status">{move || words.get()}</p> }
}

/// A line of text with its label above and its problem below.
#[component]
pub(super) fn Line(
    /// The field.
    field: Field,
    /// What it is for.
    label: &'static str,
    /// What it may look like.
    example: &'static str,
    /// Where its text is.
    part: fn(&mut Draft) -> &mut String,
) -> impl IntoView {
    let draft = expect_context::<Writing>().draft;
    let value = move || draft.with(|draft| part(&mut draft.clone()).clone());
    let name = field.as_str();
    view! {
        <label class="wide-field" for=name>{label}</label>
        <input
            type="text"
            class="wide-input"
            id=name
            placeholder=example
            aria-describedby=format!("{name}-problem")
            prop:value=value
            on:input=move |event| draft.update(|draft| *part(draft) = event_target_value(&event))
        />
        <FieldProblem field />
    }
}
