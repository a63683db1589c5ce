//! The time.

use std::time::Duration;

use leptos::prelude::*;

#[derive(Clone, Copy)]
struct Clock(RwSignal<u64>);

/// Provides a clock that ticks each second.
pub fn provide_clock() {
    let clock = RwSignal::new(now_ms());
    let ticking = set_interval_with_handle(
        move || {
            clock.try_set(now_ms());
        },
        Duration::from_secs(1),
    );
    on_cleanup(move || {
        if let Ok(ticking) = ticking {
            ticking.clear();
        }
    });
    provide_context(Clock(clock));
}

/// The time, in milliseconds since 1970; it changes each second.
pub fn use_clock() -> Signal<u64> {
    match use_context::<Clock>() {
        Some(Clock(clock)) => clock.into(),
        None => Signal::stored(now_ms()),
    }
}

/// The time now, in milliseconds since 1970.
pub fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// How far east of Greenwich the clock on the wall is, in minutes.
pub fn offset_minutes() -> i32 {
    -(js_sys::Date::new_0().get_timezone_offset() as i32)
}
