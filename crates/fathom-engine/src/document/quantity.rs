//! Numbers with their units, and dates, as they stand in text.

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    Area,
    Length,
    Volume,
    Mass,
    Money,
    Share,
    Energy,
    Power,
    Time,
    Temperature,
}

/// A unit: what it measures, and how many of the base unit it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Unit {
    pub measure: Measure,
    pub factor: f64,
}

/// A number read from text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    /// The value, with "million" and the like multiplied in.
    pub value: f64,
    pub unit: Option<Unit>,
    /// Whether another number stands in the same word group: `12 per 1,000`.
    pub rate: bool,
    /// The bytes it was read from, unit included.
    pub end: usize,
    pub start: usize,
}

const UNITS: [(&str, Measure, f64); 64] = [
    ("sq km", Measure::Area, 1.0),
    ("square kilometers", Measure::Area, 1.0),
    ("square kilometres", Measure::Area, 1.0),
    ("km2", Measure::Area, 1.0),
    ("km²", Measure::Area, 1.0),
    ("sq mi", Measure::Area, 2.589_988),
    ("square miles", Measure::Area, 2.589_988),
    ("mi2", Measure::Area, 2.589_988),
    ("hectares", Measure::Area, 0.01),
    ("hectare", Measure::Area, 0.01),
    ("ha", Measure::Area, 0.01),
    ("acres", Measure::Area, 0.004_046_856),
    ("sq m", Measure::Area, 1e-6),
    ("m2", Measure::Area, 1e-6),
    ("m²", Measure::Area, 1e-6),
    ("cu km", Measure::Volume, 1e9),
    ("km3", Measure::Volume, 1e9),
    ("cu m", Measure::Volume, 1.0),
    ("m3", Measure::Volume, 1.0),
    ("m³", Measure::Volume, 1.0),
    ("bbl", Measure::Volume, 0.158_987),
    ("barrels", Measure::Volume, 0.158_987),
    ("liters", Measure::Volume, 0.001),
    ("litres", Measure::Volume, 0.001),
    ("km", Measure::Length, 1.0),
    ("kilometers", Measure::Length, 1.0),
    ("kilometres", Measure::Length, 1.0),
    ("miles", Measure::Length, 1.609_344),
    ("mi", Measure::Length, 1.609_344),
    ("nm", Measure::Length, 1.852),
    ("meters", Measure::Length, 0.001),
    ("metres", Measure::Length, 0.001),
    ("m", Measure::Length, 0.001),
    ("ft", Measure::Length, 0.000_304_8),
    ("feet", Measure::Length, 0.000_304_8),
    ("cm", Measure::Length, 1e-5),
    ("mm", Measure::Length, 1e-6),
    ("kg", Measure::Mass, 1.0),
    ("kilograms", Measure::Mass, 1.0),
    ("tonnes", Measure::Mass, 1_000.0),
    ("metric tons", Measure::Mass, 1_000.0),
    ("mt", Measure::Mass, 1_000.0),
    ("tons", Measure::Mass, 1_000.0),
    ("lb", Measure::Mass, 0.453_592),
    ("pounds", Measure::Mass, 0.453_592),
    ("%", Measure::Share, 1.0),
    ("percent", Measure::Share, 1.0),
    ("per cent", Measure::Share, 1.0),
    ("pct", Measure::Share, 1.0),
    ("kwh", Measure::Energy, 1.0),
    ("mwh", Measure::Energy, 1e3),
    ("gwh", Measure::Energy, 1e6),
    ("twh", Measure::Energy, 1e9),
    ("kw", Measure::Power, 1.0),
    ("mw", Measure::Power, 1e3),
    ("gw", Measure::Power, 1e6),
    ("years", Measure::Time, 1.0),
    ("year", Measure::Time, 1.0),
    ("months", Measure::Time, 1.0 / 12.0),
    ("usd", Measure::Money, 1.0),
    ("dollars", Measure::Money, 1.0),
    ("us dollars", Measure::Money, 1.0),
    ("$", Measure::Money, 1.0),
    ("°c", Measure::Temperature, 1.0),
];

