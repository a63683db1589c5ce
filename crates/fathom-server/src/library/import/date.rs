//! Dates as people write them, made ISO 8601.

/// The beginnings of the names of months in the languages of western Europe.
const MONTHS: [&[&str]; 12] = [
    &["jan", "gen", "ene"],
    &["feb", "f\u{e9}v", "fev"],
    &["mar", "m\u{e4}r", "mrz", "maart", "maa"],
    &["apr", "avr", "abr"],
    &["may", "mai", "maj", "mei", "mag"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "ao\u{fb}", "ago"],
    &["sep", "set"],
    &["oct", "okt", "ott", "out"],
    &["nov"],
    &["dec", "d\u{e9}c", "dez", "dic"],
];

/// The day that a text names as `YYYY-MM-DD`; `YYYY-MM` or `YYYY` where it names no more, or where nobody can tell
/// whether the day or the month comes first. Nothing where it names no date.
pub(super) fn iso(text: &str) -> Option<String> {
    let parts = Parts::of(text);
    let numbers: Vec<&str> = parts.numbers.iter().map(|(text, _)| *text).collect();
    match (parts.month, &*numbers) {
        (Some(month), numbers) => {
            let year = numbers.iter().find_map(|text| year(text))?;
            let day = numbers.iter().find(|text| text.len() <= 2);
            written(year, Some(month), day.and_then(|day| day.parse().ok()))
        }
        (None, [all]) if all.len() == 8 || all.len() == 14 => {
            let (y, m, d) = (all.get(..4)?, all.get(4..6)?, all.get(6..8)?);
            written(year(y)?, m.parse().ok(), d.parse().ok())
        }
        (None, [first, rest @ ..]) if year(first).is_some() => {
            let mut rest = rest.iter().map(|text| text.parse().unwrap_or(0));
            written(year(first)?, rest.next(), rest.next())
        }
        (None, [month, last]) if !parts.has_words => written(year(last)?, month.parse().ok(), None),
        (None, [first, second, last, ..]) => {
            let separator = parts.numbers.first()?.1;
            let (first, second) = (first.parse().ok()?, second.parse().ok()?);
            let last = year(last)?;
            match (first, second) {
                (day, month) if separator == '.' || day > 12 || day == month => {
                    written(last, Some(month), Some(day))
                }
                (month, day) if day > 12 => written(last, Some(month), Some(day)),
                _ => written(last, None, None),
            }
        }
        _ => None,
    }
}

/// What a text holds that may be of a date; times of the day are left out.
#[derive(Default)]
struct Parts<'t> {
    /// Numbers, each with the sign behind it.
    numbers: Vec<(&'t str, char)>,
    month: Option<u32>,
    has_words: bool,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str) -> Self {
        let mut parts = Self::default();
        let (mut rest, mut before, mut is_timed) = (text, ' ', false);
        while let Some(first) = rest.chars().next() {
            let same = |c: char| {
                if first.is_ascii_digit() { c.is_ascii_digit() } else { c.is_alphabetic() }
            };
            let end = rest.find(|c| !same(c)).unwrap_or(rest.len()).max(first.len_utf8());
            let (word, after) = rest.split_at(end);
            let next = after.chars().next().unwrap_or(' ');
            if first.is_ascii_digit() {
                let is_time = next == ':' || before == ':';
                // Behind a time come its fraction and its zone, or the year.
                is_timed |= is_time;
                if !is_time && (!is_timed || word.len() == 4 && before == ' ') {
                    parts.numbers.push((word, next));
                }
            } else if first.is_alphabetic() {
                // A day of the week may look like a month, but it comes first.
                parts.month = month(word).or(parts.month);
                parts.has_words = true;
            }
            (rest, before) = (after, word.chars().next_back().unwrap_or(' '));
        }
        parts
    }
}

fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let found = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)))?;
    u32::try_from(found + 1).ok()
}

fn year(text: &str) -> Option<u32> {
    let year = text.parse().ok().filter(|_| text.len() == 4)?;
    (1000..3000).contains(&year).then_some(year)
}

fn written(year: u32, month: Option<u32>, day: Option<u32>) -> Option<String> {
    let Some(month) = month else { return Some(format!("{year:04}")) };
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    match day {
        None => Some(format!("{year:04}-{month:02}")),
        Some(day) if (1..=days).contains(&day) => Some(format!("{year:04}-{month:02}-{day:02}")),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::iso;

    #[test]
    fn dates_are_read_as_they_are_written() {
        for text in [
            "2026-03-03",
            "March 3, 2026",
            "3 March 2026",
            "3rd of March 2026",
            "mar. 3 mars 2026",
            "3. M\u{e4}rz 2026",
            "2026/03/03",
            "2026.3.3",
            "03.03.2026",
            "3/3/2026",
            "Tue, 03 Mar 2026 10:00:00 GMT",
            "Tue Mar  3 10:00:00 2026",
            "Tue, 3 Mar 2026 10:00:00 +0100",
            "2026-03-03T10:00:00Z",
            "2026-03-03T10:00:00.123+01:00",
            "2026-03-03 10:00:00",
            "20260303",
            "20260303100000",
            "2026\u{5e74}3\u{6708}3\u{65e5}",
        ] {
            assert_eq!(iso(text).as_deref(), Some("2026-03-03"), "{text}");
        }
        for (text, date) in [
            ("31.12.2025", "2025-12-31"),
            ("12/31/2025", "2025-12-31"),
            ("31/12/2025", "2025-12-31"),
            ("29 Feb 2024", "2024-02-29"),
            ("2015-07", "2015-07"),
            ("July 2015", "2015-07"),
            ("07/2015", "2015-07"),
            ("2015", "2015"),
            ("Spring 2015", "2015"),
            // Nobody knows which is the month.
            ("04/03/2026", "2026"),
        ] {
            assert_eq!(iso(text).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_nothing() {
        for text in [
            "",
            "yesterday",
            "2026-13-01",
            "2026-02-30",
            "30 Feb 2026",
            "31.04.2026",
            "3.3.26",
            "10:00",
            "1.2.3.4",
            "999999999999",
            "-",
        ] {
            assert_eq!(iso(text), None, "{text}");
        }
    }
}
