//! What a careful reader should know, in plain words.

use fathom_core::{Warning, WarningKind};
use leptos::prelude::*;

use super::desk::Desk;

/// The warnings of the report that its text does not tell itself.
#[component]
pub(super) fn Warnings() -> impl IntoView {
    let desk = Desk::of_view();
    let warnings = move || {
        let report = desk.report()?;
        let shown: Vec<_> =
            report.warnings.iter().filter(|warning| is_shown(warning)).cloned().collect();
        (!shown.is_empty()).then(|| {
            let lines: Vec<_> = shown
                .into_iter()
                .map(|warning| view! { <li dir="auto">{warning.message}</li> })
                .collect();
            view! { <ul class="warnings" aria-label="About this report">{lines}</ul> }
        })
    };
    view! { {warnings} }
}

/// Gaps and disagreements have sections of their own in the text, and a missing field is told in
/// its cell.
const fn is_shown(warning: &Warning) -> bool {
    !matches!(
        warning.kind,
        WarningKind::Gap | WarningKind::Disagreement | WarningKind::FieldMissing
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_a_newer_version_is_shown_and_what_the_text_tells_is_not() {
        let shown = |kind: &str| {
            let text = format!(r#"{{"kind":"{kind}","message":"4 files could not be read"}}"#);
            is_shown(&serde_json::from_str(&text).unwrap())
        };
        for kind in ["unread", "unreadable", "dropped", "partial"] {
            assert!(shown(kind), "{kind}");
        }
        for kind in ["gap", "disagreement", "field-missing"] {
            assert!(!shown(kind), "{kind}");
        }
    }
}