const SCALES: [(&str, f64); 8] = [
    ("trillion", 1e12),
    ("billion", 1e9),
    ("million", 1e6),
    ("thousand", 1e3),
    ("hundred", 1e2),
    ("bn", 1e9),
    ("mio", 1e6),
    ("mrd", 1e9),
];

/// The unit of that name, in lower case.
pub(crate) fn unit(name: &str) -> Option<Unit> {
    UNITS
        .iter()
        .find(|(known, ..)| *known == name)
        .map(|(_, measure, factor)| Unit { measure: *measure, factor: *factor })
}

/// The scale word of that name.
pub(crate) fn scale(name: &str) -> Option<f64> {
    SCALES.iter().find(|(known, _)| *known == name).map(|(_, factor)| *factor)
}

/// All numbers of `text`, in order; digits inside a word are none.
pub(crate) fn numbers(text: &str) -> impl Iterator<Item = Number> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(rest) = text.get(at..) {
            let start = at + rest.find(|c: char| c.is_ascii_digit())?;
            let before = text.get(..start).and_then(|before| before.chars().next_back());
            let digits = digits(text.get(start..).unwrap_or_default());
            at = start + digits.len();
            if before.is_some_and(char::is_alphabetic) {
                continue;
            }
            if let Some(found) = read(text, start, digits) {
                at = found.end.max(at);
                return Some(found);
            }
        }
        None
    })
}

/// Digits with thousands commas and one decimal point.
fn digits(text: &str) -> &str {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    let mut decimal = false;
    loop {
        match bytes.get(end) {
            Some(byte) if byte.is_ascii_digit() => end += 1,
            Some(b',')
                if !decimal
                    && is_digit(end + 1)
                    && is_digit(end + 2)
                    && is_digit(end + 3)
                    && !is_digit(end + 4) =>
            {
                end += 1
            }
            Some(b'.') if !decimal && is_digit(end + 1) => {
                decimal = true;
                end += 1;
            }
            _ => break,
        }
    }
    text.get(..end).unwrap_or_default()
}

fn read(text: &str, start: usize, digits: &str) -> Option<Number> {
    let mut value: f64 = digits.replace(',', "").parse().ok()?;
    let before = text.get(..start).unwrap_or_default();
    let dollars = before.trim_end_matches(['-', '−', ' ']).ends_with('$');
    if is_negative(before) {
        value = -value;
    }
    let mut end = start + digits.len();
    let after = text.get(end..).unwrap_or_default();
    let lower = crate::text::whitespace::head(after, 40).to_ascii_lowercase();
    let mut tail = lower.as_str();
    let spaces = tail.len() - tail.trim_start().len();
    tail = tail.trim_start();
    let mut used = spaces;
    if let Some((name, factor)) = SCALES.iter().find(|(name, _)| is_word(tail, name)) {
        value *= factor;
        let rest = tail.get(name.len()..).unwrap_or_default();
        used += name.len() + (rest.len() - rest.trim_start().len());
        tail = rest.trim_start();
    }
    let named =
        UNITS.iter().filter(|(name, ..)| is_word(tail, name)).max_by_key(|(name, ..)| name.len());
    if let Some((name, ..)) = named {
        used += name.len();
        tail = tail.get(name.len()..).unwrap_or_default();
    }
    let unit = if dollars { unit("$") } else { named.and_then(|(name, ..)| unit(name)) };
    if used > spaces {
        end += used;
    }
    Some(Number {
        value,
        unit,
        rate: tail.starts_with('/') || tail.trim_start().starts_with("per "),
        start,
        end,
    })
}

/// A minus sign counts when nothing that could be a range or a word stands before it.
fn is_negative(before: &str) -> bool {
    let before = before.trim_end_matches('$');
    let Some(rest) = before.strip_suffix(['-', '−']) else { return false };
    rest.chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '$'))
}

