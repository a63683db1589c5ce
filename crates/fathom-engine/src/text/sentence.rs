//! Where sentences begin and end.

use std::ops::Range;

/// A sentence longer than this is cut at a space, so that no text, however odd, makes a quote of a whole book.
const LONGEST: usize = 1_500;

/// Short forms, in lower case and without their last full stop, that do not end a sentence.
const ABBREVIATIONS: &str = "mr mrs ms dr prof st sr jr vs etc e.g i.e eg ie cf al inc ltd co corp no nos vol pp p fig figs eq ca approx est \
elev dept gov gen sen rep col lt sgt capt hon rev mt ft jan feb mar apr jun jul aug sep sept oct nov dec u.s u.n u.k a.m p.m ph.d \
z.b d.h u.a bzw ca nr bd usw vgl str hr fr bspw sog abb art abs bzgl evtl inkl ggf г гг в вв т.е т.д т.п др им р руб млн млрд тыс м.е n.chr v.chr";

/// The sentences of `text` as byte ranges, in order, without the white space around them.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        let ends = match c {
            '。' | '！' | '？' | '｡' | '।' | '؟' => true,
            '.' | '!' | '?' | '…' => {
                while let Some((_, next)) =
                    chars.next_if(|(_, next)| matches!(next, '.' | '!' | '?' | '…'))
                {
                    end += next.len_utf8();
                }
                true
            }
            '\n' => text
                .get(end..)
                .is_some_and(|rest| rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n')),
            _ => false,
        };
        if !ends {
            continue;
        }
        while let Some((_, next)) = chars.next_if(|(_, next)| is_closer(*next)) {
            end += next.len_utf8();
        }
        if breaks(text, start, at, end, c) {
            push(text, start..end, &mut found);
            start = end;
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

const fn is_closer(c: char) -> bool {
    matches!(c, ')' | ']' | '"' | '\'' | '\u{2019}' | '\u{201d}' | '»' | '」' | '』' | '）')
}

/// Whether the sign at `at`, whose run ends at `end`, ends the sentence that began at `start`.
fn breaks(text: &str, start: usize, at: usize, end: usize, sign: char) -> bool {
    if matches!(sign, '。' | '！' | '？' | '｡' | '।' | '؟' | '\n') {
        return true;
    }
    let Some(rest) = text.get(end..) else { return true };
    let Some(next) = rest.chars().next() else { return true };
    if !next.is_whitespace() {
        return false;
    }
    let Some(opening) = rest.trim_start().chars().find(|c| !is_opener(*c)) else { return true };
    if opening.is_lowercase() {
        return false;
    }
    sign != '.' || end > at + 1 + sign_closers(text, at, end) || !is_short(text, start, at, opening)
}

/// The bytes of closing signs between the sign at `at` and `end`; more than that means a run such as `...` or `?!`.
fn sign_closers(text: &str, at: usize, end: usize) -> usize {
    text.get(at + 1..end)
        .map_or(0, |tail| tail.chars().filter(|c| is_closer(*c)).map(char::len_utf8).sum())
}

const fn is_opener(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '"'
            | '\''
            | '\u{2018}'
            | '\u{201c}'
            | '«'
            | '„'
            | '「'
            | '『'
            | '（'
            | '–'
            | '—'
            | '-'
    )
}

/// Whether the word before the full stop at `at` is a short form and not the end of a sentence.
fn is_short(text: &str, start: usize, at: usize, opening: char) -> bool {
    let before = text.get(start..at).unwrap_or_default();
    let word =
        before.rsplit(|c: char| c.is_whitespace() || is_opener(c)).next().unwrap_or_default();
    let letters = word.chars().count();
    if letters == 1 {
        return word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    }
    let lower = word.to_lowercase();
    let known = ABBREVIATIONS.split_ascii_whitespace().any(|short| short == lower);
    // "No. 5" and "14. Jahrhundert" go on; "He said no." and "in 1901." do not.
    match lower.as_str() {
        "no" | "art" | "mar" | "co" | "al" | "p" | "fig" => known && opening.is_ascii_digit(),
        "etc" | "usw" | "a.m" | "p.m" | "u.s" | "u.n" | "u.k" | "inc" | "ltd" | "corp" | "jr"
        | "sr" => false,
        _ => known || (letters <= 2 && word.chars().all(|c| c.is_ascii_digit())),
    }
}

/// Adds `range` without the white space around it, in pieces if it is too long.
fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let mut rest = trim(text, range);
    while rest.len() > LONGEST {
        let cut = cut_point(text, &rest);
        let piece = trim(text, rest.start..cut);
        rest = trim(text, cut..rest.end);
        if !piece.is_empty() {
            found.push(piece);
        }
    }
    if !rest.is_empty() {
        found.push(rest);
    }
}

/// The last white space of the longest allowed piece, or its last character when there is none.
fn cut_point(text: &str, range: &Range<usize>) -> usize {
    let piece = super::whitespace::head(text.get(range.clone()).unwrap_or_default(), LONGEST);
    let space = piece.char_indices().rev().find(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    range.start + space.filter(|at| *at > 0).unwrap_or(piece.len().max(1))
}

/// `range` without the white space at its ends.
pub(crate) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(piece) = text.get(range.clone()) else { return range.start..range.start };
    let start = range.start + (piece.len() - piece.trim_start().len());
    start..start.max(range.start + piece.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::sentences;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| text.get(range).unwrap()).collect()
    }

    #[test]
    fn ends_at_full_stops_that_are_ends() {
        assert_eq!(
            cut("It rose. Then it fell!  Did it? Yes."),
            ["It rose.", "Then it fell!", "Did it?", "Yes."]
        );
        assert_eq!(
            cut("Dr. Smith paid $3.5 million to J. P. Morgan. It helped."),
            ["Dr. Smith paid $3.5 million to J. P. Morgan.", "It helped."]
        );
        assert_eq!(cut("He said \"no.\" She left."), ["He said \"no.\"", "She left."]);
        assert_eq!(
            cut("Beerenberg (elev. 2,227 m) is active. 5 others are not."),
            ["Beerenberg (elev. 2,227 m) is active.", "5 others are not."]
        );
    }

    #[test]
    fn knows_signs_of_other_scripts() {
        assert_eq!(cut("他来了。她走了！"), ["他来了。", "她走了！"]);
        assert_eq!(
            cut("Im 19. Jahrhundert wuchs sie. Danach nicht."),
            ["Im 19. Jahrhundert wuchs sie.", "Danach nicht."]
        );
    }

    #[test]
    fn cuts_text_without_any_end_and_loses_nothing() {
        let text = "word ".repeat(2_000);
        let joined: String = cut(&text).concat();
        assert_eq!(joined.replace(' ', ""), text.replace(' ', ""));
        let solid = "ж".repeat(5_000);
        assert_eq!(cut(&solid).concat(), solid);
    }
}
