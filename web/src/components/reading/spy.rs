//! Where the reader is: which heading is being read, and what is on screen.

use std::cell::Cell;

use leptos::{ev, prelude::*};
use web_sys::Element;

use super::go;

/// The reading line, as a part of the window's height.
const LINE: f64 = 0.3;

/// Calls back once per frame in which the page was scrolled or resized, while its owner lives.
pub(super) fn each_scroll(then: impl Fn() + Clone + 'static) {
    let waiting = StoredValue::new_local(Cell::new(false));
    let ask = move || {
        if waiting.try_with_value(|waiting| waiting.replace(true)) != Some(false) {
            return;
        }
        let then = then.clone();
        request_animation_frame(move || {
            if waiting.try_with_value(|waiting| waiting.set(false)).is_some() {
                then();
            }
        });
    };
    let again = ask.clone();
    let scroll = window_event_listener(ev::scroll, move |_| ask());
    let resize = window_event_listener(ev::resize, move |_| again());
    on_cleanup(move || {
        scroll.remove();
        resize.remove();
    });
}

/// The height of the window.
pub(super) fn window_height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default()
}

/// The id of the heading that is being read; looked up again when the page scrolled or `changed`.
pub(super) fn current_heading(changed: impl Fn() + 'static) -> ReadSignal<Option<String>> {
    let (here, set_here) = signal(None);
    let look = move || {
        let now = heading_at(window_height() * LINE);
        if here.try_get_untracked() != Some(now.clone()) {
            set_here.try_set(now);
        }
    };
    each_scroll(look);
    Effect::new(move |_| {
        changed();
        request_animation_frame(look);
    });
    here
}

/// Only the boxes of groups are asked for their place: asking what is inside a group out of view
/// would make the browser lay it out.
fn heading_at(line: f64) -> Option<String> {
    let root = document().document_element()?;
    let parts = go::all(&root, ".report .group, .report .part");
    let first_of_all = || parts.iter().find_map(|part| headings(part).into_iter().next());
    let above: Vec<_> = parts.iter().take_while(|part| top(part) <= line).collect();
    let mut above = above.into_iter().rev();
    let nearest = above
        .next()
        .and_then(|part| headings(part).into_iter().rfind(|heading| top(heading) <= line));
    nearest
        .or_else(|| above.find_map(|part| headings(part).pop()))
        .or_else(first_of_all)
        .map(|heading| heading.id())
}

fn headings(part: &Element) -> Vec<web_sys::HtmlElement> {
    go::all(part, "h2[id], h3[id]")
}

fn top(node: &Element) -> f64 {
    node.get_bounding_client_rect().top()
}

/// The groups that are on screen, with some room around it.
pub(super) fn groups_on_screen(root: &Element) -> Vec<web_sys::HtmlElement> {
    let height = window_height();
    let near = |group: &web_sys::HtmlElement| {
        let place = group.get_bounding_client_rect();
        place.bottom() > 0.0 && place.top() < height
    };
    go::all(root, ".group").into_iter().filter(near).collect()
}
