//! Running tasks and checking what every report promises.

use fathom_core::{Citation, Event, Report, StoredDocument, Task};
use fathom_engine::{Index, MemoryIndex, Observer, research};
use pulldown_cmark::{Event as Markup, Options, Parser, Tag};

/// Keeps the events and cancels after a number of them.
#[derive(Default)]
pub(crate) struct Watch {
    pub(crate) events: Vec<Event>,
    pub(crate) cancel_after: Option<usize>,
}

impl Observer for Watch {
    fn event(&mut self, event: Event) {
        self.events.push(event);
    }

    fn is_cancelled(&self) -> bool {
        self.cancel_after.is_some_and(|most| self.events.len() >= most)
    }
}

pub(crate) fn index(documents: &[StoredDocument]) -> MemoryIndex {
    documents.iter().cloned().collect()
}

pub(crate) fn task(question: &str) -> Task {
    Task { question: question.to_owned(), ..Task::default() }
}

/// Runs a task and checks the laws.
pub(crate) fn run(task: &Task, index: &MemoryIndex) -> Report {
    let mut watch = Watch::default();
    let report = research(task, None, index, &mut watch).unwrap();
    check(&report, index, &watch.events);
    report
}

pub(crate) fn ask(question: &str, documents: &[StoredDocument]) -> Report {
    run(&task(question), &index(documents))
}

/// What is true of every report.
pub(crate) fn check(report: &Report, index: &MemoryIndex, events: &[Event]) {
    evidence_is_stored_text(report, index);
    markers_are_cited_in_order(report);
    sources_are_numbered_by_first_use(report);
    quotes_render_as_themselves(report);
    structure_is_ours(report, events);
}

fn evidence_is_stored_text(report: &Report, index: &MemoryIndex) {
    for evidence in report.citations.iter().flat_map(|citation| &citation.evidence) {
        let document = index.document(&evidence.document).unwrap().unwrap();
        assert_eq!(document.text.get(evidence.start..evidence.end), Some(evidence.quote.as_str()));
        assert!(!evidence.quote.trim().is_empty());
    }
}

fn marked(report: &Report) -> impl Iterator<Item = &Citation> {
    report.citations.iter().filter(|citation| citation.marker.is_some())
}

fn markers_are_cited_in_order(report: &Report) {
    let mut reached = 0;
    for citation in marked(report) {
        let span = citation.span.unwrap();
        assert!(span.start >= reached);
        reached = span.end;
        assert_eq!(Some(&report.markdown[span.start..span.end]), citation.marker.as_deref());
        assert_eq!(citation.marker, Some(format!("[{}]", citation.sources[0])));
    }
    let plain = report.markdown.replace("\\[", "").replace("\\\\", "");
    assert_eq!(
        plain.matches('[').count(),
        marked(report).count(),
        "nothing else looks like a marker"
    );
}

fn sources_are_numbered_by_first_use(report: &Report) {
    let ids: Vec<u32> = report.sources.iter().map(|source| source.id).collect();
    assert_eq!(ids, (1..=u32::try_from(ids.len()).unwrap()).collect::<Vec<_>>());
    let mut first_used: Vec<u32> = Vec::new();
    for id in report.citations.iter().flat_map(|citation| &citation.sources) {
        if !first_used.contains(id) {
            first_used.push(*id);
        }
    }
    assert_eq!(first_used, ids);
}

/// White space and control characters are the only difference between a quote and what a reader sees.
pub(crate) fn collapse(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The text that a reader of the markdown sees.
pub(crate) fn rendered(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(
        markdown,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH,
    ) {
        match event {
            Markup::Text(words) => text.push_str(&words),
            Markup::Start(Tag::Strong) | Markup::End(pulldown_cmark::TagEnd::Strong) => {}
            Markup::Start(_) | Markup::End(_) | Markup::SoftBreak => text.push(' '),
            other => panic!("a report holds text, headings, lists and tables only, not {other:?}"),
        }
    }
    collapse(&text)
}

fn quotes_render_as_themselves(report: &Report) {
    let text = rendered(&report.markdown);
    for citation in marked(report) {
        let quote = collapse(&citation.evidence[0].quote);
        let near = text.contains(&quote)
            || report.citations.iter().any(|other| {
                other.evidence[0].quote != citation.evidence[0].quote && near(citation, other)
            });
        assert!(near, "{quote:?} is not to be seen in {text:?}");
    }
}

/// A second source that says the same in other white space or signs is a marker without its words.
fn near(one: &Citation, other: &Citation) -> bool {
    let (Some(one), Some(other)) = (one.span, other.span) else { return false };
    other.end == one.start
}

fn structure_is_ours(report: &Report, events: &[Event]) {
    assert!(
        report.markdown.is_empty()
            || report.markdown.starts_with("## In short\n\n")
            || report.markdown.starts_with("## Closest passages\n\n"),
        "{}",
        report.markdown
    );
    let outline = events.iter().find_map(|event| match event {
        Event::OutlineMade { sections } => Some(sections.clone()),
        _ => None,
    });
    let parser = Parser::new_ext(&report.markdown, Options::ENABLE_TABLES);
    let headings = parser.filter(|event| matches!(event, Markup::Start(Tag::Heading { level, .. }) if *level == pulldown_cmark::HeadingLevel::H2));
    assert_eq!(Some(headings.count()), outline.map(|sections| sections.len()));
    let told: String = events
        .iter()
        .filter_map(|event| match event {
            Event::TextDelta { text } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(told, report.markdown);
}
