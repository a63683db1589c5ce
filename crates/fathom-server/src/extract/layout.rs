//! From the runs of a page to its text.

use super::columns;
use super::glyphs::Run;

/// Lines further apart than this, in heights of a letter, belong to different paragraphs.
const PARAGRAPH_GAP: f64 = 1.5;

/// The text of a page, column by column. Lines that run another way than most come last.
pub(super) fn text(runs: Vec<Run>) -> String {
    let letters = |turn: u8| -> usize {
        runs.iter().filter(|run| run.turn == turn).map(|run| run.text.len()).sum()
    };
    let mut turns = [0, 1, 2, 3];
    turns.sort_by_key(|turn| std::cmp::Reverse(letters(*turn)));
    let mut out = String::new();
    for turn in turns {
        let lines: Vec<Run> = runs.iter().filter(|run| run.turn == turn).cloned().collect();
        if !out.is_empty() && !lines.is_empty() {
            out.push_str("\n\n");
        }
        for piece in columns::apart(lines) {
            write(&mut out, &piece);
        }
    }
    out
}

/// Writes runs that follow each other.
fn write(out: &mut String, runs: &[Run]) {
    let mut before: Option<&Run> = None;
    for run in runs {
        match before {
            None => out.push_str(between_columns(out, run)),
            Some(before) => out.push_str(between(before, run)),
        }
        out.push_str(run.text.trim_end());
        before = Some(run);
    }
}

/// A sentence may go on in the next column.
fn between_columns(out: &str, run: &Run) -> &'static str {
    let goes_on = run.text.starts_with(char::is_lowercase)
        && out.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | ';'));
    match (out.is_empty() || out.ends_with('\n'), goes_on) {
        (true, _) => "",
        (_, true) => "\n",
        _ => "\n\n",
    }
}

fn between(before: &Run, run: &Run) -> &'static str {
    let size = before.size.max(run.size);
    if (run.down - before.down).abs() > PARAGRAPH_GAP * size {
        return "\n\n";
    }
    if !before.is_level(run.down, run.size) {
        return "\n";
    }
    // Scripts that are written from right to left are often drawn so, letter by letter.
    let beside = (before.left - run.right).abs() < 0.1 * size;
    if beside { "" } else { " " }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, left: f64, down: f64) -> Run {
        let width = 5.0 * f64::from(u16::try_from(text.chars().count()).unwrap());
        Run { text: text.to_owned(), left, right: left + width, down, size: 10.0, turn: 0 }
    }

    #[test]
    fn cells_of_a_row_are_words_of_a_line() {
        let table = vec![
            run("North pier", 0.0, 18.0),
            run("Rowing boat", 100.0, 12.0),
            run("410", 200.0, 12.0),
            run("730", 250.0, 12.0),
            run("Sailing boat", 100.0, 24.0),
            run("1250", 200.0, 24.0),
        ];
        assert_eq!(text(table), "North pier\nRowing boat 410 730\nSailing boat 1250");
    }

    #[test]
    fn paragraphs_are_told_by_their_distance() {
        let page = vec![run("One", 0.0, 0.0), run("two.", 0.0, 12.0), run("Three", 0.0, 30.0)];
        assert_eq!(text(page), "One\ntwo.\n\nThree");
    }

    #[test]
    fn lines_that_run_another_way_come_last() {
        let stamp = Run { turn: 1, ..run("stamp", 0.0, 5.0) };
        assert_eq!(text(vec![stamp, run("The text", 0.0, 0.0)]), "The text\n\nstamp");
    }

    #[test]
    fn letters_drawn_from_right_to_left_stay_a_word() {
        let letters = ["\u{5d0}", "\u{5d1}", "\u{5d2}"];
        let at = [20.0, 15.0, 10.0];
        let page = letters.iter().zip(at).map(|(text, left)| run(text, left, 0.0)).collect();
        assert_eq!(text(page), letters.concat());
    }
}
