//! The block that is open: it may still grow.

use super::{
    inline,
    line::Line,
    list::OpenList,
    names::Scope,
    reader::{Reader, block, row},
    start::{self, Fence, Start},
    text::Text,
};
use crate::block::{Align, Block, BlockKind, Cell, CodeText, Pieces, Row};

/// The block that is open.
#[derive(Clone, Debug, Default)]
pub(super) enum Open {
    #[default]
    Nothing,
    Text(Text),
    Code(Code),
    Formula(Formula),
    Table(Table),
    Quote(Box<Nested>),
    Note(Box<Nested>),
    List(Box<OpenList>),
}

impl Open {
    /// The finished block; none when there was nothing but link definitions.
    pub(super) fn close(self, scope: &mut Scope<'_>) -> Option<Block> {
        match self {
            Self::Nothing => None,
            Self::Text(text) => paragraph(text, scope),
            Self::Code(code) => Some(code.close()),
            Self::Formula(formula) => formula.close(scope),
            Self::Table(table) => Some(table.close()),
            Self::Quote(nested) | Self::Note(nested) => Some(nested.close(scope)),
            Self::List(list) => Some(list.close(scope)),
        }
    }
}

fn paragraph(mut text: Text, scope: &mut Scope<'_>) -> Option<Block> {
    text.take_definitions(scope);
    let content = inline::read(&text);
    (!text.is_empty()).then(|| block(text.start(), BlockKind::Paragraph { content }))
}

/// Code, line by line.
#[derive(Clone, Debug)]
pub(super) struct Code {
    key: usize,
    /// The mark that ends it and how often it must stand there; none for indented code.
    fence: Option<(u8, usize)>,
    /// The white space that is not part of the code.
    indent: usize,
    language: String,
    text: Pieces<CodeText>,
    /// The last line, while a part of it may still come.
    last: Option<CodeText>,
    /// Blank lines that belong to indented code only if more code follows.
    blanks: Vec<CodeText>,
    closed: bool,
}

impl Code {
    pub(super) fn fenced(key: usize, indent: usize, fence: &Fence<'_>) -> Self {
        Self {
            key,
            fence: Some((fence.mark, fence.length)),
            indent,
            language: fence.language.chars().take(64).collect(),
            text: Pieces::new(),
            last: None,
            blanks: Vec::new(),
            closed: false,
        }
    }

    pub(super) fn indented(line: Line<'_>) -> Self {
        let mut code = Self::fenced(line.start, 4, &Fence { mark: 0, length: 0, language: "" });
        code.fence = None;
        code.push(line);
        code
    }

    pub(super) fn goes_on(&mut self, line: Line<'_>) -> bool {
        match self.fence {
            _ if self.closed => return false,
            Some((mark, length)) if start::closes_fence(&line, mark, length) => self.closed = true,
            None if line.is_blank() => self.blanks.push(self.part(line)),
            None if line.indent() < 4 => return false,
            _ => self.push(line),
        }
        true
    }

    fn push(&mut self, line: Line<'_>) {
        let blanks = std::mem::take(&mut self.blanks);
        self.last.take().into_iter().chain(blanks).for_each(|part| self.text.push(part));
        self.last = Some(self.part(line));
    }

    /// Appends the rest of an overlong line as a piece of its own.
    pub(super) fn push_rest(&mut self, line: &Line<'_>) {
        self.last.take().into_iter().for_each(|part| self.text.push(part));
        self.last = Some(part(*line));
    }

    fn part(&self, line: Line<'_>) -> CodeText {
        part(line.without_indent(self.indent))
    }

    fn close(mut self) -> Block {
        self.last.into_iter().for_each(|part| self.text.push(part));
        block(self.key, BlockKind::Code { language: self.language, text: self.text })
    }
}

fn part(line: Line<'_>) -> CodeText {
    let mut text = line.padded();
    if line.ended {
        text.push('\n');
    }
    CodeText { key: line.start as u64, text }
}

/// A formula on lines of its own.
#[derive(Clone, Debug)]
pub(super) struct Formula {
    raw: Text,
    end: &'static str,
    closed: bool,
}

