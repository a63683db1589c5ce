//! The blocks of one container, read a line at a time.
//!
//! A line is looked at once, when it is complete. It either goes on with the block that is open or
//! closes it and begins another; a closed block is never looked at again. Containers hold a reader
//! of their own, so the rule holds at every depth.

use super::{
    inline,
    line::Line,
    list::OpenList,
    names::Scope,
    open::{Code, Formula, Nested, Open, Table},
    start::{self, Start},
    table,
    text::Text,
};
use crate::block::{Block, BlockKind, Pieces, Row};

/// How deep containers may nest; deeper marks are text.
const DEEPEST: u8 = 16;

/// The blocks of one container.
#[derive(Clone, Debug, Default)]
pub(super) struct Reader {
    pub(super) done: Pieces<Block>,
    open: Open,
    depth: u8,
    /// Whether the line before was blank.
    blank: bool,
    /// Whether a blank line stands between two of the blocks.
    pub(super) loose: bool,
}

impl Reader {
    pub(super) fn nested(depth: u8) -> Self {
        Self { depth, ..Self::default() }
    }

    /// Whether nothing but blank lines has come.
    pub(super) fn is_empty(&self) -> bool {
        self.done.is_empty() && matches!(self.open, Open::Nothing)
    }

    /// Whether the next line could belong to a paragraph without carrying the container's prefix.
    pub(super) fn awaits_text(&self) -> bool {
        match &self.open {
            Open::Text(text) => !text.is_empty(),
            Open::Quote(nested) | Open::Note(nested) => nested.reader.awaits_text(),
            Open::List(list) => list.reader().awaits_text(),
            _ => false,
        }
    }

    /// Whether the text that comes is code.
    pub(super) fn is_code(&self) -> bool {
        match &self.open {
            Open::Code(_) => true,
            Open::Quote(nested) | Open::Note(nested) => nested.reader.is_code(),
            Open::List(list) => list.reader().is_code(),
            _ => false,
        }
    }

    /// Takes the next line.
    pub(super) fn line(&mut self, line: Line<'_>, scope: &mut Scope<'_>) {
        if line.continues {
            return self.rest(line, scope);
        }
        let blank = line.is_blank();
        if !self.goes_on(line, scope) {
            self.close(scope);
            if !blank {
                self.loose |= self.blank && !self.done.is_empty();
                self.begin(line, scope);
            }
        }
        self.blank = blank;
    }

    /// Takes a line that belongs to the open paragraph although it lacks the container's prefix.
    pub(super) fn lazy(&mut self, line: Line<'_>, scope: &mut Scope<'_>) {
        match &mut self.open {
            Open::Text(text) => text.push_line(&line),
            Open::Quote(nested) | Open::Note(nested) => nested.reader.lazy(line, scope),
            Open::List(list) => list.reader_mut().lazy(line, scope),
            _ => self.line(line, scope),
        }
        self.limit(scope);
    }

    /// Takes the rest of a line that was too long to be read as one.
    pub(super) fn rest(&mut self, line: Line<'_>, scope: &mut Scope<'_>) {
        match &mut self.open {
            Open::Text(text) => text.push_rest(&line),
            Open::Code(code) => code.push_rest(&line),
            Open::Quote(nested) | Open::Note(nested) => nested.reader.rest(line, scope),
            Open::List(list) => list.reader_mut().rest(line, scope),
            Open::Nothing | Open::Table(_) | Open::Formula(_) => {
                self.close(scope);
                let mut text = Text::default();
                text.push_rest(&line);
                self.open = Open::Text(text);
            }
        }
        self.limit(scope);
    }

    /// Closes whatever is open.
    pub(super) fn close(&mut self, scope: &mut Scope<'_>) {
        let block = std::mem::take(&mut self.open).close(scope);
        block.into_iter().for_each(|block| self.done.push(block));
    }

    /// Whether the line belongs to the block that is open, which has then taken it.
    fn goes_on(&mut self, line: Line<'_>, scope: &mut Scope<'_>) -> bool {
        match &mut self.open {
            Open::Nothing => false,
            Open::Code(code) => code.goes_on(line),
            Open::Formula(formula) => formula.goes_on(line),
            Open::Quote(nested) => nested.quote_goes_on(line, scope),
            Open::Note(nested) => nested.note_goes_on(line, scope),
            Open::List(list) => list.goes_on(line, scope),
            Open::Table(_) => self.table_goes_on(line),
            Open::Text(_) => self.text_goes_on(line, scope),
        }
    }

