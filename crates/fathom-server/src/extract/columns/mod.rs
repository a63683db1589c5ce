//! Columns of prose, told from the columns of a table.
//!
//! Most programs draw one column after the other, and then there is nothing to do. Some draw line by line across the
//! page: there, the words left of a gutter go before those right of it. What is drawn in order stays in order.

use super::glyphs::{COLUMN_GAP, Run};

/// So many lines must run beside each other.
const LINES: usize = 2;
/// Where there are fewer than this, every one of them must go on with a small letter.
const FEW: usize = 4;
/// A line of prose is this long, in heights of a letter, and fills this part of its column.
const LONG: f64 = 8.0;
const FILLED: f64 = 0.55;
/// The part of its lines that go on with a small letter.
const FLOWING: f64 = 0.25;
/// Columns within columns.
const DEPTH: usize = 6;
/// Gutters that are followed at the same time, and tried.
const MOST: usize = 64;
const TRIED: usize = 8;

/// Takes the runs of a page apart where columns run beside each other; the pieces are in the order of reading.
pub(super) fn apart(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let mut pieces = Vec::new();
    divide(runs, DEPTH, &mut pieces);
    pieces
}

fn divide(runs: Vec<Run>, depth: usize, pieces: &mut Vec<Vec<Run>>) {
    let gutter = if depth == 0 { None } else { find(&runs) };
    let Some(gutter) = gutter else {
        return pieces.extend(Some(runs).filter(|runs| !runs.is_empty()));
    };
    let mut parts: [Vec<Run>; 4] = Default::default();
    for run in runs {
        let [above, left, right, below] = &mut parts;
        let part = match &run {
            run if run.down < gutter.top => above,
            run if run.down > gutter.bottom => below,
            run if run.right <= gutter.right => left,
            _ => right,
        };
        part.push(run);
    }
    for part in parts {
        divide(part, depth - 1, pieces);
    }
}

/// A strip without words, between lines from `top` to `bottom`.
#[derive(Clone, Copy, Debug)]
struct Gutter {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// Lines with words on both sides.
    both: usize,
}

/// Runs of about the same height on the page.
#[derive(Debug)]
struct Row<'r> {
    down: f64,
    /// From left to right.
    runs: Vec<&'r Run>,
}

impl<'r> Row<'r> {
    /// The run that is next to a gutter on one side. What is beyond it may be another column.
    fn beside(&self, gutter: &Gutter, is_left: bool) -> Option<&'r Run> {
        let mut runs = self.runs.iter().copied();
        if is_left {
            return runs.rfind(|run| run.right <= gutter.right);
        }
        runs.find(|run| run.right > gutter.right)
    }
}

fn find(runs: &[Run]) -> Option<Gutter> {
    let size = usual_size(runs)?;
    let rows = rows(runs, size);
    let mut found = gutters(&rows, COLUMN_GAP * size);
    found.retain(|gutter| gutter.both >= LINES);
    found.sort_by_key(|gutter| std::cmp::Reverse(gutter.both));
    found.into_iter().take(TRIED).find(|gutter| {
        let inside =
            || rows.iter().filter(|row| gutter.top <= row.down && row.down <= gutter.bottom);
        let side = |is_left: bool| -> Vec<&Run> {
            inside().filter_map(|row| row.beside(gutter, is_left)).collect()
        };
        is_fused(runs, gutter) && is_prose(&side(true), size) && is_prose(&side(false), size)
    })
}

