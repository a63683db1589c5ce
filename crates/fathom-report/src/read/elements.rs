//! Elements that mean something: citations, superscripts, code.

use fathom_core::Span;

use super::assemble::{Node, citation};
use crate::{
    block::{Address, Inline},
    citation::{
        Form, Target, numbers,
        scan::{self, What},
        tag::Tag,
    },
    walk, words,
};

/// Makes markers of `<cite>`, `<citation>` and `<sup>` elements, and text of code elements.
pub(super) fn elements(nodes: Vec<Node>) -> Vec<Node> {
    if !nodes.iter().any(|node| matches!(node, Node::Html { .. })) {
        return nodes;
    }
    let mut out = Vec::with_capacity(nodes.len());
    let mut nodes = nodes.into_iter().peekable();
    while let Some(node) = nodes.next() {
        let Node::Html { raw, span } = node else {
            out.push(node);
            continue;
        };
        let Some(tag) = Tag::read(&raw).filter(|tag| !tag.closes && is_element(&tag.name)) else {
            out.push(Node::Html { raw, span });
            continue;
        };
        let mut inner = Vec::new();
        let mut end = None;
        if !tag.empty {
            while end.is_none() && nodes.peek().is_some() && inner.len() < 64 {
                match nodes.next_if(|node| !begins_element(node)) {
                    Some(Node::Html { raw, span }) if is_end(&raw, &tag.name) => {
                        end = Some((raw, span))
                    }
                    Some(other) => inner.push(other),
                    None => break,
                }
            }
        }
        match end {
            None if !tag.empty => {
                out.push(Node::Html { raw, span });
                out.extend(inner);
            }
            end => element(&tag, (&raw, span), inner, end, &mut out),
        }
    }
    out
}

fn is_element(name: &str) -> bool {
    matches!(name, "cite" | "citation" | "sup" | "code" | "pre")
}

fn begins_element(node: &Node) -> bool {
    let tag = if let Node::Html { raw, .. } = node { Tag::read(raw) } else { None };
    tag.is_some_and(|tag| !tag.closes && !tag.empty && is_element(&tag.name))
}

fn is_end(raw: &str, name: &str) -> bool {
    Tag::read(raw).is_some_and(|tag| tag.closes && tag.name == name)
}

fn element(
    tag: &Tag<'_>,
    open: (&str, Span),
    inner: Vec<Node>,
    end: Option<(String, Span)>,
    out: &mut Vec<Node>,
) {
    let text = inner.iter().map(node_text).collect::<String>();
    let (end_raw, end_span) = end.unwrap_or((String::new(), open.1));
    let raw = format!("{}{text}{end_raw}", open.0);
    let span = Span { start: open.1.start, end: end_span.end };
    let finished = |form, targets| Node::Done(citation(raw.clone(), span, form, targets));
    let only_markers = !inner.is_empty() && inner.iter().all(is_marker);
    match tag.name.as_str() {
        "code" | "pre" => out.push(Node::Done(Inline::text(raw))),
        "sup" | "cite" | "citation" if only_markers => out.extend(inner),
        "sup" => match superscript(&text, out.last()) {
            Some(targets) => out.push(finished(Form::Superscript, targets)),
            None => out.push(Node::Done(Inline::text(raised(&text).unwrap_or(raw)))),
        },
        _ if holds_markers(&inner, &text) => {
            out.extend(inner);
            // Markers are in order and apart, so this one stands where the element ends.
            let own = |targets| Node::Done(citation(end_raw, end_span, Form::CiteTag, targets));
            out.extend(attributed(tag).map(own));
        }
        _ => match named(tag, &text) {
            (targets, true) => out.push(finished(Form::CiteTag, targets)),
            (targets, false) => {
                out.extend(inner);
                out.push(finished(Form::CiteTag, targets));
            }
        },
    }
}

fn is_marker(node: &Node) -> bool {
    match node {
        Node::Done(Inline::Citation { .. }) => true,
        Node::Run(run) => run.text.chars().all(|c| c.is_whitespace() || ",;".contains(c)),
        _ => false,
    }
}

fn node_text(node: &Node) -> String {
    match node {
        Node::Run(run) => run.text.clone(),
        Node::Html { raw, .. } => raw.clone(),
        Node::Done(Inline::Citation { marker }) => marker.raw.clone(),
        Node::Link { inline, .. } | Node::Done(inline) => {
            words::plain(std::slice::from_ref(inline))
        }
    }
}

