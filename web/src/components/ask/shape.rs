//! What the answer is to look like.

use leptos::prelude::*;

use super::{
    Writing,
    field::{FieldProblem, Line},
};
use crate::state::ask::{Field, Shape};

/// Chooses between a report alone and one with a table or other fields.
#[component]
pub(super) fn ShapeChoice() -> impl IntoView {
    let draft = expect_context::<Writing>().draft;
    let shape = Memo::new(move |_| draft.with(|draft| draft.shape));
    let choose = move |event| {
        if let Some(chosen) = Shape::named(&event_target_value(&event)) {
            draft.update(|draft| draft.shape = chosen);
        }
    };
    let options = Shape::ALL.into_iter().map(|this| {
        view! { <option value=this.as_str() selected=move || shape.get() == this>{words(this)}</option> }
    });
    view! {
        <label class="pick">
            "As "
            <select on:change=choose>{options.collect_view()}</select>
        </label>
    }
}

/// The fields that the shape needs.
#[component]
pub(super) fn ShapeFields() -> impl IntoView {
    let draft = expect_context::<Writing>().draft;
    let shape = Memo::new(move |_| draft.with(|draft| draft.shape));
    move || match shape.get() {
        Shape::Report => ().into_any(),
        Shape::Table => view! {
            <div class="shape">
                <Line
                    field=Field::Columns
                    label="Columns of the table, divided by commas"
                    example="country, population (number), capital"
                    part=|draft| &mut draft.columns
                />
            </div>
        }
        .into_any(),
        Shape::Fields => view! { <div class="shape"><Schema /></div> }.into_any(),
    }
}

#[component]
fn Schema() -> impl IntoView {
    let draft = expect_context::<Writing>().draft;
    view! {
        <label class="wide-field" for="output_schema">"Fields to fill, as a JSON Schema"</label>
        <textarea
            id="output_schema"
            class="wide-input"
            rows="6"
            spellcheck="false"
            placeholder=r#"{"type": "object", "properties": {"capital": {"type": "string"}}}"#
            aria-describedby="output_schema-problem"
            prop:value=move || draft.with(|draft| draft.schema.clone())
            on:input=move |event| draft.update(|draft| draft.schema = event_target_value(&event))
        ></textarea>
        <FieldProblem field=Field::Schema />
    }
}

const fn words(shape: Shape) -> &'static str {
    match shape {
        Shape::Report => "a report",
        Shape::Table => "a table and a report",
        Shape::Fields => "fields and a report",
    }
}
