//! Spans of years that a question names.

use crate::index::Years;

/// The last year that "since" reaches.
const OPEN_END: u16 = 2_999;

/// A span of years, and the words of the question that named it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub years: Years,
    /// How many words it took, from the first one looked at.
    pub words: usize,
}

/// Reads a span of years at the beginning of `words` (in lower case).
pub(super) fn read(words: &[&str]) -> Option<Named> {
    let span =
        |from, to, words| Some(Named { years: Years { from, to }, words }).filter(|_| from <= to);
    match words {
        ["between" | "from", from, "and" | "to" | "until" | "through", to, ..] => {
            span(year(from)?.0, year(to)?.1, 4)
        }
        ["since" | "after" | "from", from, ..] => span(year(from)?.0, OPEN_END, 2),
        ["before" | "until", to, ..] => span(0, year(to)?.1, 2),
        ["in" | "during" | "of", "the", decade, ..] if decade.ends_with('s') => {
            year(decade).and_then(|(from, to)| span(from, to, 3))
        }
        [from, "to" | "until" | "through", to, ..] => span(year(from)?.0, year(to)?.1, 3),
        [one, ..] => year(one).and_then(|(from, to)| span(from, to, 1)),
        [] => None,
    }
}

/// The years of "1862", "1980s" or "1981-2000".
fn year(word: &str) -> Option<(u16, u16)> {
    if let Some((from, to)) = word.split_once(['-', '–', '—']) {
        let from = plain(from)?;
        // "1981-85" leaves out the century.
        let to =
            if to.len() == 2 { to.parse::<u16>().ok()? + from / 100 * 100 } else { plain(to)? };
        return Some((from, to));
    }
    if let Some(decade) = word.strip_suffix("'s").or_else(|| word.strip_suffix('s')) {
        let from = plain(decade)?;
        return Some((from, from + if from % 100 == 0 { 99 } else { 9 }));
    }
    plain(word).map(|year| (year, year))
}

fn plain(word: &str) -> Option<u16> {
    let year: u16 = word.parse().ok().filter(|_| word.len() == 4)?;
    (1_000..2_200).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::read;

    fn years(words: &str) -> Option<(u16, u16)> {
        let words: Vec<&str> = words.split(' ').collect();
        read(&words).map(|named| (named.years.from, named.years.to))
    }

    #[test]
    fn reads_spans_decades_and_single_years() {
        assert_eq!(years("between 1981 and 2000"), Some((1981, 2000)));
        assert_eq!(years("since 1990"), Some((1990, 2999)));
        assert_eq!(years("1981-85"), Some((1981, 1985)));
        assert_eq!(years("1930s"), Some((1930, 1939)));
        assert_eq!(years("1800s"), Some((1800, 1899)));
        assert_eq!(years("in the 1930s"), Some((1930, 1939)));
        assert_eq!(years("1862"), Some((1862, 1862)));
        assert_eq!(years("between norway and sweden"), None);
        assert_eq!(years("5207"), None);
    }
}
