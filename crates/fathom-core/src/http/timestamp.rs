//! The dates of JSON bodies, such as `2026-06-30T10:00:00.123Z` (RFC 3339).

use super::date::{Reader, moment, thousandths};

/// Milliseconds since 1970; none for anything that is not such a date, or before 1970. A date that
/// names no offset is taken as UTC, and a space may stand for the `T`.
pub fn millis(text: &str) -> Option<u64> {
    let mut reader = Reader(text.trim().as_bytes());
    let year = reader.number(4)?;
    reader.skip(b"-")?;
    let month = reader.number(2)?;
    reader.skip(b"-")?;
    let day = reader.number(2)?;
    reader.skip(b"Tt ")?;
    let clock = reader.clock()?;
    let fraction = if reader.skip(b".").is_some() { reader.digits(usize::MAX) } else { b"" };
    let local = moment(year, month, day, clock)?;
    let utc = match reader.skip(b"Zz+-") {
        Some(b'+') => local.checked_sub(offset(&mut reader)?)?,
        Some(b'-') => local + offset(&mut reader)?,
        _ => local,
    };
    reader.0.is_empty().then_some(utc * 1000 + thousandths(fraction))
}

/// An offset such as `02:00`, `0200` or `02`, in seconds.
fn offset(reader: &mut Reader<'_>) -> Option<u64> {
    let hours = reader.number(2)?;
    reader.skip(b":");
    Some((hours * 60 + reader.number(2).unwrap_or_default()) * 60)
}

#[cfg(test)]
mod tests {
    use super::millis;

    #[test]
    fn reads_dates_with_and_without_offset_and_fraction() {
        assert_eq!(millis("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(millis("2026-06-30T10:00:00Z"), Some(1_782_813_600_000));
        assert_eq!(millis("2026-06-30T12:00:00.123456+02:00"), Some(1_782_813_600_123));
        assert_eq!(millis("2026-06-30 05:30:00.5-0430"), Some(1_782_813_600_500));
        assert_eq!(millis("2026-06-30T10:00"), Some(1_782_813_600_000));
        assert_eq!(millis("2024-02-29T23:59:59Z"), Some(1_709_251_199_000));
    }

    #[test]
    fn anything_else_is_no_date() {
        for text in [
            "",
            "T",
            "0000-01-00T00:00:00Z",
            "2026-06-30",
            "1969-12-31T23:59:59Z",
            "1970-01-01T00:00:00+01:00",
            "2026-13-01T00:00:00Z",
            "2026-06-30T24:00:00Z",
            "2026-06-30T10:61:00Z",
            "99999-01-01T00:00:00Z",
            "2026-06-30T10:00:00+",
            "2026-06-30T10:00:00+\u{e4}",
            "2026-06-30T-",
            "-1-1-1T1:1:1Z",
            "2026-06-30T10:00:00+99999999999999999999",
        ] {
            assert_eq!(millis(text), None, "{text}");
        }
    }
}
