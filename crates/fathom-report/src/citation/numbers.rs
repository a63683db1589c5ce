//! Lists of source numbers as people and models write them.

use super::Target;

/// The most sources one marker may name; a longer range is taken for something else.
const MOST: usize = 100;

/// Reads `1`, `1, 2`, `1;2`, `1-3`, `1–3` or `^1^`; none when the text is anything else.
///
/// A number is written without leading zeros and has at most four digits: `[0]`, `[01]` and
/// `[12345]` do not refer to sources. Whether `[2024]` does is for the registry to say.
pub(crate) fn read(text: &str) -> Option<Vec<Target>> {
    let mut targets = Vec::new();
    for part in text.split([',', ';', '，', '、']) {
        let (first, last) = range(part.trim().trim_matches('^'))?;
        let count = usize::try_from(last.checked_sub(first)?).ok()?;
        if targets.len() + count >= MOST {
            return None;
        }
        targets.extend((first..=last).map(Target::Number));
    }
    Some(targets)
}

fn range(part: &str) -> Option<(u32, u32)> {
    let dash = |c| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    let (first, last) = part.split_once(dash).unwrap_or((part, part));
    Some((number(first.trim())?, number(last.trim().trim_start_matches('^'))?))
}

/// Reads one number.
pub(crate) fn number(text: &str) -> Option<u32> {
    let fits = (1..=4).contains(&text.len())
        && !text.starts_with('0')
        && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Option<Vec<u32>> {
        read(text).map(|targets| {
            targets.iter().map(|t| if let Target::Number(n) = t { *n } else { 0 }).collect()
        })
    }

    #[test]
    fn reads_lists_and_ranges() {
        assert_eq!(numbers("3"), Some(vec![3]));
        assert_eq!(numbers(" 1,2 ; 5"), Some(vec![1, 2, 5]));
        assert_eq!(numbers("1-3, 7–8"), Some(vec![1, 2, 3, 7, 8]));
        assert_eq!(numbers("^1^"), Some(vec![1]));
    }

    #[test]
    fn anything_else_is_not_a_list() {
        for text in ["", "0", "01", "a", "1,", "1.5", "-1", "3-1", "1-500", "12345", "1 2", "0, 1"]
        {
            assert_eq!(numbers(text), None, "{text:?}");
        }
    }
}