/// Whether markers of their own stand in an element, at any depth. One that holds nothing but
/// numbers, `text` being all of it, is itself the marker.
fn holds_markers(inner: &[Node], text: &str) -> bool {
    let is_marker = |found: &scan::Found| matches!(found.what, What::Marker(..));
    let is_numbers = plain_numbers(text).is_some();
    inner.iter().any(|node| match node {
        Node::Run(run) => !is_numbers && scan::scan(&run.text).iter().any(is_marker),
        Node::Done(inline) | Node::Link { inline, .. } => {
            let mut found = false;
            walk::inlines(std::slice::from_ref(inline), &mut |inline| {
                found |= matches!(inline, Inline::Citation { .. });
            });
            found
        }
        Node::Html { .. } => false,
    })
}

/// The targets of a cite element, and whether the marker stands for its text too. Text that is
/// itself a claim, as in `<cite index="1">claim</cite>`, stays.
fn named(tag: &Tag<'_>, text: &str) -> (Vec<Target>, bool) {
    let numbers = plain_numbers(text);
    if let Some(mut targets) = attributed(tag) {
        let page = targets.iter_mut().find_map(|target| match target {
            Target::Page { title, .. } => Some(title),
            _ => None,
        });
        let whole = page.is_some() || numbers.is_some() || text.trim().is_empty();
        if let (Some(title), None) = (page, numbers) {
            text.trim().clone_into(title);
        }
        return (targets, whole);
    }
    let name = || {
        vec![Target::Name(text.trim().to_owned())].into_iter().filter(|_| !text.trim().is_empty())
    };
    (numbers.unwrap_or_else(|| name().collect()), true)
}

/// The targets that the attributes of a cite element name.
fn attributed(tag: &Tag<'_>) -> Option<Vec<Target>> {
    let url = tag.attribute(&["href", "url", "src"]).and_then(Address::parse);
    let page = url.map(|url| vec![Target::Page { url, title: String::new() }]);
    page.or_else(|| {
        tag.attribute(&["id", "index", "source", "ref", "doc"]).map(scan::number_or_name)
    })
}

/// Numbers with or without square brackets: `1`, `[1]`, `[1][2]`, `[1, 2]`.
fn plain_numbers(text: &str) -> Option<Vec<Target>> {
    let text = text.trim().replace("][", ",");
    numbers::read(text.trim_start_matches('[').trim_end_matches(']'))
}

/// The targets of a raised text, unless it is an exponent.
fn superscript(text: &str, before: Option<&Node>) -> Option<Vec<Target>> {
    let targets = plain_numbers(text)?;
    let bracketed = text.trim().starts_with('[');
    (bracketed || !before.is_some_and(ends_with_unit)).then_some(targets)
}

/// Whether a raised number after this would be an exponent: after a digit, a symbol of one or two
/// letters (`km`, `m`, `x`), or the name of a unit of length.
fn ends_with_unit(node: &Node) -> bool {
    let text = node_text(node);
    let word = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let units = [
        "mile",
        "miles",
        "inch",
        "inches",
        "foot",
        "feet",
        "yard",
        "yards",
        "metre",
        "metres",
        "meter",
        "meters",
        "kilometre",
        "kilometres",
        "kilometer",
        "kilometers",
    ];
    let symbol = word.is_ascii() && word.len() <= 2;
    !word.is_empty()
        && (symbol || word.ends_with(|c: char| c.is_ascii_digit()) || units.contains(&word))
        && !text.ends_with(|c: char| !c.is_alphanumeric())
}

/// A raised number in the characters made for it.
fn raised(text: &str) -> Option<String> {
    let raise = |c: char| match c {
        '1' => Some('¹'),
        '2' => Some('²'),
        '3' => Some('³'),
        '0' | '4'..='9' => char::from_u32(0x2070 + c.to_digit(10)?),
        '+' => Some('⁺'),
        '-' | '−' => Some('⁻'),
        'n' => Some('ⁿ'),
        _ => None,
    };
    text.trim().chars().map(raise).collect::<Option<String>>().filter(|text| !text.is_empty())
}
