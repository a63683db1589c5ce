//! Days and times of day, without a clock and without a time zone of its own.

const DAY_MS: i64 = 86_400_000;
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Reads a time such as `2026-11-22T02:00:00.016Z` as milliseconds since 1970.
pub fn parse(text: &str) -> Option<u64> {
    let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
    let [year, month, date] = numbers(day, '-')?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [hours, minutes, seconds] = numbers(time, ':')?;
    let days = days_from_civil(year, month, date)?;
    let thousandths: i64 =
        fraction.chars().chain("000".chars()).take(3).collect::<String>().parse().ok()?;
    let within = ((hours * 60 + minutes) * 60 + seconds) * 1_000 + thousandths;
    u64::try_from(days.checked_mul(DAY_MS)?.checked_add(within)?).ok()
}

/// The number of the day, counted from 1970, for somebody `offset_minutes` east of Greenwich.
pub fn day(ms: u64, offset_minutes: i32) -> i64 {
    let ms = i64::try_from(ms).unwrap_or(i64::MAX);
    ms.saturating_add(i64::from(offset_minutes) * 60_000).div_euclid(DAY_MS)
}

/// A day in words: `21 November 2026`.
pub fn words(day: i64) -> String {
    let (year, month, date) = civil_from_days(day);
    let name = usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).unwrap_or(&"");
    format!("{date} {name} {year}")
}

fn numbers(text: &str, divider: char) -> Option<[i64; 3]> {
    let mut parts = text.split(divider).map(|part| part.parse::<u32>().map(i64::from).ok());
    let three = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(three)
}

// Years begin in March here, so that the leap day is the last one.
fn days_from_civil(year: i64, month: i64, date: i64) -> Option<i64> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&date) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + date - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

fn civil_from_days(day: i64) -> (i64, i64, i64) {
    let day = day.clamp(-719_162, 2_932_896) + 719_468;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = (shifted + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_the_server_are_read() {
        assert_eq!(parse("1970-01-01T00:00:00.000Z"), Some(0));
        assert_eq!(parse("2026-11-22T02:00:00.016Z"), Some(1_795_312_800_016));
        assert_eq!(parse("2024-02-29T23:59:59Z"), Some(1_709_251_199_000));
        for nonsense in
            ["", "Z", "2026-13-01T00:00:00Z", "2026-11-22", "-5-1-1T1:1:1Z", "é-é-éTé:é:éZ"]
        {
            assert_eq!(parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn every_day_of_four_centuries_is_named_and_read_back() {
        for number in (-719_162..2_932_896).step_by(37) {
            let (year, month, date) = civil_from_days(number);
            assert_eq!(days_from_civil(year, month, date), Some(number));
        }
        assert_eq!(words(day(1_795_312_800_016, 0)), "22 November 2026");
        assert_eq!(words(day(1_795_312_800_016, -180)), "21 November 2026");
        words(i64::MAX);
    }
}
