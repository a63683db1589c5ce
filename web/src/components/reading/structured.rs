//! A structured answer: tables of values, each with its own evidence.

use fathom_report::{
    Field, Registry,
    block::Align,
    structured::{Sheet, SheetCell, SheetRow, sheets},
};
use leptos::prelude::*;
use serde_json::Value;

use super::desk::Desk;

/// The id of the node that stands for the evidence of a field.
pub(super) fn node_id(path: &str) -> String {
    let clean = |c: char| if c.is_alphanumeric() { c } else { '-' };
    format!("field-{}", path.chars().map(clean).collect::<String>())
}

/// The structured value of the report, if it has one.
#[component]
pub(super) fn Structured() -> impl IntoView {
    let desk = Desk::of_view();
    move || {
        let report = desk.report()?;
        let schema = desk.state.with(|state| state.schema.clone());
        let sheets = sheets(report.structured.as_ref()?, schema.as_deref());
        let registry = desk.registry();
        let tables: Vec<_> =
            sheets.iter().map(|sheet| table(sheet, &registry, report.partial)).collect();
        Some(view! {
            <section class="part answer" aria-labelledby="answer">
                <h2 id="answer" tabindex="-1">"The answer"</h2>
                {tables}
            </section>
        })
    }
}

/// Why a place of a structured answer holds nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Empty {
    /// It was looked for.
    Unfound,
    /// This row does not have the field.
    Unasked,
    /// The run ended before.
    Unreached,
}

impl Empty {
    const fn words(self) -> &'static str {
        match self {
            Self::Unfound => "not found",
            Self::Unasked => "not asked",
            Self::Unreached => "not reached",
        }
    }

    /// Why a value is empty; none when it is not.
    const fn of(value: Option<&Value>, partial: bool) -> Option<Self> {
        match value {
            None => Some(Self::Unasked),
            Some(Value::Null) if partial => Some(Self::Unreached),
            Some(Value::Null) => Some(Self::Unfound),
            Some(_) => None,
        }
    }
}

/// One row stands upright, as names and values; more rows make a table.
fn table(sheet: &Sheet, registry: &Registry, partial: bool) -> AnyView {
    let title = (!sheet.title.is_empty()).then(|| view! { <h3>{sheet.title.clone()}</h3> });
    let cell = |cell: &SheetCell| value(cell, registry, partial);
    let body = match sheet.rows.as_slice() {
        [only] => upright(sheet, only, cell),
        rows => across(sheet, rows, cell),
    };
    view! { {title}{body} }.into_any()
}

fn upright(sheet: &Sheet, row: &SheetRow, cell: impl Fn(&SheetCell) -> AnyView) -> AnyView {
    let lines: Vec<_> = sheet
        .columns
        .iter()
        .zip(&row.cells)
        .map(|(column, value)| {
            view! { <div><dt>{column.title.clone()}</dt><dd>{cell(value)}</dd></div> }
        })
        .collect();
    view! { <dl class="values">{lines}</dl> }.into_any()
}

fn across(sheet: &Sheet, rows: &[SheetRow], cell: impl Fn(&SheetCell) -> AnyView) -> AnyView {
    let name = if sheet.title.is_empty() { "The answer" } else { &sheet.title }.to_owned();
    let head: Vec<_> = sheet
        .columns
        .iter()
        .map(|column| view! { <th scope="col">{column.title.clone()}</th> })
        .collect();
    let line = |row: &SheetRow| {
        let mut cells = sheet.columns.iter().zip(&row.cells);
        let first = cells.next().map(|(_, value)| view! { <th scope="row">{cell(value)}</th> });
        let rest: Vec<_> = cells
            .map(|(column, value)| {
                let class = if column.align == Align::End { "number" } else { "" };
                view! { <td class=class data-label=column.title.clone()>{cell(value)}</td> }
            })
            .collect();
        view! { <tr>{first}{rest}</tr> }
    };
    let body: Vec<_> = rows.iter().map(line).collect();
    view! {
        <div class="wide cards" role="region" aria-label=name tabindex="0">
            <table class=alignment(sheet)>
                <thead><tr>{head}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn alignment(sheet: &Sheet) -> String {
    let numbers = sheet.columns.iter().enumerate().filter(|(_, column)| column.align == Align::End);
    numbers.map(|(at, _)| format!("n{}", at + 1)).collect::<Vec<_>>().join(" ")
}

fn value(cell: &SheetCell, registry: &Registry, partial: bool) -> AnyView {
    match Empty::of(cell.value.as_ref(), partial) {
        Some(empty) => view! { <span class="empty">{empty.words()}</span> }.into_any(),
        None => view! { <bdi>{words(cell)}</bdi>" "{count(&cell.field, registry)} }.into_any(),
    }
}

/// The words of a value; long whole numbers with their digits in groups.
fn words(cell: &SheetCell) -> String {
    let whole =
        cell.value.as_ref().and_then(Value::as_i64).filter(|number| number.unsigned_abs() > 9_999);
    whole.map_or_else(|| cell.text.clone(), grouped)
}

fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// How many sources carry a value, as a button that opens their card.
fn count(field: &Field, registry: &Registry) -> AnyView {
    let mut sources: Vec<u32> =
        registry.for_field(field).flat_map(|citation| citation.sources.iter().copied()).collect();
    sources.sort_unstable();
    sources.dedup();
    let words = match sources.len() {
        0 => return ().into_any(),
        1 => "1 source".to_owned(),
        more => format!("{more} sources"),
    };
    let path = field.to_string();
    let name = format!("{words} for {path}");
    let id = node_id(&path);
    view! {
        <button class="evidence-count" type="button" id=id data-field=path aria-label=name>
            {words}
        </button>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_digits_of_long_numbers_are_grouped() {
        assert_eq!([5_207_689, -12_345, 100_000].map(grouped), ["5,207,689", "-12,345", "100,000"]);
    }

    #[test]
    fn the_three_kinds_of_empty_are_told_apart() {
        assert_eq!(Empty::of(None, false), Some(Empty::Unasked));
        assert_eq!(Empty::of(Some(&Value::Null), false), Some(Empty::Unfound));
        assert_eq!(Empty::of(Some(&Value::Null), true), Some(Empty::Unreached));
        assert_eq!(Empty::of(Some(&json!(0)), true), None);
    }
}
