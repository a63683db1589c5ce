//! Tables: a scroll region of their own that begins where its text does, numbers at the end.

use std::sync::Arc;

use fathom_report::{
    Block, BlockKind, Pieces,
    block::{Align, Cell, Row},
    words,
};
use leptos::prelude::*;

use super::{
    blocks::{Key, keyed},
    ink::Ink,
    inline::inlines,
};

/// The columns that can be aligned by a class of the table.
const ALIGNABLE: usize = 12;

/// The nodes of a table.
pub(super) fn table(now: ArcRwSignal<Arc<Block>>, ink: ArcRwSignal<Ink>) -> AnyView {
    let (head_now, head_ink) = (now.clone(), ink.clone());
    let head = move || head_now.with(|block| head_ink.with(|ink| header_cells(block, ink)));
    let (rows_now, epoch) = (now.clone(), ink.clone());
    let rows = move || keyed(&rows_of(&rows_now.get()), epoch.with(|ink| ink.epoch));
    let children = move |(_, row): (Key, Arc<Row>)| ink.with_untracked(|ink| table_row(&row, ink));
    view! {
        <div class="wide" role="region" aria-label="Table" tabindex="0" dir="auto">
            <table class=move || now.with(|block| alignment(block))>
                <thead><tr>{head}</tr></thead>
                <tbody><For each=rows key=|entry| entry.0 children=children /></tbody>
            </table>
        </div>
    }
    .into_any()
}

fn rows_of(block: &Block) -> Pieces<Row> {
    match &block.kind {
        BlockKind::Table { rows, .. } => rows.clone(),
        _ => Pieces::new(),
    }
}

fn header_cells(block: &Block, ink: &Ink) -> Vec<AnyView> {
    let BlockKind::Table { head, .. } = &block.kind else { return Vec::new() };
    head.iter().map(|cell| header_cell(cell, ink)).collect()
}

/// An empty corner is a cell, not a heading of nothing.
fn header_cell(cell: &Cell, ink: &Ink) -> AnyView {
    if cell.content.is_empty() {
        return view! { <td></td> }.into_any();
    }
    view! { <th scope="col">{inlines(&cell.content, ink)}</th> }.into_any()
}

fn table_row(row: &Row, ink: &Ink) -> AnyView {
    let mut cells = row.cells.iter();
    let first = cells.next().map(|cell| {
        view! { <th scope="row">{inlines(&cell.content, ink)}</th> }
    });
    let rest: Vec<_> = cells.map(|cell| view! { <td>{inlines(&cell.content, ink)}</td> }).collect();
    view! { <tr>{first}{rest}</tr> }.into_any()
}

/// A class for each column that is set at its end: those the writer aligned so, and those the
/// writer left open whose cells are numbers.
fn alignment(block: &Block) -> String {
    let BlockKind::Table { columns, rows, .. } = &block.kind else { return String::new() };
    let mut classes = String::new();
    for (at, align) in columns.iter().enumerate().take(ALIGNABLE) {
        let class = match align {
            Align::End => "n",
            Align::Centre => "c",
            Align::Natural if is_numeric(rows, at) => "n",
            Align::Natural | Align::Start => continue,
        };
        classes.push_str(&format!(" {class}{}", at + 1));
    }
    classes
}

/// Whether the first cell with text in a column is a number; the first row decides, so that the
/// alignment does not jump while rows arrive.
fn is_numeric(rows: &Pieces<Row>, column: usize) -> bool {
    let cells = rows.iter().filter_map(|row| row.cells.get(column));
    cells.map(|cell| words::plain(&cell.content)).find(|text| !text.trim().is_empty()).is_some_and(
        |text| {
            let text = text.trim().trim_matches(['$', '€', '£', '%', '+', '-', '−', '~', ' ']);
            text.starts_with(|c: char| c.is_ascii_digit())
                && text.chars().all(|c| {
                    c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}')
                })
        },
    )
}

#[cfg(test)]
mod tests {
    use fathom_report::Inline;

    use super::*;

    fn column(cells: &[&str]) -> Pieces<Row> {
        let row =
            |text: &&str| Row { key: 0, cells: vec![Cell { content: vec![Inline::text(*text)] }] };
        cells.iter().map(row).collect()
    }

    #[test]
    fn the_first_cell_with_text_decides_whether_a_column_is_of_numbers() {
        assert!(is_numeric(&column(&["", "5,207,689", "none"]), 0));
        assert!(is_numeric(&column(&["$150.2"]), 0));
        assert!(is_numeric(&column(&["35 %"]), 0));
        assert!(!is_numeric(&column(&["2015-07-01"]), 0));
        assert!(!is_numeric(&column(&["petroleum"]), 0));
        assert!(!is_numeric(&column(&[]), 0));
    }
}
