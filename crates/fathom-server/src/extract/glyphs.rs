//! What a PDF draws, gathered into runs of text with their places.

use pdf_extract::{ColorSpace, MediaBox, OutputDev, OutputError, Path, Transform};

/// A gap wider than this, in heights of a letter, divides words.
const WORD_GAP: f64 = 0.1;
/// A gap wider than this divides what may belong to different columns.
pub(super) const COLUMN_GAP: f64 = 1.0;
/// So many spaces in a row are drawn to reach another column.
const WIDE_SPACE: usize = 3;

/// A piece of a line: letters that were drawn one after another, without a wide gap.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Run {
    pub text: String,
    /// Where it begins and ends in its line, and how far down its line is; in points.
    pub left: f64,
    pub right: f64,
    pub down: f64,
    /// The height of its letters.
    pub size: f64,
    /// Which way its line runs: quarter turns against the clock.
    pub turn: u8,
}

impl Run {
    /// Whether a place so far down is in the line of this run.
    pub(super) fn is_level(&self, down: f64, size: f64) -> bool {
        (self.down - down).abs() <= 0.5 * self.size.max(size)
    }
}

/// Gathers the runs of one page, in the order in which they are drawn.
#[derive(Debug, Default)]
pub(super) struct Glyphs {
    pub runs: Vec<Run>,
    /// Whether the next letter is the first one that an instruction draws.
    is_first: bool,
    /// Spaces since the newest letter.
    spaces: usize,
}

impl Glyphs {
    pub(super) fn add(&mut self, glyph: &Run) {
        if glyph.text.chars().all(char::is_whitespace) {
            self.spaces += glyph.text.chars().count().max(1);
            return;
        }
        let spaces = std::mem::take(&mut self.spaces);
        let is_first = std::mem::take(&mut self.is_first);
        let open = self.runs.last_mut().filter(|run| continues(run, glyph, is_first, spaces));
        let Some(run) = open else { return self.runs.push(glyph.clone()) };
        if spaces > 0 || is_first && glyph.left - run.right > WORD_GAP * glyph.size {
            run.text.push(' ');
        }
        run.text.push_str(&glyph.text);
        run.right = run.right.max(glyph.right);
        run.left = run.left.min(glyph.left);
    }
}

/// Whether a letter belongs to the run before it. Gaps within one instruction say nothing: some fonts do not tell the
/// widths of their letters.
fn continues(run: &Run, glyph: &Run, is_first: bool, spaces: usize) -> bool {
    let size = run.size.max(glyph.size);
    let gap = glyph.left - run.right;
    let is_near = gap > -COLUMN_GAP * size && gap <= COLUMN_GAP * size;
    // What is raised or lowered beside a word, as a power is, is small and belongs to it.
    let is_raised = gap.abs() < 0.3 * size
        && glyph.size < 0.9 * run.size
        && (run.down - glyph.down).abs() < size;
    let is_level = run.is_level(glyph.down, glyph.size) || is_raised;
    let is_wide = spaces >= WIDE_SPACE && gap > COLUMN_GAP * size;
    run.turn == glyph.turn && is_level && !is_wide && (is_near || !is_first && spaces == 0)
}

impl OutputDev for Glyphs {
    fn begin_page(
        &mut self,
        _: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        self.add(&placed(at, width, font_size, text));
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        self.is_first = true;
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn stroke(
        &mut self,
        _: &Transform,
        _: &ColorSpace,
        _: &[f64],
        _: &Path,
    ) -> Result<(), OutputError> {
        Ok(())
    }
}

/// A letter where its line puts it, whichever way the line runs.
fn placed(at: &Transform, width: f64, font_size: f64, text: &str) -> Run {
    let (x, y) = (at.m31, at.m32);
    let (turn, left, down) = if at.m11.abs() >= at.m12.abs() {
        if at.m11 >= 0.0 { (0, x, -y) } else { (2, -x, y) }
    } else if at.m12 > 0.0 {
        (1, y, x)
    } else {
        (3, -y, -x)
    };
    let advance = (width * font_size).abs() * at.m11.hypot(at.m12);
    let size = font_size.abs() * at.m21.hypot(at.m22);
    Run { text: text.to_owned(), left, right: left + advance, down, size, turn }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(text: &str, left: f64, down: f64) -> Run {
        Run { text: text.to_owned(), left, right: left + 5.0, down, size: 10.0, turn: 0 }
    }

    /// What is drawn at these places, each letter by an instruction of its own.
    fn drawn(letters: &[(&str, f64, f64)]) -> Vec<String> {
        let mut glyphs = Glyphs::default();
        for (text, left, down) in letters {
            glyphs.is_first = true;
            glyphs.add(&glyph(text, *left, *down));
        }
        glyphs.runs.into_iter().map(|run| run.text).collect()
    }

    #[test]
    fn gaps_divide_words_and_wide_gaps_runs() {
        assert_eq!(drawn(&[("a", 0.0, 0.0), ("b", 5.0, 0.0), ("c", 12.0, 0.0)]), ["ab c"]);
        assert_eq!(drawn(&[("a", 0.0, 0.0), (" ", 5.0, 0.0), ("b", 7.0, 0.0)]), ["a b"]);
        assert_eq!(drawn(&[("a", 0.0, 0.0), ("4", 40.0, 0.0)]), ["a", "4"]);
        assert_eq!(drawn(&[("a", 0.0, 0.0), ("b", 0.0, 12.0)]), ["a", "b"]);
        // A power beside its number, and a label that is half a line above its row.
        assert_eq!(drawn(&[("a", 0.0, 0.0), ("2", 5.0, -4.0)]), ["a2"]);
        assert_eq!(drawn(&[("a", 0.0, 0.0), ("b", 7.0, -8.0)]), ["a", "b"]);
    }

    #[test]
    fn letters_without_widths_stay_together_within_an_instruction() {
        let mut glyphs = Glyphs::default();
        for (number, text) in ["o", "n", "e"].into_iter().enumerate() {
            let left = 20.0 * f64::from(u8::try_from(number).unwrap());
            glyphs.add(&Run { right: left, ..glyph(text, left, 0.0) });
        }
        assert_eq!(glyphs.runs.len(), 1);
        assert_eq!(glyphs.runs[0].text, "one");
    }

    #[test]
    fn a_mirrored_page_and_a_turned_line_have_places_all_the_same() {
        let flipped = Transform::row_major(1.0, 0.0, 0.0, -1.0, 30.0, 700.0);
        let run = placed(&flipped, 0.5, 12.0, "a");
        assert_eq!((run.left, run.right, run.down, run.size), (30.0, 36.0, -700.0, 12.0));
        let upwards = Transform::row_major(0.0, 1.0, -1.0, 0.0, 30.0, 700.0);
        let run = placed(&upwards, 0.5, 12.0, "a");
        assert_eq!((run.left, run.right, run.down, run.turn), (700.0, 706.0, 30.0, 1));
    }
}
