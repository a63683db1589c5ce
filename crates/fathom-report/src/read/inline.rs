//! Running text: from the parser's events to our tree.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{
    assemble::{self, Node, Run},
    source::{OPENING, Source},
    text::Text,
};
use crate::block::{Address, Cell, Inline};

/// How deep emphasis and links may nest; what is deeper loses its marks and keeps its text.
const DEEPEST: usize = 24;

/// Reads the text of a cell.
pub(super) fn cell(text: &Text) -> Cell {
    Cell { content: read(text) }
}

/// Reads running text.
pub(super) fn read(text: &Text) -> Vec<Inline> {
    if is_plain(text.as_str()) {
        return plain(text.as_str());
    }
    parse(&Source::new(text), Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH)
}

/// Whether nothing in the text can mean more than itself.
fn is_plain(text: &str) -> bool {
    let special = |c| {
        matches!(
            c,
            '\\' | '`'
                | '*'
                | '_'
                | '~'
                | '['
                | ']'
                | '<'
                | '&'
                | '$'
                | '\r'
                | '\0'
                | '【'
                | '\u{e200}'
        )
    };
    !text.contains(special)
        && !text.contains("://")
        && !text.contains("  \n")
        && !text.contains("citeturn")
}

fn plain(text: &str) -> Vec<Inline> {
    let mut content = Vec::new();
    for (index, line) in text.trim_end().split('\n').enumerate() {
        if index > 0 {
            content.push(Inline::SoftBreak);
        }
        content.push(Inline::text(line.trim_end()));
    }
    content.retain(|inline| !matches!(inline, Inline::Text { text } if text.is_empty()));
    content
}

fn parse(source: &Source, options: Options) -> Vec<Inline> {
    let mut builder = Builder::new(source);
    for (event, range) in Parser::new_ext(&source.input, options).into_offset_iter() {
        if range.start >= OPENING.len() {
            builder.event(event, range);
        }
    }
    builder.finish()
}

/// A container that is open.
struct Frame {
    kind: Kind,
    nodes: Vec<Node>,
}

enum Kind {
    Root,
    Emphasis,
    Strong,
    Strike,
    Link { href: String, title: String },
    Image { src: String },
}

struct Builder<'a> {
    source: &'a Source,
    frames: Vec<Frame>,
    /// Containers that were too deep to keep and are still open.
    dissolved: usize,
}

impl<'a> Builder<'a> {
    fn new(source: &'a Source) -> Self {
        Self { source, frames: vec![Frame { kind: Kind::Root, nodes: Vec::new() }], dissolved: 0 }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&text, &range),
            Event::Code(code) => self.done(Inline::Code { text: code.into_string() }),
            Event::InlineMath(tex) => self.math(&tex, false, &range),
            Event::DisplayMath(tex) => self.math(&tex, true, &range),
            Event::InlineHtml(raw) | Event::Html(raw) => {
                let span = self.source.span(&range);
                self.push(Node::Html { raw: raw.into_string(), span });
            }
            Event::SoftBreak => self.done(Inline::SoftBreak),
            Event::HardBreak => self.done(Inline::LineBreak),
            Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let kind = match tag {
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strike,
            Tag::Link { dest_url, title, .. } => {
                Kind::Link { href: dest_url.into_string(), title: title.into_string() }
            }
            Tag::Image { dest_url, .. } => Kind::Image { src: dest_url.into_string() },
            _ => return,
        };
        if self.frames.len() > DEEPEST {
            self.dissolved += 1;
        } else {
            self.frames.push(Frame { kind, nodes: Vec::new() });
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if !matches!(
            tag,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image
        ) {
            return;
        }
        if self.dissolved > 0 {
            self.dissolved -= 1;
        } else if self.frames.len() > 1
            && let Some(frame) = self.frames.pop()
        {
            self.close(frame, &range);
        }
    }

    fn close(&mut self, frame: Frame, range: &Range<usize>) {
        let span = self.source.span(range);
        match frame.kind {
            Kind::Root => {}
            Kind::Emphasis => {
                let content = self.assemble(frame.nodes);
                self.done(Inline::Emphasis { content });
            }
            Kind::Strong => {
                let content = self.assemble(frame.nodes);
                self.done(Inline::Strong { content });
            }
            Kind::Strike => {
                let content = self.assemble(frame.nodes);
                self.done(Inline::Strike { content });
            }
            Kind::Link { href, title } => match Address::parse(&href) {
                Some(href) => {
                    let content = assemble::assemble(frame.nodes, true);
                    let raw = self.source.raw(range);
                    self.push(assemble::link(href, title, content, &raw, span));
                }
                None => self.refused(range),
            },
            Kind::Image { src } => match Address::parse(&src).filter(|src| src.host().is_some()) {
                Some(src) => {
                    let alt = crate::words::plain(&assemble::assemble(frame.nodes, true));
                    self.done(Inline::Image { src, alt });
                }
                None => self.refused(range),
            },
        }
    }

    /// Shows what was written, for an address that must not be followed.
    fn refused(&mut self, range: &Range<usize>) {
        let raw = self.source.raw(range).into_owned();
        self.done(Inline::Text { text: raw });
    }

    fn assemble(&self, nodes: Vec<Node>) -> Vec<Inline> {
        let in_link = self
            .frames
            .iter()
            .any(|frame| matches!(frame.kind, Kind::Link { .. } | Kind::Image { .. }));
        assemble::assemble(nodes, in_link)
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        let start = self.source.markdown(range.start);
        if let Some(Node::Run(run)) =
            self.frames.last_mut().and_then(|frame| frame.nodes.last_mut())
        {
            return run.push(text, start);
        }
        let mut run = Run::default();
        run.push(text, start);
        self.push(Node::Run(run));
    }

    fn math(&mut self, tex: &str, display: bool, range: &Range<usize>) {
        let next = self.source.input.as_bytes().get(range.end).copied();
        if display || is_formula(tex, next) {
            return self.done(Inline::Math { tex: tex.to_owned(), display });
        }
        let raw = self.source.raw(range);
        let text = Text::at(&raw, self.source.markdown(range.start));
        let content = parse(&Source::new(&text), Options::ENABLE_STRIKETHROUGH);
        content.into_iter().for_each(|inline| self.done(inline));
    }

    fn done(&mut self, inline: Inline) {
        self.push(Node::Done(inline));
    }

    fn push(&mut self, node: Node) {
        if let Some(frame) = self.frames.last_mut() {
            frame.nodes.push(node);
        }
    }

    fn finish(mut self) -> Vec<Inline> {
        let root = if self.frames.is_empty() { None } else { Some(self.frames.swap_remove(0)) };
        root.map_or_else(Vec::new, |root| assemble::assemble(root.nodes, false))
    }
}

/// Whether the text between two dollar signs is a formula rather than words between two prices.
fn is_formula(tex: &str, next: Option<u8>) -> bool {
    let price = tex.starts_with(|c: char| c.is_ascii_digit());
    let operator = tex.contains(['\\', '^', '_', '=', '{', '+', '<', '>']);
    !next.is_some_and(|byte| byte.is_ascii_digit()) && (!price || operator)
}
