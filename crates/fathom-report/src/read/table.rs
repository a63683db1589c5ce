//! Tables: the row under the head that makes one, and the cells of a row.

use super::text::Text;
use crate::block::Align;

/// The most columns a table may have; a wider one is text.
const WIDEST: usize = 128;

/// The alignment of each column, when the line is the row under a table's head.
pub(super) fn columns(line: &str) -> Option<Vec<Align>> {
    let line = line.trim();
    let fits = line.contains('-')
        && line.bytes().all(|byte| matches!(byte, b'-' | b':' | b'|' | b' ' | b'\t'))
        && (line.contains('|') || line.contains(':'));
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let columns = inner.split('|').map(align).collect::<Option<Vec<_>>>();
    columns.filter(|columns| fits && columns.len() <= WIDEST)
}

fn align(cell: &str) -> Option<Align> {
    let cell = cell.trim();
    let (start, cell) = cell.strip_prefix(':').map_or((false, cell), |rest| (true, rest));
    let (end, cell) = cell.strip_suffix(':').map_or((false, cell), |rest| (true, rest));
    let fits = !cell.is_empty() && cell.bytes().all(|byte| byte == b'-');
    fits.then_some(match (start, end) {
        (false, false) => Align::Natural,
        (true, false) => Align::Start,
        (true, true) => Align::Centre,
        (false, true) => Align::End,
    })
}

/// The cells of a row, where `start` is the byte of the markdown at which the row begins.
///
/// A bar after a backslash does not divide; any other does, within code too.
pub(super) fn cells(row: &str, start: usize) -> Vec<Text> {
    let trimmed = row.trim_start();
    let skipped = row.len() - trimmed.len();
    let inner = trimmed.strip_prefix('|').unwrap_or(trimmed);
    let offset = start + skipped + trimmed.len() - inner.len();
    let inner = inner.trim_end();
    let mut cells = Vec::new();
    let mut from = 0;
    for bar in bars(inner).chain([inner.len()]) {
        let cell = inner.get(from..bar).unwrap_or_default();
        if bar < inner.len() || !cell.is_empty() || cells.is_empty() {
            cells.push(cell_text(cell, offset + from));
        }
        from = bar + 1;
    }
    cells
}

/// Where the bars are that divide cells.
fn bars(row: &str) -> impl Iterator<Item = usize> {
    let mut escaped = false;
    row.bytes().enumerate().filter_map(move |(at, byte)| {
        let divides = byte == b'|' && !escaped;
        escaped = byte == b'\\' && !escaped;
        divides.then_some(at)
    })
}

/// The text of a cell; `\|` stands for a bar, in code too.
fn cell_text(cell: &str, start: usize) -> Text {
    let trimmed = cell.trim_start();
    let start = start + cell.len() - trimmed.len();
    let mut text = Text::default();
    let mut at = start;
    for (index, part) in trimmed.trim_end().split("\\|").enumerate() {
        if index > 0 {
            text.push_part("|", at + 1);
            at += 2;
        }
        text.push_part(part, at);
        at += part.len();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(row: &str) -> Vec<String> {
        cells(row, 0).iter().map(|cell| cell.as_str().to_owned()).collect()
    }

    #[test]
    fn a_row_is_divided_at_bars() {
        assert_eq!(words("| a | b |"), ["a", "b"]);
        assert_eq!(words("a|b"), ["a", "b"]);
        assert_eq!(words("| a || c |"), ["a", "", "c"]);
        assert_eq!(words("|"), [""]);
        assert_eq!(words(r"| a \| `b\|c` | d"), ["a | `b|c`", "d"]);
    }

    #[test]
    fn cells_know_where_they_stand() {
        let row = r"  | a | \| b |";
        let cells = cells(row, 100);
        assert_eq!(cells[0].map(), [(0, 104)]);
        assert_eq!(cells[1].map().last(), Some(&(1, 110)));
    }

    #[test]
    fn the_row_under_the_head_says_how_columns_align() {
        use Align::*;
        assert_eq!(columns("|---|:--|:-:|--:|"), Some(vec![Natural, Start, Centre, End]));
        assert_eq!(columns("--|--"), Some(vec![Natural, Natural]));
        assert_eq!(columns("---"), None);
        assert_eq!(columns("| a |"), None);
        assert_eq!(columns("|"), None);
    }
}