    fn table_goes_on(&mut self, line: Line<'_>) -> bool {
        let Open::Table(table) = &mut self.open else { return false };
        let fits = !line.is_blank() && matches!(start::start(&line), Start::Text | Start::Indented);
        if fits {
            table.push(&line);
        }
        fits
    }

    fn text_goes_on(&mut self, line: Line<'_>, scope: &mut Scope<'_>) -> bool {
        if line.is_blank() || self.becomes_table(&line, scope) {
            return !line.is_blank();
        }
        if let Some(level) = start::underline(&line)
            && self.becomes_heading(level, scope)
        {
            return true;
        }
        if start::start(&line).interrupts() {
            return false;
        }
        if let Open::Text(text) = &mut self.open {
            text.push_line(&line);
        }
        self.limit(scope);
        true
    }

    /// Makes the open text a heading.
    fn becomes_heading(&mut self, level: u8, scope: &mut Scope<'_>) -> bool {
        let Open::Text(text) = &mut self.open else { return false };
        text.take_definitions(scope);
        if text.is_empty() {
            return false;
        }
        let text = std::mem::take(text);
        self.open = Open::Nothing;
        self.done.push(heading(level, text.start(), &text, scope));
        true
    }

    /// Makes the last line of the open text the head of a table, when `line` stands under a head.
    fn becomes_table(&mut self, line: &Line<'_>, scope: &mut Scope<'_>) -> bool {
        let Open::Text(text) = &mut self.open else { return false };
        let Some(columns) = table::columns(line.text).filter(|_| line.indent() < 4) else {
            return false;
        };
        if table::cells(text.last_line(), 0).len() != columns.len() {
            return false;
        }
        let head = text.pop_line();
        self.close(scope);
        self.open = Open::Table(Table::new(&head, columns));
        true
    }

    /// Ends a paragraph that is too long to be read as one.
    fn limit(&mut self, scope: &mut Scope<'_>) {
        if let Open::Text(text) = &self.open
            && text.is_full()
        {
            self.close(scope);
        }
    }

    /// Begins a block.
    fn begin(&mut self, line: Line<'_>, scope: &mut Scope<'_>) {
        let key = line.trimmed_start();
        let deeper = self.depth < DEEPEST;
        match start::start(&line) {
            Start::Heading(level) => {
                let (words, skipped) = start::heading_words(line.trimmed());
                let text = Text::at(words, key + skipped);
                self.done.push(heading(level, key, &text, scope));
            }
            Start::Rule => self.done.push(block(key, BlockKind::Rule)),
            Start::Fence(fence) => self.open = Open::Code(Code::fenced(key, line.indent(), &fence)),
            Start::Indented => self.open = Open::Code(Code::indented(line)),
            Start::Math(end) => self.open = Formula::begin(line, end),
            Start::Quote if deeper => {
                let mut nested = Nested::quote(key, self.depth + 1);
                nested.quote_goes_on(line, scope);
                self.open = Open::Quote(Box::new(nested));
            }
            Start::Note(label, skipped) if deeper => {
                let nested = Nested::note(label, key, self.depth + 1, line, skipped, scope);
                self.open = Open::Note(Box::new(nested));
            }
            Start::Item(mark) if deeper => {
                self.open =
                    Open::List(Box::new(OpenList::begin(line, mark, self.depth + 1, scope)));
            }
            _ => {
                let mut text = Text::default();
                text.push_line(&line);
                self.open = Open::Text(text);
            }
        }
    }
}

/// A block that begins at a byte of the markdown.
pub(super) const fn block(start: usize, kind: BlockKind) -> Block {
    Block { key: start as u64, kind }
}

fn heading(level: u8, start: usize, text: &Text, scope: &mut Scope<'_>) -> Block {
    let content = inline::read(text);
    let slug = scope.slug(&crate::words::plain(&content));
    block(start, BlockKind::Heading { level, slug, content })
}

/// A row of a table with as many cells as the table has columns.
pub(super) fn row(text: &str, start: usize, columns: usize) -> Row {
    let mut cells: Vec<_> =
        table::cells(text, start).iter().take(columns).map(inline::cell).collect();
    cells.resize_with(columns, Default::default);
    Row { key: start as u64, cells }
}
