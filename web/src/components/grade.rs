//! Whether a report answers, as words beside a shape.

use fathom_core::Grade;
use leptos::prelude::*;

use crate::state::grade;

/// The grade of a report. The shape says it to who cannot tell colours apart, the words to everybody.
#[component]
pub fn GradeBadge(
    /// The grade.
    grade: Grade,
    /// The probability that the report answers, where it is known.
    #[prop(optional_no_strip)]
    confidence: Option<f64>,
) -> impl IntoView {
    let explained = grade::explained(grade, confidence);
    let heard = [": ", &explained].concat();
    view! {
        <span class="grade" data-grade=grade.as_str() title=explained>
            <svg viewBox="0 0 12 12" aria-hidden="true">
                <circle cx="6" cy="6" r="4.5" />
                <path d=shape(grade) />
            </svg>
            {grade::words(grade)}
            <span class="heard">{heard}</span>
        </span>
    }
}

/// A ring that is full, half full, or struck through.
const fn shape(grade: Grade) -> &'static str {
    match grade {
        Grade::Answered => "M1.5 6a4.5 4.5 0 0 1 9 0a4.5 4.5 0 0 1-9 0z",
        Grade::Related => "M6 1.5a4.5 4.5 0 0 0 0 9z",
        Grade::Nothing => "M2.8 9.2L9.2 2.8",
    }
}
