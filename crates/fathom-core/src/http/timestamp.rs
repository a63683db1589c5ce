//! The dates of JSON bodies, such as `2026-06-30T10:00:00.123Z` (RFC 3339).

use super::date::days;

/// Milliseconds since 1970; none for anything that is not such a date, or before 1970. A date that
/// names no offset is taken as UTC, and a space may stand for the `T`.
pub fn millis(text: &str) -> Option<u64> {
    let text = text.trim();
    let (day, time) = text.split_once(['T', 't', ' '])?;
    let (time, offset) = split_offset(time)?;
    let mut parts = day.splitn(3, '-').map(|part| digits(part, 4));
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let (clock, fraction) = time.split_once('.').unwrap_or((time, ""));
    let mut parts = clock.splitn(3, ':').map(|part| digits(part, 2));
    let (hours, minutes) = (parts.next()??, parts.next()??);
    let seconds = parts.next().unwrap_or(Some(0))?;
    let fits = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hours < 24
        && minutes < 60
        && seconds <= 60;
    if !fits {
        return None;
    }
    let total = ((days(year, month, day) * 24 + hours) * 60 + minutes) * 60 + seconds;
    let utc = total.checked_add_signed(-offset * 60)?;
    Some(utc * 1000 + thousandths(fraction))
}

/// The time of day without its offset, and the offset in minutes.
fn split_offset(time: &str) -> Option<(&str, i64)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, 0));
    }
    let Some(at) = time.rfind(['+', '-']) else { return Some((time, 0)) };
    let (time, offset) = time.split_at_checked(at)?;
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let offset = offset.get(1..)?;
    let (hours, minutes) = offset.split_once(':').or_else(|| offset.split_at_checked(2))?;
    let minutes = if minutes.is_empty() { 0 } else { digits(minutes, 2)? };
    let total = digits(hours, 2)? * 60 + minutes;
    Some((time, sign * i64::try_from(total).ok()?))
}

fn digits(text: &str, most: usize) -> Option<u64> {
    let fits = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

fn thousandths(fraction: &str) -> u64 {
    let digit = |at: usize| fraction.as_bytes().get(at).filter(|byte| byte.is_ascii_digit());
    (0..3).fold(0, |sum, at| sum * 10 + digit(at).map_or(0, |byte| u64::from(byte - b'0')))
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
