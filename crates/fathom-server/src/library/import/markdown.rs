//! Markdown to plain text and blocks.

use fathom_core::BlockKind;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::builder::Builder;

/// Reads markdown. Links and images become their text, raw HTML loses its tags.
pub(super) fn read(markdown: &str) -> Builder {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS;
    let mut reader = Reader::default();
    for event in Parser::new_ext(markdown, options) {
        reader.take(event);
    }
    reader.flush();
    reader.out
}

#[derive(Default)]
struct Reader {
    out: Builder,
    /// The text of the block that is open.
    open: String,
    /// For each list item that is open, whether its first block has been written.
    items: Vec<bool>,
    cells: Vec<String>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.open.push_str(&text),
            Event::Html(html) => self.open.push_str(&without_tags(&html)),
            Event::InlineHtml(_) | Event::SoftBreak | Event::HardBreak => self.open.push(' '),
            Event::Rule => self.flush(),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.open.push_str(&text),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Item => {
                self.flush();
                self.items.push(false);
            }
            Tag::TableCell => self.open.clear(),
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. } => {}
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.close(BlockKind::Heading, depth(level)),
            TagEnd::CodeBlock => self.close(BlockKind::Code, 0),
            TagEnd::TableCell => self.cells.push(std::mem::take(&mut self.open)),
            TagEnd::TableHead => self.row(BlockKind::Header),
            TagEnd::TableRow => self.row(BlockKind::Row),
            TagEnd::Item => {
                self.flush();
                self.items.pop();
            }
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image => {}
            _ => self.flush(),
        }
    }

    fn row(&mut self, kind: BlockKind) {
        self.out.push_row(kind, &std::mem::take(&mut self.cells));
    }

    /// Writes what is open as a list item or a paragraph; only the first block of an item is the item.
    fn flush(&mut self) {
        if self.open.trim().is_empty() {
            self.open.clear();
            return;
        }
        let level = u8::try_from(self.items.len()).unwrap_or(u8::MAX);
        match self.items.last_mut() {
            Some(written) if !*written => {
                *written = true;
                self.close(BlockKind::Item, level);
            }
            _ => self.close(BlockKind::Paragraph, 0),
        }
    }

    fn close(&mut self, kind: BlockKind, level: u8) {
        self.out.push(kind, level, &std::mem::take(&mut self.open));
    }
}

const fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The text between tags.
pub(super) fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        out.push(' ');
        rest = match after.strip_prefix("!--") {
            Some(comment) => comment.split_once("-->").map_or("", |(_, after)| after),
            None => after.split_once('>').map_or("", |(_, after)| after),
        };
    }
    out.push_str(rest);
    out
}
