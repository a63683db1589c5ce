//! The field and what stands in one row below it.

use fathom_core::Task;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    Depth, Writing,
    field::FieldProblem,
    more::More,
    place::{Place, Places},
    shape::{ShapeChoice, ShapeFields},
};
use crate::{
    hooks::{keys, runs::use_runs},
    state::ask::{Field, rows},
};

/// The form; a task that can be sent goes to `send`.
#[component]
pub fn Form(
    /// The field of the question.
    question: NodeRef<html::Textarea>,
    /// Takes what is asked.
    send: Callback<Task>,
) -> impl IntoView {
    let writing = expect_context::<Writing>();
    let submit = move || match writing.task() {
        Some(task) => send.run(task),
        None => focus_problem(writing),
    };
    let by_button = move |event: ev::SubmitEvent| {
        event.prevent_default();
        submit();
    };
    let by_key = move |event: ev::KeyboardEvent| {
        if keys::stroke(&event).sends_text() {
            event.prevent_default();
            submit();
        }
    };
    let places = RwSignal::new(false);
    view! {
        <form class="field" novalidate on:submit=by_button on:keydown=by_key>
            <Follows />
            <Question field=question />
            <FieldProblem field=Field::Question />
            <div class="row">
                <Place open=places />
                <Depth effort=writing.effort />
                <ShapeChoice />
                <button type="submit" class="btn">"Ask"</button>
            </div>
            <Show when=move || places.get()>
                <Places />
            </Show>
            <ShapeFields />
            <More />
            <Ignored />
        </form>
    }
}

#[component]
fn Question(field: NodeRef<html::Textarea>) -> impl IntoView {
    let writing = expect_context::<Writing>();
    let question = Memo::new(move |_| writing.draft.with(|draft| draft.question.clone()));
    view! {
        <textarea
            id="question"
            node_ref=field
            dir="auto"
            rows=move || question.with(|question| rows(question).to_string())
            aria-label="Question"
            aria-describedby="question-problem"
            aria-invalid=move || writing.problem(Field::Question).is_some().to_string()
            aria-keyshortcuts="Control+Enter"
            prop:value=move || question.get()
            on:input=move |event| writing.ask(event_target_value(&event))
        ></textarea>
    }
}

/// Goes to the first field that stands in the way; the message is beside it.
fn focus_problem(writing: Writing) {
    let Some(field) = writing.first_problem() else { return };
    let node = document().get_element_by_id(field.as_str());
    if let Some(node) = node.and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        if let Ok(Some(fold)) = node.closest("details") {
            // An attribute without a value cannot be refused.
            let _ = fold.set_attribute("open", "");
        }
        let _ = node.focus();
    }
}

/// What those who are asked would ignore.
#[component]
fn Ignored() -> impl IntoView {
    let writing = expect_context::<Writing>();
    let lines = move || {
        let lines = writing.ignored.get().into_iter().map(|words| view! { <p>{words}</p> });
        lines.collect_view()
    };
    view! { <div class="ignored" role="status">{lines}</div> }
}

/// The run that the question goes on from.
#[component]
fn Follows() -> impl IntoView {
    let writing = expect_context::<Writing>();
    let runs = use_runs();
    let earlier = Memo::new(move |_| writing.draft.with(|draft| draft.follow_up_of.clone()));
    move || {
        earlier.get().map(|id| {
            let known = runs
                .list()
                .with(|all| all.iter().find(|run| run.id == id).map(|run| run.question.clone()));
            let question = known.unwrap_or_else(|| "an earlier run".to_owned());
            let anew = move |_| writing.draft.update(|draft| draft.follow_up_of = None);
            view! {
                <p class="follows">
                    "Goes on from " <a href=format!("/runs/{id}")>{question}</a> ". "
                    <button type="button" class="tool" on:click=anew>"Ask without it"</button>
                </p>
            }
        })
    }
}
