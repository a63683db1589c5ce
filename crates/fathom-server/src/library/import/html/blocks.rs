//! The elements of a page, block by block.

use dom_query::NodeRef;
use fathom_core::BlockKind;

use super::super::builder::Builder;
use super::table;

/// Reads everything below `root`.
pub(super) fn read(root: &NodeRef<'_>) -> Builder {
    let mut walk = Walk::default();
    walk.children(root);
    walk.settle();
    walk.out
}

/// The text of an element in one line, as a cell of a table has it.
pub(super) fn line(node: &NodeRef<'_>) -> String {
    let mut walk = Walk { is_flat: true, ..Walk::default() };
    walk.children(node);
    walk.open.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What an element does to the text around it.
enum Shape {
    /// Its words go on in the line.
    Inline,
    /// The same, but browsers often show it as a box of its own.
    Box,
    Block,
    Heading(u8),
    List,
    Item,
    Term,
    Meaning,
    Terms,
    Table,
    Code,
    Break,
    Picture,
    Raised,
    Nothing,
}

fn shape(name: &str) -> Shape {
    match name {
        "h1" => Shape::Heading(1),
        "h2" => Shape::Heading(2),
        "h3" => Shape::Heading(3),
        "h4" => Shape::Heading(4),
        "h5" => Shape::Heading(5),
        "h6" => Shape::Heading(6),
        "ul" | "ol" | "menu" | "dir" => Shape::List,
        "li" => Shape::Item,
        "dt" => Shape::Term,
        "dd" => Shape::Meaning,
        "dl" => Shape::Terms,
        "table" => Shape::Table,
        "pre" | "listing" | "xmp" => Shape::Code,
        "br" => Shape::Break,
        "img" => Shape::Picture,
        "sup" => Shape::Raised,
        "script" | "style" | "noscript" | "template" | "head" | "title" | "annotation"
        | "annotation-xml" | "iframe" | "object" | "svg" | "rp" | "rt" => Shape::Nothing,
        "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "aside" | "nav"
        | "figure" | "figcaption" | "blockquote" | "address" | "details" | "summary"
        | "fieldset" | "legend" | "form" | "center" | "hr" | "body" | "html" | "hgroup"
        | "dialog" | "option" | "caption" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th"
        | "video" | "audio" => Shape::Block,
        "span" | "a" | "label" | "button" | "time" | "data" | "output" | "b" | "strong" => {
            Shape::Box
        }
        name if name.contains('-') => Shape::Box,
        _ => Shape::Inline,
    }
}

#[derive(Default)]
struct Walk {
    out: Builder,
    /// The text of the block that is open.
    open: String,
    /// For each list item that is open, whether its first block has been written.
    items: Vec<bool>,
    /// A term whose explanation follows.
    term: Option<Term>,
    /// How many elements are open whose letters stand as they are.
    code: usize,
    /// Whether everything becomes one line.
    is_flat: bool,
    edge: Edge,
}

struct Term {
    text: String,
    /// Whether anything has been written with it.
    is_used: bool,
    /// Whether the next text is the beginning of what it means.
    is_next: bool,
}

/// What came last, where words of neighbours may run into each other.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Edge {
    #[default]
    None,
    /// A box has ended, and nothing has come since.
    Ended,
    /// Another one has begun right behind it.
    Between,
}

impl Walk {
    fn children(&mut self, node: &NodeRef<'_>) {
        for child in node.children_it(false) {
            self.node(&child);
        }
    }

    fn node(&mut self, node: &NodeRef<'_>) {
        if node.is_text() {
            return self.text(&node.text());
        }
        let Some(shape) = node.qual_name_ref().map(|name| shape(&name.local)) else { return };
        match shape {
            Shape::Inline => self.inline(node),
            Shape::Box => self.boxed(node),
            Shape::Block => self.block(node),
            Shape::Heading(level) => self.heading(node, level),
            Shape::List => self.list(node),
            Shape::Item => self.item(node),
            Shape::Term => self.term(node),
            Shape::Meaning => self.meaning(node),
            Shape::Terms => self.terms(node),
            Shape::Table => self.table(node),
            Shape::Code => self.listing(node),
            Shape::Break => self.open.push(' '),
            Shape::Picture => self.picture(node),
            Shape::Raised => self.raised(node),
            Shape::Nothing => {}
        }
    }

    fn text(&mut self, text: &str) {
        let Some(first) = text.chars().next() else { return };
        if std::mem::take(&mut self.edge) == Edge::Between && self.runs_together(first, text) {
            self.open.push(' ');
        }
        self.open.push_str(text);
    }

    /// Whether words of two boxes would become one. A single letter is the beginning of a word that is drawn larger.
    fn runs_together(&self, first: char, text: &str) -> bool {
        let mut before = self.open.chars().rev();
        let (last, earlier) = (before.next(), before.next());
        let alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        let is_initial = last.is_some_and(char::is_alphabetic)
            && alone(earlier)
            && first.is_lowercase()
            && !alone(text.chars().nth(1));
        first.is_alphanumeric() && last.is_some_and(char::is_alphanumeric) && !is_initial
    }

    fn inline(&mut self, node: &NodeRef<'_>) {
        let is_code = node.has_name("code") || node.has_name("kbd") || node.has_name("samp");
        self.code += usize::from(is_code);
        self.children(node);
        self.code -= usize::from(is_code);
    }

