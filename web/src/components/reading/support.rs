//! What stands behind a place of the report: sources, passages, and the claim they carry. Pure.

use fathom_core::{Citation, Evidence, Report, Source};
use fathom_report::{Field, Registry, Use};

/// What a marker or a value refers to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Cited {
    /// A marker in the text: its first byte, and which of its sources is meant; none when it
    /// resolves to nothing.
    Marker(usize, Option<u32>),
    /// A value of a structured answer, by its path.
    Field(String),
}

/// A source with the passages of it that carry one claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Support {
    /// The source.
    pub(super) source: Source,
    /// The passages.
    pub(super) evidence: Vec<Evidence>,
}

/// The sources behind a place, each with its passages.
pub(super) fn supports(cited: &Cited, registry: &Registry) -> Vec<Support> {
    match cited {
        Cited::Marker(start, Some(id)) => {
            let evidence =
                registry.citation_at(*start).map(|citation| of_source(citation, *id, registry));
            let source = registry.source(*id).cloned();
            source
                .map(|source| Support { source, evidence: evidence.unwrap_or_default() })
                .into_iter()
                .collect()
        }
        Cited::Marker(_, None) => Vec::new(),
        Cited::Field(path) => field_supports(path, registry),
    }
}

fn field_supports(path: &str, registry: &Registry) -> Vec<Support> {
    let mut supports: Vec<Support> = Vec::new();
    for citation in registry.for_field(&Field::parse(path)) {
        for id in &citation.sources {
            let evidence = of_source(citation, *id, registry);
            match supports.iter_mut().find(|support| support.source.id == *id) {
                Some(known) => known.evidence.extend(evidence),
                None => supports.extend(
                    registry.source(*id).cloned().map(|source| Support { source, evidence }),
                ),
            }
        }
    }
    supports
}

/// The evidence of a citation that lies in one of its sources.
fn of_source(citation: &Citation, id: u32, registry: &Registry) -> Vec<Evidence> {
    let document = registry.source(id).and_then(|source| source.document.as_deref());
    let alone = citation.sources.len() == 1;
    let fits = |evidence: &&Evidence| alone || Some(evidence.document.as_str()) == document;
    citation.evidence.iter().filter(fits).cloned().collect()
}

/// The words that a marker follows: from the marker or the cell before it, without markup.
pub(super) fn claim(markdown: &str, start: usize) -> String {
    let before = markdown.get(..start).unwrap_or_default();
    let mut line = before.rsplit(['\n', '|']).next().unwrap_or_default().trim_end();
    while let Some(earlier) = without_marker(line) {
        line = earlier.trim_end();
    }
    let claim = line.rsplit(']').next().unwrap_or(line);
    let words = claim.replace(['*', '`', '_'], "");
    words.trim_start_matches([' ', ';', ',', '.', ':']).trim_end().to_owned()
}

/// The text before a marker at its end.
fn without_marker(text: &str) -> Option<&str> {
    let (before, number) = text.strip_suffix(']')?.rsplit_once('[')?;
    number.chars().all(|c| c.is_ascii_digit() || ", -".contains(c)).then_some(before)
}

/// Where else a source is cited: its first use in each section, with the number of that use.
pub(super) fn other_uses(registry: &Registry, source: u32, but: &Cited) -> Vec<(usize, Use)> {
    let mut others: Vec<(usize, Use)> = Vec::new();
    for (at, place) in registry.uses_of(source).enumerate() {
        let here = matches!(but, Cited::Marker(start, _) if *start == place.span.start);
        if !here && others.iter().all(|(_, known)| known.section != place.section) {
            others.push((at + 1, place.clone()));
        }
    }
    others
}

/// The name of the section of a use.
pub(super) fn section_name(place: &Use) -> String {
    place
        .section
        .as_ref()
        .map_or_else(|| "the beginning".to_owned(), |section| section.title.clone())
}

/// The host of a source's page, else the path of its document.
pub(super) fn site(source: &Source) -> String {
    let host =
        source.url.as_deref().and_then(fathom_report::Address::parse).and_then(|url| url.host());
    host.map(|host| host.trim_start_matches("www.").to_owned())
        .or_else(|| source.document.as_deref().map(|document| path(document).to_owned()))
        .unwrap_or_default()
}

/// The path of a document without its version.
pub(super) fn path(document: &str) -> &str {
    document.rsplit_once('@').map_or(document, |(path, _)| path)
}

/// Site, date and author of a source in one line.
pub(super) fn byline(source: &Source) -> String {
    let document = source.document.as_deref().map(path).filter(|_| source.url.is_some());
    let parts = [
        Some(site(source)),
        source.date.clone(),
        source.author.clone(),
        document.map(str::to_owned),
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// A source as one writes it down, with the quote.
pub(super) fn reference(support: &Support, report_question: &str) -> String {
    let Source { title, author, date, url, document, .. } = &support.source;
    let place = url.as_deref().or(document.as_deref());
    let parts = [author.as_deref(), Some(title.as_str()), date.as_deref(), place];
    let mut text = parts.into_iter().flatten().collect::<Vec<_>>().join(". ");
    for evidence in &support.evidence {
        text.push_str(&format!("\n“{}”", evidence.quote));
    }
    text.push_str(&format!("\nCited in the report “{report_question}”."));
    text
}

/// All evidence of a report with the place that rests on it.
pub(super) fn all_evidence(report: &Report) -> impl Iterator<Item = (Cited, &Evidence)> {
    report.citations.iter().flat_map(|citation| {
        let place = match (&citation.field, citation.span) {
            (Some(field), _) => Some(Cited::Field(field.clone())),
            (None, Some(span)) => {
                Some(Cited::Marker(span.start, citation.sources.first().copied()))
            }
            (None, None) => None,
        };
        citation.evidence.iter().filter_map(move |evidence| Some((place.clone()?, evidence)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_reaches_back_to_the_marker_or_cell_before_it() {
        let text =
            "First.[1] Norway *depends* on oil.[3][4]; and fish[5]\n| Norway | 5,207,689 [3] |";
        let at = |marker: &str| text.find(marker).unwrap();
        assert_eq!(claim(text, at("[1]")), "First.");
        assert_eq!(claim(text, at("[3]")), "Norway depends on oil.");
        assert_eq!(claim(text, at("[4]")), "Norway depends on oil.");
        assert_eq!(claim(text, at("[5]")), "and fish");
        assert_eq!(claim(text, text.rfind("[3]").unwrap()), "5,207,689");
        assert_eq!(claim(text, 10_000), "");
    }

    #[test]
    fn a_byline_says_each_thing_once() {
        let source = Source {
            url: Some("https://www.a.example/x".to_owned()),
            document: Some("europe/norway.md@0123".to_owned()),
            date: Some("July 2015".to_owned()),
            ..Source::default()
        };
        assert_eq!(byline(&source), "a.example · July 2015 · europe/norway.md");
        assert_eq!(byline(&Source { url: None, ..source }), "europe/norway.md · July 2015");
    }
}
