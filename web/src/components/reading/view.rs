//! The page of a report: contents, text, margin, and what floats above them.

use leptos::{ev, prelude::*};

use super::{
    card::Card,
    check::CheckTool,
    contents::Contents,
    desk::Desk,
    go,
    library::Library,
    panel::Panel,
    place,
    pointing::Hover,
    pump,
    sheet::{Sheet, SheetView},
    sources::Sources,
    spy,
    state::ReadingState,
    structured::Structured,
    warnings::Warnings,
};

/// A report to read: while it is written, and when it is done.
///
/// Give a stored signal as `state`, not a derived one: it is read in every frame.
#[component]
pub fn ReportView(
    /// The text.
    #[prop(into)]
    state: Signal<ReadingState>,
    /// Where stored documents come from.
    library: Library,
    /// The head of the page: the question and the facts of the run.
    #[prop(optional, into)]
    head: ViewFn,
    /// What stands below the contents: the folded timeline.
    #[prop(optional, into)]
    strip: ViewFn,
    /// What stands below the text.
    #[prop(optional, into)]
    after: ViewFn,
) -> impl IntoView {
    let desk = Desk::new(state);
    provide_context(desk);
    let sheet = Sheet::default();
    pump::keep_drawn(state, sheet.clone(), desk.drawn);
    place::remember();
    follow_width(desk);
    let hover = Hover::new(desk);
    let busy =
        move || (state.with(ReadingState::is_growing) || !desk.drawn.complete.get()).to_string();
    view! {
        <div
            class="reading"
            on:pointerover=move |event| hover.pointer_over(&event)
            on:pointerout=move |event| hover.pointer_out(&event)
            on:focusin=move |event| hover.focus_in(&event)
            on:focusout=move |event| hover.focus_out(&event)
            on:click=move |event| hover.press(&event)
        >
            <div class="reading-head">
                {head.run()}
                <CheckTool library />
            </div>
            <div class="reading-side">
                <Contents
                    before=Signal::derive(move || answer(desk))
                    after=Signal::derive(move || sources(desk))
                />
                <div class="strip">{strip.run()}</div>
            </div>
            <article class="report" aria-busy=busy>
                <Warnings />
                <Structured />
                <SheetView sheet />
                <Caret />
                {after.run()}
                <Sources />
            </article>
            <Card library hover />
            <Panel />
            <Chips />
        </div>
    }
}

fn follow_width(desk: Desk) {
    let measure = move || {
        let width = window().inner_width().ok().and_then(|width| width.as_f64());
        if width != desk.width.try_get_untracked() {
            desk.width.try_set(width.unwrap_or_default());
        }
    };
    measure();
    let resize = window_event_listener(ev::resize, move |_| measure());
    on_cleanup(move || resize.remove());
}

/// The structured answer as a line of the contents.
fn answer(desk: Desk) -> Vec<(&'static str, &'static str)> {
    let structured = desk.report().is_some_and(|report| report.structured.is_some());
    if structured { vec![("answer", "The answer")] } else { Vec::new() }
}

/// The list of sources as a line of the contents.
fn sources(desk: Desk) -> Vec<(&'static str, &'static str)> {
    let listed = desk.drawn.complete.get() && desk.registry().sources().next().is_some();
    if listed { vec![("sources", "Sources")] } else { Vec::new() }
}

/// Where the next words will come.
#[component]
fn Caret() -> impl IntoView {
    let desk = Desk::of_view();
    let growing = Memo::new(move |_| desk.state.with(ReadingState::is_growing));
    view! {
        <Show when=move || growing.get()>
            <span class="caret" id="text-end" aria-hidden="true"></span>
        </Show>
    }
}

/// The way back after a jump, and the way to text that came below the screen.
#[component]
fn Chips() -> impl IntoView {
    let desk = Desk::of_view();
    let below = RwSignal::new(false);
    let look = move || {
        let end = go::node("text-end").map(|end| end.get_bounding_client_rect().top());
        let now = end.is_some_and(|top| top > spy::window_height());
        if below.try_get_untracked() == Some(!now) {
            below.set(now);
        }
    };
    spy::each_scroll(look);
    Effect::new(move |_| {
        desk.drawn.blocks.track();
        desk.drawn.complete.track();
        request_animation_frame(look);
    });
    let back = move |_: ev::MouseEvent| {
        if let Some(node) = desk.back.get_untracked() {
            desk.go_back_to(&node);
        }
    };
    let down = move |_: ev::MouseEvent| _ = go::to("text-end");
    view! {
        <div class="chips">
            <Show when=move || desk.back.with(Option::is_some)>
                <button class="chip" type="button" on:click=back>"Back to where you were"</button>
            </Show>
            <Show when=move || below.get()>
                <button class="chip" type="button" on:click=down>"New text below"</button>
            </Show>
        </div>
    }
}