impl Formula {
    pub(super) fn begin(line: Line<'_>, end: &'static str) -> Open {
        let mut raw = Text::default();
        raw.push_line(&line);
        let closed = line.trimmed().trim_end().len() > 2;
        Open::Formula(Self { raw, end, closed })
    }

    /// A blank line cannot stand in a formula, so what was begun before it was none.
    pub(super) fn goes_on(&mut self, line: Line<'_>) -> bool {
        if self.closed || line.is_blank() || self.raw.is_full() {
            return false;
        }
        self.raw.push_line(&line);
        self.closed = line.trimmed().trim_end().ends_with(self.end);
        true
    }

    fn close(self, scope: &mut Scope<'_>) -> Option<Block> {
        let tex = self.raw.as_str().trim_end();
        let tex = tex.get(2..).and_then(|tex| tex.strip_suffix(self.end)).filter(|_| self.closed);
        match tex {
            Some(tex) => {
                let tex = tex.trim().to_owned();
                Some(block(self.raw.start(), BlockKind::Math { tex }))
            }
            None => paragraph(self.raw, scope),
        }
    }
}

/// A table, row by row.
#[derive(Clone, Debug)]
pub(super) struct Table {
    key: usize,
    columns: Vec<Align>,
    head: Vec<Cell>,
    rows: Pieces<Row>,
}

impl Table {
    pub(super) fn new(head: &Text, columns: Vec<Align>) -> Self {
        let row = row(head.as_str(), head.start(), columns.len());
        Self { key: head.start(), head: row.cells, columns, rows: Pieces::new() }
    }

    pub(super) fn push(&mut self, line: &Line<'_>) {
        self.rows.push(row(line.trimmed(), line.trimmed_start(), self.columns.len()));
    }

    fn close(self) -> Block {
        let Self { key, columns, head, rows } = self;
        block(key, BlockKind::Table { columns, head, rows })
    }
}

/// A quotation or the text of a footnote.
#[derive(Clone, Debug)]
pub(super) struct Nested {
    key: usize,
    label: Option<String>,
    pub(super) reader: Reader,
}

impl Nested {
    pub(super) fn quote(key: usize, depth: u8) -> Self {
        Self { key, label: None, reader: Reader::nested(depth) }
    }

    pub(super) fn note(
        label: &str,
        key: usize,
        depth: u8,
        line: Line<'_>,
        skipped: usize,
        scope: &mut Scope<'_>,
    ) -> Self {
        let mut nested = Self::quote(key, depth);
        nested.label = Some(label.to_owned());
        let rest = line.without_indent(line.indent()).without_bytes(skipped);
        nested.reader.line(rest.without_indent(rest.indent()), scope);
        nested
    }

    pub(super) fn quote_goes_on(&mut self, line: Line<'_>, scope: &mut Scope<'_>) -> bool {
        if line.indent() < 4 && line.trimmed().starts_with('>') {
            let rest = line.without_indent(line.indent()).without_bytes(1);
            self.reader.line(rest.without_indent(1), scope);
            return true;
        }
        self.lazy(line, scope)
    }

    pub(super) fn note_goes_on(&mut self, line: Line<'_>, scope: &mut Scope<'_>) -> bool {
        if line.is_blank() || line.indent() >= 4 {
            self.reader.line(line.without_indent(4), scope);
            return true;
        }
        self.lazy(line, scope)
    }

    fn lazy(&mut self, line: Line<'_>, scope: &mut Scope<'_>) -> bool {
        let fits = is_lazy(&line, &self.reader);
        if fits {
            self.reader.lazy(line, scope);
        }
        fits
    }

    fn close(mut self, scope: &mut Scope<'_>) -> Block {
        self.reader.close(scope);
        let blocks = self.reader.done;
        let kind = match self.label {
            Some(label) => BlockKind::Note { label, blocks },
            None => BlockKind::Quote { blocks },
        };
        block(self.key, kind)
    }
}

/// Whether a line without the container's prefix still belongs to the paragraph inside.
pub(super) fn is_lazy(line: &Line<'_>, reader: &Reader) -> bool {
    let text = matches!(start::start(line), Start::Text | Start::Indented);
    !line.is_blank() && text && reader.awaits_text()
}