/// The height of the letter in the middle of all.
fn usual_size(runs: &[Run]) -> Option<f64> {
    let mut sizes: Vec<f64> = runs.iter().map(|run| run.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().filter(|size| size.is_finite() && *size > 0.0)
}

fn rows(runs: &[Run], size: f64) -> Vec<Row<'_>> {
    let mut sorted: Vec<&Run> = runs.iter().collect();
    sorted.sort_by(|a, b| a.down.total_cmp(&b.down));
    let mut rows: Vec<Row<'_>> = Vec::new();
    for run in sorted {
        match rows.last_mut() {
            Some(row) if run.down - row.down <= 0.4 * size => row.runs.push(run),
            _ => rows.push(Row { down: run.down, runs: vec![run] }),
        }
    }
    for row in &mut rows {
        row.runs.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    rows
}

/// Follows every gap down the page for as long as no line closes it.
fn gutters(rows: &[Row<'_>], width: f64) -> Vec<Gutter> {
    let (mut open, mut done): (Vec<Gutter>, Vec<Gutter>) = (Vec::new(), Vec::new());
    for row in rows {
        let gaps = gaps(row, width);
        let mut next: Vec<Gutter> = Vec::new();
        for gutter in open {
            match narrowed(gutter, row, &gaps, width) {
                Some(gutter) => next.push(gutter),
                None => done.push(gutter),
            }
        }
        for (left, right) in gaps {
            let known = next.iter().any(|gutter| left <= gutter.left && gutter.right <= right);
            if left.is_finite() && right.is_finite() && !known && next.len() < MOST {
                next.push(Gutter { left, right, top: row.down, bottom: row.down, both: 1 });
            }
        }
        open = next;
    }
    done.extend(open);
    done
}

/// Where a row has no words: before it, between its runs, and behind it.
fn gaps(row: &Row<'_>, width: f64) -> Vec<(f64, f64)> {
    let (mut gaps, mut end) = (Vec::new(), f64::NEG_INFINITY);
    for run in &row.runs {
        if run.left - end >= width {
            gaps.push((end, run.left));
        }
        end = end.max(run.right);
    }
    gaps.push((end, f64::INFINITY));
    gaps
}

/// What a row leaves of a gutter.
fn narrowed(gutter: Gutter, row: &Row<'_>, gaps: &[(f64, f64)], width: f64) -> Option<Gutter> {
    let cut = gaps.iter().map(|(left, right)| (left.max(gutter.left), right.min(gutter.right)));
    let (left, right) = cut.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))?;
    let before = row.runs.iter().any(|run| run.right <= left);
    let behind = row.runs.iter().any(|run| run.left >= right);
    let both = gutter.both + usize::from(before && behind);
    (right - left >= width).then_some(Gutter { left, right, bottom: row.down, both, ..gutter })
}

/// Whether words of both sides are drawn as one line, again and again.
fn is_fused(runs: &[Run], gutter: &Gutter) -> bool {
    let crosses = |pair: &[Run]| match pair {
        [a, b] => {
            a.is_level(b.down, b.size)
                && (gutter.top..=gutter.bottom).contains(&a.down)
                && a.right <= gutter.right
                && b.left >= gutter.left
                && b.right > gutter.right
        }
        _ => false,
    };
    runs.windows(2).filter(|pair| crosses(pair)).count() >= LINES
}

/// Whether lines read on from one to the next, as prose does and cells of a table do not.
fn is_prose(lines: &[&Run], size: f64) -> bool {
    let left = lines.iter().map(|line| line.left).fold(f64::INFINITY, f64::min);
    let right = lines.iter().map(|line| line.right).fold(f64::NEG_INFINITY, f64::max);
    let Ok(count) = u32::try_from(lines.len()) else { return false };
    let all: f64 = lines.iter().map(|line| line.right - line.left).sum();
    let usual = all / f64::from(count.max(1));
    lines.len() >= LINES && usual >= LONG * size && usual >= FILLED * (right - left) && flows(lines)
}

/// Whether enough lines begin with a small letter, where the script has such letters.
fn flows(lines: &[&Run]) -> bool {
    let first = |line: &&Run| line.text.chars().find(|c| c.is_alphabetic());
    let (mut small, mut cased) = (0_u32, 0_u32);
    for letter in lines.iter().skip(1).filter_map(first) {
        small += u32::from(letter.is_lowercase());
        cased += u32::from(letter.is_lowercase() || letter.is_uppercase());
    }
    let needed = if lines.len() < FEW { 1.0 } else { FLOWING };
    f64::from(small) >= needed * f64::from(cased)
}

#[cfg(test)]
mod tests;
