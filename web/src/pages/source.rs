//! A stored document, opened at the passage that carries a claim.

use std::{ops::Range, sync::Arc};

use fathom_core::{Report, StoredDocument};
use fathom_report::Address;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    components::reading::{
        Absent, CitedPassage, Library, StoredText, cited_passages, passage_link,
    },
    hooks::{
        runs::{Opened, use_runs},
        title::use_title,
    },
};

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    document: String,
    run: String,
    passage: Option<Range<usize>>,
    /// The place of the report that the reader came from.
    node: String,
}

/// The document that the address names.
#[component]
pub fn SourcePage() -> impl IntoView {
    let asked = use_asked();
    let library = expect_context::<Library>();
    let id = Memo::new(move |_| asked.with(|asked| asked.document.clone()));
    let document = LocalResource::new(move || {
        let id = id.get();
        async move { library.document(&id).await }
    });
    let cited = use_cited(asked);
    move || match document.get() {
        None => {
            view! { <p class="source-state" role="status">"Opening the document."</p> }.into_any()
        }
        Some(Err(absent)) => view! { <Missing asked absent=absent cited /> }.into_any(),
        Some(Ok(document)) => view! { <Shown asked document cited /> }.into_any(),
    }
}

fn use_asked() -> Memo<Asked> {
    let (params, query) = (use_params_map(), use_query_map());
    Memo::new(move |_| {
        let document = params.with(|params| params.get("document").unwrap_or_default());
        query.with(|query| {
            let number = |name: &str| query.get(name).and_then(|text| text.parse().ok());
            Asked {
                document: decoded(document),
                run: query.get("run").unwrap_or_default(),
                passage: number("start").zip(number("end")).map(|(start, end)| start..end),
                node: query.get("cite").unwrap_or_default(),
            }
        })
    })
}

/// The router hands on what stands in the address; a name that cannot be decoded is one as it is.
fn decoded(text: String) -> String {
    js_sys::decode_uri_component(&text).map_or(text, String::from)
}

/// The passages of the document that the run's report cites.
fn use_cited(asked: Memo<Asked>) -> Memo<Vec<CitedPassage>> {
    let runs = use_runs();
    let run = Memo::new(move |_| asked.with(|asked| asked.run.clone()));
    let opened = Memo::new(move |_| run.with(|run| (!run.is_empty()).then(|| runs.open(run))));
    let report = Memo::new(move |_| match opened.get().map(|opened| opened.get()) {
        Some(Opened::Run(run)) => run.report.clone(),
        _ => None::<Arc<Report>>,
    });
    Memo::new(move |_| {
        let report = report.get();
        asked.with(|asked| {
            report.map(|report| cited_passages(&report, &asked.document)).unwrap_or_default()
        })
    })
}

#[component]
fn Missing(asked: Memo<Asked>, absent: Absent, cited: Memo<Vec<CitedPassage>>) -> impl IntoView {
    use_title(|| "Document not found".to_owned());
    let quote = move || {
        let quoted = current(asked, cited)
            .map(|at| cited.with(|cited| cited.get(at).map(|passage| passage.quote.clone())));
        quoted.flatten().map(|quote| {
            view! {
                <p>"The report quotes it with these words:"</p>
                <blockquote dir="auto">{quote}</blockquote>
            }
        })
    };
    view! {
        <section class="source-state">
            <h1>"This document cannot be shown"</h1>
            <p>{absent.to_string()}</p>
            {quote}
            <p>{move || asked.with(back)}</p>
        </section>
    }
}

#[component]
fn Shown(
    asked: Memo<Asked>,
    document: Arc<StoredDocument>,
    cited: Memo<Vec<CitedPassage>>,
) -> impl IntoView {
    let title = document.title.clone();
    use_title(move || title.clone());
    let passage = Memo::new(move |_| asked.with(|asked| asked.passage.clone()));
    let visit = Memo::new(move |_| asked.with(|asked| asked.node.clone()));
    let page = document.url.as_deref().and_then(Address::parse).map(|url| {
        let href = url.as_str().to_owned();
        view! { " · " <a href=href target="_blank" rel="noopener noreferrer">"Open page"</a> }
    });
    let facts = [Some(document.path.clone()), document.date.clone(), document.author.clone()];
    let facts = facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect::<Vec<_>>();
    view! {
        <div class="source">
            <div class="source-head">
                <h1 dir="auto">{document.title.clone()}</h1>
                <p><bdi>{facts.join(" · ")}</bdi>{page}</p>
            </div>
            <StoredText document passage visit />
            <Claim asked cited />
        </div>
    }
}

/// Which of the cited passages is shown.
fn current(asked: Memo<Asked>, cited: Memo<Vec<CitedPassage>>) -> Option<usize> {
    let asked = asked.get();
    cited.with(|cited| {
        let at_node = cited.iter().position(|passage| passage.node == asked.node);
        at_node.or_else(|| {
            cited.iter().position(|passage| Some(&passage.range) == asked.passage.as_ref())
        })
    })
}

/// The claim that the passage carries, and the ways to the citations before and after.
#[component]
fn Claim(asked: Memo<Asked>, cited: Memo<Vec<CitedPassage>>) -> impl IntoView {
    let here = Memo::new(move |_| current(asked, cited));
    let claim = move || {
        let claim = here.get().and_then(|at| {
            cited.with(|cited| cited.get(at).map(|passage| passage.claim.clone()))
        })?;
        Some(view! { <p>"The report says"</p><blockquote dir="auto">{claim}</blockquote> })
    };
    let count = move || {
        let at = here.get()?;
        Some(format!(
            "Citation {} of {} of this document in the report.",
            at + 1,
            cited.with(Vec::len)
        ))
    };
    let step = move |at: Option<usize>, words: &'static str| {
        let passage = cited.with(|cited| cited.get(at?).cloned())?;
        Some(view! { <a href=asked.with(|asked| {
            passage_link(&asked.run, &asked.document, &passage.range, &passage.node)
        })>{words}</a> })
    };
    view! {
        <aside class="source-claim" aria-label="What the report says">
            {claim}
            <p>{count}</p>
            <p>{move || asked.with(back)}</p>
            <p class="steps">
                {move || step(here.get().and_then(|at| at.checked_sub(1)), "Previous citation")}
                {move || step(here.get().map(|at| at + 1), "Next citation")}
            </p>
        </aside>
    }
}

/// The way back to the exact place in the report.
fn back(asked: &Asked) -> AnyView {
    match asked.run.as_str() {
        "" => view! { <a href="/history">"Look into the history"</a> }.into_any(),
        run => {
            let place =
                if asked.node.is_empty() { String::new() } else { format!("#{}", asked.node) };
            view! { <a href=format!("/runs/{run}{place}")>"Back to the report"</a> }.into_any()
        }
    }
}
