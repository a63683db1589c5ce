//! What most questions do not need.

use fathom_core::Info;
use leptos::prelude::*;

use super::{
    Writing,
    field::{FieldProblem, Line},
};
use crate::{
    hooks::providers::use_providers,
    state::{ask::Field, place},
};

/// Everything else, folded away; of what only some providers know, what those who are asked know.
#[component]
pub(super) fn More() -> impl IntoView {
    let writing = expect_context::<Writing>();
    let providers = use_providers();
    // A task that was taken over with a narrowed search shows it; what is open stays open.
    let open = Memo::new(move |was: Option<&bool>| {
        was == Some(&true) || writing.draft.with(|draft| !draft.include.is_empty())
    });
    let asked = Memo::new(move |_| {
        let asked = writing.draft.with(|draft| draft.asked());
        asked.iter().filter_map(|id| providers.find(id)).collect::<Vec<Info>>()
    });
    let any =
        move |can: fn(&Info) -> bool| Memo::new(move |_| asked.with(|all| all.iter().any(can)));
    let include = any(|info| info.capabilities.include);
    let exclude = any(|info| info.capabilities.exclude);
    let guidance = any(|info| info.capabilities.guidance);
    let budget = any(|info| info.capabilities.budget_usd);
    view! {
        <details class="more" prop:open=move || open.get()>
            <summary>"More"</summary>
            <Show when=move || include.get()>
                <Line
                    field=Field::Include
                    label="Only these documents or sites, divided by commas"
                    example="europe/**, speeches/19*, example.org"
                    part=|draft| &mut draft.include
                />
            </Show>
            <Show when=move || exclude.get()>
                <Line
                    field=Field::Exclude
                    label="Not these sites, divided by commas"
                    example="example.com"
                    part=|draft| &mut draft.exclude
                />
            </Show>
            <Show when=move || guidance.get()>
                <Line
                    field=Field::Guidance
                    label="Guidance: sources to prefer, behaviour, tone"
                    example="Prefer official statistics"
                    part=|draft| &mut draft.guidance
                />
            </Show>
            <Show when=move || budget.get()>
                <Line
                    field=Field::Budget
                    label="At most, in US dollars"
                    example="5"
                    part=|draft| &mut draft.budget
                />
            </Show>
            <Level asked />
        </details>
    }
}

/// The effort by its own name, where the one provider that is asked has more than three.
#[component]
fn Level(asked: Memo<Vec<Info>>) -> impl IntoView {
    let writing = expect_context::<Writing>();
    let draft = writing.draft;
    let names = Memo::new(move |_| {
        asked.with(|asked| match asked.as_slice() {
            [only] => {
                place::levels(only).iter().map(|level| level.name.clone().into_owned()).collect()
            }
            _ => Vec::new(),
        })
    });
    let chosen = Memo::new(move |_| draft.with(|draft| draft.level.clone()));
    let choose = move |event| draft.update(|draft| draft.level = event_target_value(&event));
    move || {
        let names: Vec<String> = names.get();
        (!names.is_empty()).then(|| {
            let options = names.into_iter().map(|name| {
                let this = name.clone();
                view! { <option value=name.clone() selected=move || chosen.get() == this>{name.clone()}</option> }
            });
            view! {
                <label class="wide-field" for="level">"Effort, in the provider's own words"</label>
                <select id="level" aria-describedby="level-problem" on:change=choose>
                    <option value="">"as the depth says"</option>
                    {options.collect_view()}
                </select>
                <FieldProblem field=Field::Level />
            }
        })
    }
}
