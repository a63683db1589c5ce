//! The markers of a report, `[n]`, in the forms that protocols give their citations.

use fathom_core::{Citation, Report, Source};

use super::address::Origin;

/// The markdown of a report with every marker replaced.
pub(super) fn replaced(report: &Report, mut with: impl FnMut(&Citation) -> String) -> String {
    let mut placed: Vec<(&Citation, usize, usize)> = report
        .citations
        .iter()
        .filter_map(|citation| citation.span.map(|span| (citation, span.start, span.end)))
        .collect();
    placed.sort_by_key(|(_, start, _)| *start);
    let mut text = String::with_capacity(report.markdown.len());
    let mut reached = 0;
    for (citation, start, end) in placed {
        let Some(before) = report.markdown.get(reached..start) else { continue };
        text.push_str(before);
        text.push_str(&with(citation));
        reached = end;
    }
    text + report.markdown.get(reached..).unwrap_or_default()
}

/// The markdown with a link to the page in place of every marker: `([Title](https://...))`.
pub(super) fn linked(report: &Report, origin: &Origin) -> String {
    replaced(report, |citation| {
        let links: Vec<String> = sources(report, citation)
            .map(|source| {
                format!("[{}]({})", label(&source.title), target(&origin.of_source(source)))
            })
            .collect();
        format!("({})", links.join(", "))
    })
}

/// The sources that a citation names.
pub(super) fn sources<'r>(
    report: &'r Report,
    citation: &'r Citation,
) -> impl Iterator<Item = &'r Source> {
    let ids = citation.sources.iter();
    ids.filter_map(|id| report.sources.iter().find(|source| source.id == *id))
}

/// A title as the text of a link, also inside a table.
pub(super) fn label(title: &str) -> String {
    let mut label = String::with_capacity(title.len());
    for c in title.chars() {
        if matches!(c, '[' | ']' | '|' | '\\' | '*' | '_' | '`' | '<') {
            label.push('\\');
        }
        label.push(if c.is_control() { ' ' } else { c });
    }
    label
}

/// An address as the target of a link.
fn target(url: &str) -> String {
    url.replace('(', "%28").replace(')', "%29").replace(' ', "%20").replace('|', "%7C")
}

/// One section of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    pub title: String,
    /// The text without signs of markdown and without markers.
    pub text: String,
    /// The ids of the sources cited in it, each once.
    pub sources: Vec<u32>,
}

/// The sections of a report, in order.
pub(super) fn sections(report: &Report) -> Vec<Section> {
    let mut starts: Vec<usize> = report
        .markdown
        .match_indices("## ")
        .map(|(at, _)| at)
        .filter(|at| is_line_start(report, *at))
        .collect();
    starts.push(report.markdown.len());
    let ranges = starts.windows(2).filter_map(|pair| Some(*pair.first()?..*pair.last()?));
    ranges
        .filter_map(|range| {
            let whole = report.markdown.get(range.clone())?;
            let (title, _) = whole.split_once('\n').unwrap_or((whole, ""));
            let body = range.start + title.len()..range.end;
            let mut cited: Vec<u32> = Vec::new();
            for id in within(report, &body).flat_map(|citation| &citation.sources) {
                if !cited.contains(id) {
                    cited.push(*id);
                }
            }
            Some(Section {
                title: plain(title.trim_start_matches("## ")),
                text: plain(&without_markers(report, body)),
                sources: cited,
            })
        })
        .collect()
}

fn is_line_start(report: &Report, at: usize) -> bool {
    at == 0 || report.markdown.as_bytes().get(at - 1) == Some(&b'\n')
}

fn within<'r>(
    report: &'r Report,
    range: &std::ops::Range<usize>,
) -> impl Iterator<Item = &'r Citation> {
    let (start, end) = (range.start, range.end);
    report.citations.iter().filter(move |citation| {
        citation.span.is_some_and(|span| span.start >= start && span.end <= end)
    })
}

fn without_markers(report: &Report, range: std::ops::Range<usize>) -> String {
    let mut text = String::new();
    let mut reached = range.start;
    let mut spans: Vec<_> = within(report, &range).filter_map(|citation| citation.span).collect();
    spans.sort_by_key(|span| span.start);
    for span in spans {
        let before = report.markdown.get(reached..span.start).unwrap_or_default();
        text.push_str(before.strip_suffix(' ').unwrap_or(before));
        reached = span.end;
    }
    text + report.markdown.get(reached..range.end).unwrap_or_default()
}

/// Text without the signs of markdown that our own reports use.
pub(super) fn plain(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut chars = markdown.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek().is_some_and(char::is_ascii_punctuation) => {
                text.extend(chars.next());
            }
            '*' if chars.peek() == Some(&'*') => {
                chars.next();
            }
            c => text.push(c),
        }
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use fathom_core::{Citation, Report, Source, Span};

    use super::{linked, plain, replaced, sections};
    use crate::compat::address::Origin;

    fn report() -> Report {
        let markdown =
            "## In short\n\n**Exports:** \\$5 [1].\n\n## More\n\n- fish [1][2]\n".to_owned();
        let marked = |marker: &str, nth: usize, source: u32| {
            let start = markdown.match_indices(marker).nth(nth).unwrap().0;
            Citation {
                marker: Some(marker.to_owned()),
                span: Some(Span { start, end: start + marker.len() }),
                sources: vec![source],
                ..Citation::default()
            }
        };
        let source = |id, title: &str, url: &str| Source {
            id,
            title: title.to_owned(),
            url: Some(url.to_owned()),
            ..Source::default()
        };
        Report {
            citations: vec![marked("[2]", 0, 2), marked("[1]", 0, 1), marked("[1]", 1, 1)],
            sources: vec![source(1, "A [x]", "https://a/(1)"), source(2, "B", "https://b/")],
            markdown,
            ..Report::default()
        }
    }

    #[test]
    fn markers_become_links() {
        let linked = linked(&report(), &Origin::test());
        assert!(linked.contains("\\$5 ([A \\[x\\]](https://a/%281%29)).\n"), "{linked}");
        assert!(linked.ends_with("- fish ([A \\[x\\]](https://a/%281%29))([B](https://b/))\n"));
        assert_eq!(replaced(&report(), |_| String::new()).matches('[').count(), 0);
    }

    #[test]
    fn sections_are_told_with_their_sources() {
        let sections = sections(&report());
        let told: Vec<_> = sections
            .iter()
            .map(|section| (&*section.title, &*section.text, &section.sources[..]))
            .collect();
        assert_eq!(told, [("In short", "Exports: $5.", &[1][..]), ("More", "- fish", &[2, 1][..])]);
        assert_eq!(plain("a\\*b **c**"), "a*b c");
    }
}