fn is_word(text: &str, word: &str) -> bool {
    let sign = !word.chars().next_back().is_some_and(char::is_alphanumeric);
    text.strip_prefix(word)
        .is_some_and(|rest| sign || !rest.chars().next().is_some_and(char::is_alphanumeric))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The first full date of `text` in ISO 8601: `7 June 1905`, `June 7, 1905` or `1905-06-07`.
pub(crate) fn date(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | ';'))
        .filter(|word| !word.is_empty())
        .collect();
    words.iter().find_map(|word| iso(word)).or_else(|| {
        words.windows(3).find_map(|window| match window {
            [day, month, year] => spelled(day, month, year).or_else(|| spelled(month, day, year)),
            _ => None,
        })
    })
}

fn iso(word: &str) -> Option<String> {
    let date =
        word.get(..10).filter(|_| word.len() == 10 || word.as_bytes().get(10) == Some(&b'T'))?;
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let sound = year.len() == 4
        && year.parse::<u16>().is_ok()
        && (1..=12).contains(&month.parse::<u8>().ok()?)
        && (1..=31).contains(&day.parse::<u8>().ok()?);
    sound.then(|| date.to_owned())
}

fn spelled(day: &str, month: &str, year: &str) -> Option<String> {
    let lower = month.to_lowercase();
    let number = MONTHS.iter().position(|name| {
        *name == lower || lower.len() >= 3 && name.starts_with(lower.trim_end_matches('.'))
    })?;
    let day: u8 = day
        .trim_end_matches(|c: char| c.is_ascii_alphabetic())
        .parse()
        .ok()
        .filter(|day| (1..=31).contains(day))?;
    let year: u16 = year
        .trim_end_matches(|c: char| !c.is_ascii_digit())
        .parse()
        .ok()
        .filter(|year| *year >= 100)?;
    Some(format!("{year:04}-{:02}-{day:02}", number + 1))
}

/// The years that `text` names, in order.
pub(crate) fn years(text: &str) -> impl Iterator<Item = u16> + '_ {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.len() == 4)
        .filter_map(|word| word.parse().ok())
        .filter(|year| (1_000..2_100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::{Measure, Number, date, numbers, years};

    fn number(text: &str) -> Option<Number> {
        numbers(text).next()
    }

    #[test]
    fn reads_numbers_with_scale_and_unit() {
        let energy = number("134 billion kWh (2012 est.)").unwrap();
        assert_eq!(
            (energy.value, energy.unit.map(|unit| unit.measure)),
            (134e9, Some(Measure::Energy))
        );
        let area = number("total: 323,802 sq km").unwrap();
        assert_eq!(
            (area.value, area.unit.map(|unit| unit.measure)),
            (323_802.0, Some(Measure::Area))
        );
        let money = number("$-1.5 billion").unwrap();
        assert_eq!(money.value, -1.5e9);
        assert_eq!(number("1,2").unwrap().value, 1.0);
        assert!(number("CO2 and H1").is_none());
        assert!(number("7.25 migrant(s)/1,000 population").unwrap().unit.is_none());
        assert!(number("24 km/h").unwrap().rate);
    }

    #[test]
    fn gives_the_bytes_of_each_number() {
        let text = "It rose from 5 million tons to 7 % in Ⱥ 12 km.";
        let found: Vec<&str> =
            numbers(text).map(|number| text.get(number.start..number.end).unwrap()).collect();
        assert_eq!(found, ["5 million tons", "7 %", "12 km"]);
    }

    #[test]
    fn reads_dates_and_years() {
        assert_eq!(date("7 June 1905 (Norway)").as_deref(), Some("1905-06-07"));
        assert_eq!(date("on June 7, 1905").as_deref(), Some("1905-06-07"));
        assert_eq!(date("2015-07-01").as_deref(), Some("2015-07-01"));
        assert_eq!(date("soon"), None);
        assert_eq!(years("in 1905 and 1990-91, 12345").collect::<Vec<_>>(), [1905, 1990]);
    }
}
