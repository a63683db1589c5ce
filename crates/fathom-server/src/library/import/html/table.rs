//! Tables with cells that reach over several rows and columns.

use dom_query::NodeRef;
use fathom_core::BlockKind;

use super::super::builder::Builder;
use super::blocks;

/// More columns than this are no table that anybody reads.
const COLUMNS: usize = 100;
/// A cell with more letters than this is a column of text, and the table only arranges such columns.
const LONG_CELL: usize = 1500;
/// How many bytes of labels one table may repeat, however far its cells claim to reach.
const REPEATED: usize = 1 << 20;

/// A table as it is written: every row with a cell for every column.
#[derive(Debug, Default)]
pub(super) struct Table {
    captions: Vec<String>,
    header: Vec<String>,
    rows: Vec<Row>,
    width: usize,
}

#[derive(Debug, Default)]
struct Row {
    cells: Vec<String>,
    /// All its cells name columns, or the rows below it.
    is_head: bool,
    in_head: bool,
    /// One cell reaches over the whole row.
    is_single: bool,
}

/// A cell as the page has it.
#[derive(Debug)]
struct Cell {
    text: String,
    is_head: bool,
    is_row_head: bool,
    is_bold: bool,
    across: usize,
    down: usize,
}

/// Reads a table; `None` where it holds no data but arranges the page.
pub(super) fn read(table: &NodeRef<'_>) -> Option<Table> {
    let parts = Parts::of(table);
    if is_layout(table, &parts) {
        return None;
    }
    let mut read = Table { captions: parts.captions, ..Table::default() };
    let mut grid = Grid::default();
    for group in [parts.head, parts.body, parts.foot] {
        // A cell does not reach out of its group.
        grid.reaching.clear();
        read.rows.extend(group.iter().map(|row| grid.row(row)));
    }
    read.width = read.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    if read.width < 2 {
        return None;
    }
    read.take_header();
    Some(read)
}

/// The rows of a table in the order in which they are read.
#[derive(Default)]
struct Parts<'a> {
    captions: Vec<String>,
    head: Vec<(NodeRef<'a>, bool)>,
    body: Vec<(NodeRef<'a>, bool)>,
    foot: Vec<(NodeRef<'a>, bool)>,
}

impl<'a> Parts<'a> {
    fn of(table: &NodeRef<'a>) -> Self {
        let mut parts = Self::default();
        for child in table.children_it(false) {
            let Some(name) = child.qual_name_ref().map(|name| name.local.to_string()) else {
                continue;
            };
            let rows = |in_head| {
                let rows = child.children_it(false).filter(|row| row.has_name("tr"));
                rows.map(move |row| (row, in_head))
            };
            match &*name {
                "caption" => parts.captions.extend(Some(blocks::line(&child))),
                "thead" => parts.head.extend(rows(true)),
                "tbody" => parts.body.extend(rows(false)),
                "tfoot" => parts.foot.extend(rows(false)),
                "tr" => parts.body.push((child, false)),
                _ => {}
            }
        }
        parts
    }
}

/// Whether a table arranges the page: it says so, or holds what no cell of data holds.
fn is_layout(table: &NodeRef<'_>, parts: &Parts<'_>) -> bool {
    let role = table.attr("role");
    if role.is_some_and(|role| matches!(role.trim(), "presentation" | "none")) {
        return true;
    }
    let rows = || parts.head.iter().chain(&parts.body).chain(&parts.foot);
    let is_wide = |cell: &NodeRef<'_>| {
        cell.descendants_it().any(|inner| {
            inner.qual_name_ref().is_some_and(|name| {
                matches!(&*name.local, "table" | "pre" | "h1" | "h2" | "h3" | "h4" | "hr")
            })
        }) || cell.text().len() > LONG_CELL
    };
    rows().any(|(row, _)| cells_of(row).any(|cell| is_wide(&cell)))
}

fn cells_of<'a>(row: &NodeRef<'a>) -> impl Iterator<Item = NodeRef<'a>> + use<'a> {
    row.children_it(false).filter(|cell| cell.has_name("td") || cell.has_name("th"))
}

impl Cell {
    fn of(node: &NodeRef<'_>) -> Self {
        let span = |name: &str| node.attr(name).and_then(|span| span.trim().parse().ok());
        let is_head = node.has_name("th");
        let scope = node.attr("scope");
        Self {
            text: blocks::line(node),
            is_head,
            is_row_head: is_head && scope.is_some_and(|scope| scope.trim().starts_with("row")),
            is_bold: !is_head && is_bold(node),
            across: span("colspan").unwrap_or(1_usize).clamp(1, COLUMNS),
            // None means to the end of the group.
            down: span("rowspan").map_or(1, |rows| if rows == 0 { usize::MAX } else { rows }),
        }
    }
}

