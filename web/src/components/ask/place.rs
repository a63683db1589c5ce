//! Where to ask: the library, providers behind the gateway, or several of them at once.

use fathom_core::{Info, provider::Key};
use leptos::prelude::*;

use super::Writing;
use crate::{
    hooks::{
        keys,
        providers::{Providers, use_providers},
        runs::use_runs,
    },
    state::{format, place},
};

/// Names who is asked, and opens the choice.
#[component]
pub(super) fn Place(
    /// Whether the choice is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let writing = expect_context::<Writing>();
    let providers = use_providers();
    let names = Memo::new(move |_| writing.draft.with(|draft| names(providers, &draft.asked())));
    view! {
        <button
            type="button"
            class="pick place"
            aria-expanded=move || open.get().to_string()
            aria-controls="places"
            on:click=move |_| open.update(|open| *open = !*open)
        >
            "Where " <b>{move || names.get()}</b>
        </button>
    }
}

fn names(providers: Providers, asked: &[String]) -> String {
    let name =
        |id: &String| providers.find(id).map_or_else(|| id.clone(), |info| info.name.into_owned());
    let names: Vec<String> = asked.iter().map(name).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => [before.join(", ").as_str(), " and ", last].concat(),
        None => String::new(),
    }
}

/// Everybody who can be asked.
#[component]
pub(super) fn Places() -> impl IntoView {
    let providers = use_providers();
    let lines =
        move || providers.all().into_iter().map(|info| view! { <OnePlace info /> }).collect_view();
    view! {
        <fieldset class="places" id="places">
            <legend>"Where to ask; several at once give a report each"</legend>
            {lines}
        </fieldset>
    }
}

#[component]
fn OnePlace(info: Info) -> impl IntoView {
    let writing = expect_context::<Writing>();
    let runs = use_runs();
    let id = info.id.clone().into_owned();
    let vendor = info.vendor.clone().into_owned();
    let chosen = {
        let id = id.clone();
        Memo::new(move |_| writing.draft.with(|draft| draft.asked().contains(&id)))
    };
    let has_key = Memo::new(move |_| runs.has_key(&vendor));
    let price = {
        let info = info.clone();
        Memo::new(move |_| {
            let level = writing.draft.with(|draft| draft.level.clone());
            place::price(&info, writing.effort.get(), &level)
        })
    };
    let missing = place::how_to_add_key(&info);
    let asks_for_key =
        Memo::new(move |_| chosen.get() && info.key == Key::Missing && !has_key.get());
    let vendor = info.vendor.clone().into_owned();
    let form = move || {
        let words = missing.clone().filter(|_| asks_for_key.get())?;
        Some(view! { <GiveKey words vendor=vendor.clone() /> })
    };
    view! {
        <div class="one-place">
            <label>
                <input
                    type="checkbox"
                    name="provider"
                    value=id.clone()
                    prop:checked=move || chosen.get()
                    on:change=move |_| writing.draft.update(|draft| draft.toggle(&id))
                />
                <b>{info.name.into_owned()}</b>
                " "
                <span>{info.summary.into_owned()}</span>
                {move || price.get().map(|words| view! { <span class="num">{[" ", &format::sentence(&words)].concat()}</span> })}
                {move || (info.key == Key::Missing && !has_key.get()).then(|| view! { <span class="needs">" Needs a key."</span> })}
            </label>
            {form}
        </div>
    }
}

/// Takes a key for this visit; it is held in memory and sent only to the gateway.
#[component]
fn GiveKey(words: String, vendor: String) -> impl IntoView {
    let runs = use_runs();
    let typed = RwSignal::new(String::new());
    let problem = RwSignal::new(String::new());
    let name = ["key-", &vendor].concat();
    let give = move || {
        let said = typed.with_untracked(|key| match key.trim() {
            "" => "Paste the key first.".to_owned(),
            key => runs
                .give_key(&vendor, key)
                .err()
                .map_or_else(String::new, |error| error.message().to_owned()),
        });
        problem.set(said);
    };
    let by_button = {
        let give = give.clone();
        move |_| give()
    };
    let by_key = move |event: leptos::ev::KeyboardEvent| {
        if keys::stroke(&event).sends_line() {
            event.prevent_default();
            give();
        }
    };
    view! {
        <div class="give-key">
            <label for=name.clone()>{words}</label>
            <span class="one-line">
                <input
                    type="password"
                    id=name
                    autocomplete="off"
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:keydown=by_key
                />
                <button type="button" class="tool" on:click=by_button>"Use it"</button>
            </span>
            <p class="problem" role="status">{move || problem.get()}</p>
        </div>
    }
}
