//! Reports in Exa's words.

use fathom_core::providers::exa::wire::agent::{Citation, Grounding};
use fathom_core::{Confidence, Grade, Report, Source};

use crate::compat::address::Origin;
use crate::compat::markers;

/// Which pages support which field of the structured value, each path after `prefix`.
pub(super) fn of_fields(report: &Report, prefix: &str, origin: &Origin) -> Vec<Grounding> {
    let grounded = report.citations.iter().filter_map(|citation| {
        let path = citation.field.as_ref()?;
        Some(Grounding {
            field: if path.is_empty() { prefix.to_owned() } else { format!("{prefix}{path}") },
            citations: markers::sources(report, citation)
                .map(|source| page(source, origin))
                .collect(),
            confidence: citation.confidence.map(|confidence| word(confidence).to_owned()),
            score: None,
        })
    });
    grounded.collect()
}

/// Which pages support the text; nothing where nothing is cited.
pub(super) fn of_text(report: &Report, field: &str, origin: &Origin) -> Option<Grounding> {
    let cited = report.citations.iter().filter(|citation| citation.field.is_none());
    let mut pages: Vec<&Source> = Vec::new();
    for source in cited.flat_map(|citation| markers::sources(report, citation)) {
        if pages.iter().all(|page| page.id != source.id) {
            pages.push(source);
        }
    }
    let citations: Vec<Citation> = pages.into_iter().map(|source| page(source, origin)).collect();
    let confidence = Some(word(of_grade(report)).to_owned());
    let grounding = Grounding { field: field.to_owned(), citations, confidence, score: None };
    Some(grounding).filter(|grounding| !grounding.citations.is_empty())
}

fn page(source: &Source, origin: &Origin) -> Citation {
    Citation { url: origin.of_source(source), title: Some(source.title.clone()) }
}

/// How sure it is that the text answers. Without a grade: every sentence is a quote that was compared with its
/// document.
fn of_grade(report: &Report) -> Confidence {
    match report.grade {
        Some(Grade::Related | Grade::Nothing) => Confidence::Low,
        Some(Grade::Answered) if report.confidence.is_some_and(|sure| sure < SURE) => {
            Confidence::Medium
        }
        Some(Grade::Answered) | None => Confidence::High,
    }
}

/// From this probability on an answer is told with high confidence.
const SURE: f64 = 0.8;

const fn word(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_sure_as_its_grade() {
        let told =
            |grade, confidence| word(of_grade(&Report { grade, confidence, ..Report::default() }));
        assert_eq!(told(None, None), "high");
        assert_eq!(told(Some(Grade::Answered), Some(0.93)), "high");
        assert_eq!(told(Some(Grade::Answered), Some(0.6)), "medium");
        assert_eq!(told(Some(Grade::Related), Some(0.4)), "low");
    }
}