    fn boxed(&mut self, node: &NodeRef<'_>) {
        if self.code > 0 {
            return self.children(node);
        }
        if self.edge == Edge::Ended {
            self.edge = Edge::Between;
        }
        self.children(node);
        if self.edge == Edge::None {
            self.edge = Edge::Ended;
        }
    }

    fn block(&mut self, node: &NodeRef<'_>) {
        self.flush();
        self.children(node);
        self.flush();
    }

    fn heading(&mut self, node: &NodeRef<'_>, level: u8) {
        self.settle();
        self.children(node);
        if self.is_flat {
            return self.flush();
        }
        self.close(BlockKind::Heading, level);
    }

    fn list(&mut self, node: &NodeRef<'_>) {
        self.settle();
        self.children(node);
        self.flush();
    }

    fn item(&mut self, node: &NodeRef<'_>) {
        self.flush();
        if self.is_flat && node.prev_element_sibling().is_some() {
            self.open.truncate(self.open.trim_end().len());
            self.open.push_str(", ");
        }
        self.items.push(false);
        self.children(node);
        self.settle();
        self.items.pop();
    }

    /// A term is written together with what it means.
    fn term(&mut self, node: &NodeRef<'_>) {
        self.flush();
        if self.is_flat {
            return self.block(node);
        }
        let earlier = self.term.take().filter(|term| !term.is_used);
        self.children(node);
        let text = std::mem::take(&mut self.open);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let parts = earlier.map(|term| term.text).into_iter().chain(Some(text));
        let text = parts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
        let term = Term { text, is_used: false, is_next: false };
        self.term = Some(term).filter(|term| !term.text.is_empty());
        self.edge = Edge::None;
    }

    fn meaning(&mut self, node: &NodeRef<'_>) {
        self.flush();
        if let Some(term) = &mut self.term {
            term.is_next = true;
        }
        self.block(node);
    }

    fn terms(&mut self, node: &NodeRef<'_>) {
        self.settle();
        self.children(node);
        self.settle();
    }

    fn table(&mut self, node: &NodeRef<'_>) {
        if self.is_flat {
            return self.block(node);
        }
        self.settle();
        match table::read(node) {
            Some(table) => table.write(&mut self.out),
            // A table that only arranges things on the page.
            None => self.block(node),
        }
    }

    fn listing(&mut self, node: &NodeRef<'_>) {
        if self.is_flat {
            return self.block(node);
        }
        self.settle();
        let mut code = String::new();
        lines(node, &mut code);
        self.out.push(BlockKind::Code, 0, &code);
    }

    fn picture(&mut self, node: &NodeRef<'_>) {
        if let Some(words) = node.attr("alt").filter(|words| !words.trim().is_empty()) {
            self.open.push(' ');
            self.open.push_str(&words);
            self.open.push(' ');
        }
    }

    /// A raised number behind a number is a power, or the mark of a note where it is a link: never more digits.
    fn raised(&mut self, node: &NodeRef<'_>) {
        let is_digit = |c: char| c.is_ascii_digit();
        let begins =
            node.text().trim_start().starts_with(|c| is_digit(c) || matches!(c, '-' | '\u{2212}'));
        if self.open.ends_with(is_digit) && begins {
            let is_note = node.descendants_it().any(|inner| inner.has_name("a"));
            self.open.push(if is_note { ' ' } else { '^' });
        }
        self.children(node);
    }

    /// Writes what is open as a list item or a paragraph; only the first block of an item is the item.
    fn flush(&mut self) {
        self.edge = Edge::None;
        if self.is_flat {
            return self.open.push(' ');
        }
        if self.open.trim().is_empty() {
            return self.open.clear();
        }
        let level = u8::try_from(self.items.len()).unwrap_or(u8::MAX);
        if let Some(term) = self.term.as_mut().filter(|term| term.is_next) {
            (term.is_used, term.is_next) = (true, false);
            self.open = explained(&term.text, self.open.trim());
            return self.close(BlockKind::Item, level.saturating_add(1));
        }
        match self.items.last_mut() {
            Some(written) if !*written => {
                *written = true;
                self.close(BlockKind::Item, level);
            }
            _ => self.close(BlockKind::Paragraph, 0),
        }
    }

    /// The same, and a term that nothing explains stands for itself.
    fn settle(&mut self) {
        self.flush();
        if let Some(term) = self.term.take().filter(|term| !term.is_used) {
            let level = u8::try_from(self.items.len()).unwrap_or(u8::MAX);
            self.out.push(BlockKind::Item, level.saturating_add(1), &term.text);
        }
    }

    fn close(&mut self, kind: BlockKind, level: u8) {
        self.edge = Edge::None;
        self.out.push(kind, level, &std::mem::take(&mut self.open));
    }
}

fn explained(term: &str, text: &str) -> String {
    let mark = if term.ends_with([':', '?', '.', '!']) { " " } else { ": " };
    [term, mark, text].concat()
}

/// The letters of a program, as they stand.
fn lines(node: &NodeRef<'_>, out: &mut String) {
    for child in node.children_it(false) {
        if child.is_text() {
            out.push_str(&child.text());
            continue;
        }
        let Some(shape) = child.qual_name_ref().map(|name| shape(&name.local)) else { continue };
        match shape {
            Shape::Break => out.push('\n'),
            Shape::Nothing => {}
            Shape::Block | Shape::Item | Shape::Table
                if !out.is_empty() && !out.ends_with('\n') =>
            {
                out.push('\n');
                lines(&child, out);
            }
            _ => lines(&child, out),
        }
    }
}
