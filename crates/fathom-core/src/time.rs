//! Points in time as text, read without a clock or a time zone database.

/// Milliseconds since 1970 of an ISO 8601 date and time such as `2026-05-07T18:31:00.000Z` or
/// `2026-05-07 18:31:00+02:00`. A time without a zone is taken for UTC, a date without a time for
/// its midnight. None for anything else, and before 1970.
pub fn iso_ms(text: &str) -> Option<u64> {
    let text = text.trim();
    let (date, rest) = text.split_at_checked(10)?;
    let days = date_days(date)?;
    let (clock, offset) = match rest.strip_prefix(['T', 't', ' ']) {
        Some(rest) => zone(rest)?,
        None if rest.is_empty() => ("00:00:00", 0),
        None => return None,
    };
    let ms =
        i64::try_from(days.checked_mul(86_400_000)?).ok()? + clock_ms(clock)? - offset * 60_000;
    u64::try_from(ms).ok()
}

/// Days from 1970-01-01 to a date; 0 for a date before it.
pub(crate) fn days(year: u64, month: u64, day: u64) -> u64 {
    // Years are counted from March, so that the leap day comes last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap = year / 4 - year / 100 + year / 400;
    (year * 365 + leap + (month * 153 + 2) / 5 + day - 1).saturating_sub(719_468)
}

fn date_days(date: &str) -> Option<u64> {
    let mut parts = date.splitn(3, '-').map(number);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let fits =
        (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then(|| days(year, month, day))
}

/// A clock and, in minutes, how far it is before UTC.
fn zone(text: &str) -> Option<(&str, i64)> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let Some(at) = text.rfind(['+', '-']) else { return Some((text, 0)) };
    let (clock, offset) = text.split_at_checked(at)?;
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = if minutes.is_empty() { 0 } else { number(minutes)? };
    let total =
        i64::try_from(number(hours)? * 60 + minutes).ok().filter(|total| *total <= 24 * 60)?;
    Some((clock, sign * total))
}

fn clock_ms(clock: &str) -> Option<i64> {
    let (clock, fraction) = clock.split_once(['.', ',']).unwrap_or((clock, ""));
    let mut parts = clock.splitn(3, ':').map(number);
    let (hours, minutes) = (parts.next()??, parts.next()??);
    let seconds = parts.next().unwrap_or(Some(0))?;
    if hours > 24 || minutes > 59 || seconds > 60 {
        return None;
    }
    let thousandths: String = fraction.chars().chain("000".chars()).take(3).collect();
    i64::try_from((hours * 3600 + minutes * 60 + seconds) * 1000 + number(&thousandths)?).ok()
}

/// A short number of digits only.
fn number(text: &str) -> Option<u64> {
    let fits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::iso_ms;

    #[test]
    fn the_same_moment_is_read_in_every_form() {
        for text in [
            "2026-05-07T18:31:00.000Z",
            "2026-05-07T18:31:00Z",
            "2026-05-07t18:31z",
            "2026-05-07 18:31:00",
            "2026-05-07T18:31:00.000123",
            "2026-05-07T20:31:00.000+02:00",
            "2026-05-07T13:01:00-0530",
            "2026-05-07T19:31:00+01",
        ] {
            assert_eq!(iso_ms(text), Some(1_778_178_660_000), "{text}");
        }
        assert_eq!(iso_ms("1970-01-01"), Some(0));
        assert_eq!(iso_ms("2024-02-29T23:59:59.5Z"), Some(1_709_251_199_500));
    }

    #[test]
    fn what_is_no_such_moment_is_none() {
        for text in [
            "",
            "2026",
            "2026-05-07T",
            "2026-05-07Tx",
            "2026-13-07",
            "2026-05-32",
            "1969-12-31T23:00:00Z",
            "1970-01-01T00:00:00+01:00",
            "2026-05-07T25:00Z",
            "2026-05-07T18:31:00+99:99",
            "99999-01-01T00:00",
            "2026-05-07T18:31:00+",
            "２０２６-05-07",
            "2026-05-07T18:31:00.abcZ",
            "+026-05-07",
        ] {
            assert_eq!(iso_ms(text), None, "{text}");
        }
    }
}
