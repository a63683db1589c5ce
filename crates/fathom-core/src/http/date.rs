//! The one date format that HTTP servers still send, read without a clock or a time zone database.

use crate::number::value;

/// The names of the months, three letters each.
const MONTHS: &[u8] = b"JanFebMarAprMayJunJulAugSepOctNovDec";

/// Seconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(super) fn seconds(text: &str) -> Option<u64> {
    let (_, rest) = text.split_once(',')?;
    let mut reader = Reader(rest.as_bytes());
    reader.skip(b" ")?;
    let day = reader.number(2)?;
    reader.skip(b" ")?;
    let (name, rest) = reader.0.split_at_checked(3)?;
    let month = MONTHS.chunks(3).position(|known| known == name)? as u64 + 1;
    reader.0 = rest;
    reader.skip(b" ")?;
    let year = reader.number(4)?;
    reader.skip(b" ")?;
    let seconds = moment(year, month, day, reader.clock()?)?;
    (reader.0 == b" GMT").then_some(seconds)
}

/// What is left of a date.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    /// Steps over a byte that is one of these.
    pub(super) fn skip(&mut self, any: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first().filter(|(first, _)| any.contains(first))?;
        self.0 = rest;
        Some(*first)
    }

    /// The digits that come next, this many at most.
    pub(super) fn digits(&mut self, most: usize) -> &'a [u8] {
        let count = self.0.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(count).unwrap_or_default();
        self.0 = rest;
        digits
    }

    /// A number of one to so many digits.
    pub(super) fn number(&mut self, most: usize) -> Option<u64> {
        let digits = self.digits(most);
        if digits.is_empty() { None } else { Some(value(digits)) }
    }

    /// A time of day, with or without seconds, in seconds.
    pub(super) fn clock(&mut self) -> Option<u64> {
        let hours = self.number(2)?;
        self.skip(b":")?;
        let minutes = self.number(2)?;
        let seconds = if self.skip(b":").is_some() { self.number(2)? } else { 0 };
        let fits = hours < 24 && minutes < 60 && seconds <= 60;
        fits.then_some((hours * 60 + minutes) * 60 + seconds)
    }
}

/// The thousandths of a fraction of these digits.
pub(super) fn thousandths(digits: &[u8]) -> u64 {
    match digits {
        [a, b, c, ..] => value(&[*a, *b, *c]),
        [a, b] => value(&[*a, *b, b'0']),
        [a] => value(&[*a, b'0', b'0']),
        [] => 0,
    }
}

/// Seconds since 1970 of a day and a time of day; none for days before that, or that no month has.
pub(super) fn moment(year: u64, month: u64, day: u64, clock: u64) -> Option<u64> {
    let fits =
        (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then(|| days(year, month, day) * 86_400 + clock)
}

/// Days from 1970-01-01, by counting years from March so that the leap day comes last.
fn days(year: u64, month: u64, day: u64) -> u64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap = year / 4 - year / 100 + year / 400;
    (year * 365 + leap + (month * 153 + 2) / 5 + day - 1).saturating_sub(719_468)
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn reads_dates_across_leap_years() {
        assert_eq!(seconds("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777));
        assert_eq!(seconds("Thu, 29 Feb 2024 23:59:59 GMT"), Some(1_709_251_199));
    }

    #[test]
    fn refuses_what_is_not_such_a_date() {
        for text in ["", "120", "Sun, 06 Nov 1994", "x, 99 Nov 1994 08:49:37 GMT", "a, 1 b 2 c d"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