/// Whether all words of a cell are bold, as a heading's are.
fn is_bold(cell: &NodeRef<'_>) -> bool {
    let mut parts = cell
        .children_it(false)
        .filter(|part| !part.is_comment() && (!part.is_text() || !part.text().trim().is_empty()));
    let first = parts.next();
    first.is_some_and(|part| part.has_name("b") || part.has_name("strong"))
        && parts.next().is_none()
}

/// Where cells of earlier rows reach down.
#[derive(Default)]
struct Grid {
    /// For each column, how many more rows a cell takes there, and its text.
    reaching: Vec<(usize, String)>,
    repeated: usize,
}

impl Grid {
    fn row(&mut self, (node, in_head): &(NodeRef<'_>, bool)) -> Row {
        let cells: Vec<Cell> = cells_of(node).map(|cell| Cell::of(&cell)).collect();
        let filled = |cell: &&Cell| !cell.text.is_empty();
        let (heads, marked) =
            (cells.iter().filter(filled).count(), cells.iter().filter(|cell| cell.is_head).count());
        let named = cells.iter().filter(filled).all(|cell| cell.is_head && !cell.is_row_head);
        let bold = cells.iter().filter(filled).all(|cell| cell.is_bold);
        let is_head = heads > 0 && (named && (marked > 1 || heads == cells.len()) || bold);
        let is_single = cells.len() == 1 && cells.iter().all(|cell| cell.across > 1);
        let mut line = Vec::new();
        for cell in cells {
            self.skip(&mut line);
            self.place(&mut line, cell, is_head || *in_head);
        }
        self.skip(&mut line);
        Row { cells: line, is_head, in_head: *in_head, is_single }
    }

    /// Fills the columns that cells from above take.
    fn skip(&mut self, line: &mut Vec<String>) {
        while let Some((rows, text)) =
            self.reaching.get_mut(line.len()).filter(|(rows, _)| *rows > 0)
        {
            *rows -= 1;
            self.repeated += text.len();
            line.push(if self.repeated < REPEATED { text.clone() } else { String::new() });
        }
    }

    /// A value stands in its first column only, for nobody wrote it into the others; the name of several columns
    /// names each of them.
    fn place(&mut self, line: &mut Vec<String>, cell: Cell, is_head: bool) {
        for column in 0..cell.across.min(COLUMNS.saturating_sub(line.len())) {
            let text = if column == 0 || is_head { cell.text.clone() } else { String::new() };
            if cell.down > 1 {
                let at = line.len();
                self.reaching.resize(self.reaching.len().max(at + 1), (0, String::new()));
                if let Some(reaching) = self.reaching.get_mut(at) {
                    *reaching = (cell.down - 1, text.clone());
                }
            }
            line.push(text);
        }
    }
}

impl Table {
    /// Takes the rows that name the columns off the top, as one. Before them stands what names the whole table.
    fn take_header(&mut self) {
        let titles = self.rows.iter().take_while(|row| row.is_single && row.is_head).count();
        let names = self.rows.iter().skip(titles).take_while(|row| row.is_head && !row.is_single);
        let marked = self.rows.iter().take_while(|row| row.in_head).count();
        let count = if marked > 0 { marked } else { titles + names.count() };
        if count == self.rows.len() && marked == 0 {
            // Nothing but names is a table without any.
            return;
        }
        for row in self.rows.drain(..count) {
            if row.is_single {
                self.captions.extend(row.cells.into_iter().next());
            } else {
                name_columns(&mut self.header, row.cells);
            }
        }
    }

    pub(super) fn write(self, out: &mut Builder) {
        for caption in &self.captions {
            out.push(BlockKind::Paragraph, 0, caption);
        }
        out.push_row(BlockKind::Header, &self.header);
        let mut group: Option<(String, bool)> = None;
        for mut row in self.rows {
            if row.is_single && row.is_head {
                tell(out, group.take());
                group = row.cells.into_iter().next().map(|name| (name, false));
                continue;
            }
            if let (Some((name, told)), Some(first)) = (&mut group, row.cells.first_mut()) {
                *first = [&**name, ": ", first].concat();
                *told = true;
            }
            let kind =
                if row.is_head && row.cells.len() > 1 { BlockKind::Header } else { BlockKind::Row };
            out.push_row(kind, &row.cells);
        }
        tell(out, group);
    }
}

/// The name of a group of rows of which there are none.
fn tell(out: &mut Builder, group: Option<(String, bool)>) {
    if let Some((name, false)) = group {
        out.push_row(BlockKind::Row, &[name]);
    }
}

/// Adds a row of names to those above it; a name that reaches down is said once.
fn name_columns(header: &mut Vec<String>, names: Vec<String>) {
    for (column, name) in names.into_iter().enumerate() {
        match header.get_mut(column) {
            None => header.push(name),
            Some(above) if above.is_empty() => *above = name,
            Some(above) if name.is_empty() || above.ends_with(&name) => {}
            Some(above) => *above = [above, " ", &name].concat(),
        }
    }
}
