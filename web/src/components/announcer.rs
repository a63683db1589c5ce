//! The one line that assistive technology hears: what a run is doing, seldom and in words.

use std::time::Duration;

use leptos::prelude::*;

/// The shortest time between two announcements.
const PAUSE: Duration = Duration::from_secs(5);

/// Says the newest of `words`, at most once in five seconds.
#[component]
pub fn Announcer(
    /// What could be said now.
    #[prop(into)]
    words: Signal<String>,
    /// Whether it must be heard at once, because something failed.
    #[prop(into)]
    urgent: Signal<bool>,
) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let resting = StoredValue::new(false);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let say = move || {
        said.try_set(words.try_get_untracked().unwrap_or_default());
    };
    Effect::new(move |_| {
        words.track();
        if resting.get_value() {
            return;
        }
        say();
        resting.set_value(true);
        let rested = set_timeout_with_handle(
            move || {
                resting.try_set_value(false);
                say();
            },
            PAUSE,
        );
        timer.set_value(rested.ok());
    });
    on_cleanup(move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    });
    let alarm = move || if urgent.get() { words.get() } else { String::new() };
    view! {
        <p class="heard" role="status">{move || if urgent.get() { String::new() } else { said.get() }}</p>
        <p class="heard" role="alert">{alarm}</p>
    }
}
