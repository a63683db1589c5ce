//! A finished report, as its reader sees it.

use std::collections::HashSet;
use std::ops::Range;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

/// A run that has ended.
#[derive(Deserialize)]
pub(super) struct Run {
    pub status: String,
    pub report: Option<Report>,
}

#[derive(Deserialize)]
pub(super) struct Report {
    markdown: String,
    #[serde(default)]
    citations: Vec<Citation>,
    grade: Option<Grade>,
    confidence: Option<f64>,
    structured: Option<Value>,
}

#[derive(Deserialize)]
struct Citation {
    span: Option<Span>,
    #[serde(default)]
    evidence: Vec<Evidence>,
}

#[derive(Deserialize)]
struct Span {
    start: usize,
}

#[derive(Clone, Deserialize)]
struct Evidence {
    document: String,
    start: usize,
    end: usize,
    quote: String,
}

/// What a report says of itself.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    Answered,
    Related,
    Nothing,
}

/// A quote, at its first place in the report.
#[derive(Clone)]
pub struct Quote {
    pub document: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
    /// Whether it stands in the part that answers.
    pub answers: bool,
}

/// A report and how long it took.
pub struct Answer {
    pub markdown: String,
    pub grade: Grade,
    pub confidence: Option<f64>,
    /// In reading order, each once.
    pub quotes: Vec<Quote>,
    /// All quotes, those of fields too.
    pub evidence: Vec<Quote>,
    pub structured: Option<Value>,
    pub took: Duration,
}

impl Answer {
    pub(super) fn read(report: Report, took: Duration) -> Self {
        let part = first_section(&report.markdown);
        let mut quotes = in_order(&report.citations, &part);
        let evidence = report.citations.iter().flat_map(|citation| &citation.evidence);
        let evidence = evidence.map(|evidence| quote(evidence, false)).collect();
        // A program that sends no grade says by quoting that it answers.
        let derived = if quotes.is_empty() { Grade::Nothing } else { Grade::Answered };
        let grade = report.grade.unwrap_or(derived);
        for quote in &mut quotes {
            quote.answers &= grade == Grade::Answered;
        }
        let (markdown, confidence) = (report.markdown, report.confidence);
        let structured = report.structured;
        Self { markdown, grade, confidence, quotes, evidence, structured, took }
    }
}

impl Quote {
    /// The path of the document, without its version.
    pub fn path(&self) -> &str {
        self.document.rsplit_once('@').map_or(&self.document, |(path, _)| path)
    }
}

/// The evidence of citations that stand in the text, by their place there.
fn in_order(citations: &[Citation], part: &Range<usize>) -> Vec<Quote> {
    let place = |citation: &Citation| citation.span.as_ref().map(|span| span.start);
    let mut placed: Vec<(usize, &Citation)> =
        citations.iter().filter_map(|citation| Some((place(citation)?, citation))).collect();
    placed.sort_by_key(|(start, _)| *start);
    let quotes = placed.into_iter().flat_map(|(place, citation)| {
        citation.evidence.iter().map(move |evidence| quote(evidence, part.contains(&place)))
    });
    let mut seen = HashSet::new();
    quotes.filter(|quote| seen.insert((quote.document.clone(), quote.start, quote.end))).collect()
}

fn quote(evidence: &Evidence, answers: bool) -> Quote {
    let Evidence { document, start, end, quote: text } = evidence.clone();
    Quote { document, start, end, text, answers }
}

/// From the first `## ` to the second; the whole of a text without any.
fn first_section(markdown: &str) -> Range<usize> {
    let mut at = 0;
    let mut starts = Vec::new();
    for line in markdown.split_inclusive('\n') {
        if line.starts_with("## ") {
            starts.push(at);
        }
        at += line.len();
    }
    let start = starts.first().copied().unwrap_or_default();
    start..starts.get(1).copied().unwrap_or(markdown.len())
}
