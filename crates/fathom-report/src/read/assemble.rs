//! The last step of reading text: from what stands side by side to inlines with citations.

use fathom_core::Span;

use super::elements::elements;
use crate::{
    block::{Address, Inline},
    citation::{
        Form, Marker, Target, numbers,
        scan::{self, What},
        tag::Tag,
    },
    words,
};

/// One of the things that stand side by side.
#[derive(Debug)]
pub(super) enum Node {
    /// Plain text in which markers have not been looked for.
    Run(Run),
    /// A tag.
    Html { raw: String, span: Span },
    /// A link and what was written.
    Link { inline: Inline, raw: String },
    /// Finished.
    Done(Inline),
}

/// Plain text with a map to the bytes of the markdown.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    pub(super) text: String,
    map: Vec<(usize, usize)>,
}

impl Run {
    pub(super) fn push(&mut self, text: &str, start: usize) {
        self.map.push((self.text.len(), start));
        self.text.push_str(text);
    }

    fn markdown(&self, at: usize) -> usize {
        let next = self.map.partition_point(|(from, _)| *from <= at);
        let before = next.checked_sub(1).and_then(|index| self.map.get(index));
        before.map_or(0, |(from, to)| to + at - from)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let last = end.checked_sub(1).map_or(0, |last| self.markdown(last) + 1);
        Span { start: self.markdown(start), end: last }
    }

    /// The rest from a byte on.
    fn after(&self, at: usize) -> Self {
        let mut rest = Self::default();
        rest.push(self.text.get(at..).unwrap_or_default(), self.markdown(at));
        rest.map.extend(
            self.map.iter().filter(|(from, _)| *from > at).map(|(from, to)| (from - at, *to)),
        );
        rest
    }
}

/// Makes inlines of what stands side by side. Within a link nothing else can be clicked, so no
/// marker is looked for there.
pub(super) fn assemble(nodes: Vec<Node>, in_link: bool) -> Vec<Inline> {
    let nodes = if in_link { nodes } else { parentheses(elements(nodes)) };
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Run(run) if in_link => push_text(&mut out, &run.text),
            Node::Run(run) => read_run(&run, &mut out),
            Node::Html { raw, .. } => push_html(&mut out, &raw),
            Node::Link { inline, .. } => out.push(inline),
            Node::Done(Inline::Text { text }) => push_text(&mut out, &text),
            Node::Done(inline) => out.push(inline),
        }
    }
    out
}

fn push_text(out: &mut Vec<Inline>, text: &str) {
    match out.last_mut() {
        _ if text.is_empty() => {}
        Some(Inline::Text { text: before }) => before.push_str(text),
        _ => out.push(Inline::text(text)),
    }
}

fn push_html(out: &mut Vec<Inline>, raw: &str) {
    if Tag::read(raw).is_some_and(|tag| tag.name == "br") {
        out.push(Inline::LineBreak);
    } else {
        push_text(out, raw);
    }
}

fn read_run(run: &Run, out: &mut Vec<Inline>) {
    let mut from = 0;
    for found in scan::scan(&run.text) {
        push_text(out, run.text.get(from..found.range.start).unwrap_or_default());
        let raw = run.text.get(found.range.clone()).unwrap_or_default().to_owned();
        let span = run.span(found.range.start, found.range.end);
        out.push(match found.what {
            What::Marker(form, targets) => citation(raw, span, form, targets),
            What::Reference(text, label) => {
                Inline::Reference { label, content: vec![Inline::text(text)], raw }
            }
        });
        from = found.range.end;
    }
    push_text(out, run.text.get(from..).unwrap_or_default());
}

pub(super) fn citation(raw: String, span: Span, form: Form, targets: Vec<Target>) -> Inline {
    Inline::Citation { marker: Marker { raw, span, form, targets } }
}

/// A link, or the marker that it is.
pub(super) fn link(
    href: Address,
    title: String,
    content: Vec<Inline>,
    raw: &str,
    span: Span,
) -> Node {
    let words = words::plain(&content);
    let bare = words.trim().trim_start_matches('[').trim_end_matches(']').trim();
    let marker = |form, targets| Node::Done(citation(raw.to_owned(), span, form, targets));
    if let Some(numbers) = numbers::read(bare) {
        let inside = href.fragment().is_some();
        let page = Target::Page { url: href, title };
        return marker(Form::NumberLink, if inside { numbers } else { vec![page] });
    }
    if let Some(named) = bare.strip_prefix("citation:") {
        let targets = match numbers::read(named) {
            Some(numbers) if href.fragment().is_some() => numbers,
            _ => vec![Target::Page { url: href, title: named.trim().to_owned() }],
        };
        return marker(Form::CitationLink, targets);
    }
    if raw.starts_with('<') && href.host().is_some() {
        return marker(Form::BareAddress, vec![Target::Page { url: href, title }]);
    }
    Node::Link { inline: Inline::Link { href, title, content }, raw: raw.to_owned() }
}

/// Makes markers of `([Title](url))` and `([Title](url), [Title](url))`.
fn parentheses(nodes: Vec<Node>) -> Vec<Node> {
    if !nodes.iter().any(|node| matches!(node, Node::Link { .. })) {
        return nodes;
    }
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    let mut links = 0;
    for node in nodes {
        let closes = matches!(&node, Node::Run(run) if run.text.starts_with(')'));
        let parts = matches!(&node, Node::Run(run) if matches!(run.text.trim(), "," | ";"));
        if matches!(node, Node::Link { .. }) && (links > 0 || ends_open(out.last())) {
            links += 1;
        } else if closes && links > 0 {
            let Node::Run(run) = node else { continue };
            enclose(&mut out, links, &run);
            links = 0;
            continue;
        } else if !parts {
            links = 0;
        }
        out.push(node);
    }
    out
}

fn ends_open(node: Option<&Node>) -> bool {
    matches!(node, Some(Node::Run(run)) if run.text.ends_with('('))
}

/// Replaces the last `links` links, what parts them and the brackets around them by one marker.
fn enclose(out: &mut Vec<Node>, links: usize, closing: &Run) {
    let tail = out.split_off(out.len().saturating_sub(2 * links - 1));
    let Some(Node::Run(before)) = out.last_mut() else { return };
    before.text.pop();
    let start = before.markdown(before.text.len());
    let mut raw = String::from("(");
    let mut targets = Vec::new();
    for node in tail {
        match node {
            Node::Link { inline: Inline::Link { href, content, .. }, raw: written } => {
                raw.push_str(&written);
                targets.push(Target::Page { url: href, title: words::plain(&content) });
            }
            Node::Run(run) => raw.push_str(&run.text),
            _ => {}
        }
    }
    raw.push(')');
    let span = Span { start, end: closing.markdown(0) + 1 };
    out.push(Node::Done(citation(raw, span, Form::LinkInParentheses, targets)));
    out.push(Node::Run(closing.after(1)));
}
