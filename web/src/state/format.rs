//! Numbers, durations and counts in words.

/// A number in groups of three: `9,801,616`.
pub fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with its noun: `1 source`, `14 sources`.
pub fn count(value: impl Into<u64>, one: &str, many: &str) -> String {
    let value = value.into();
    [number(value).as_str(), " ", if value == 1 { one } else { many }].concat()
}

/// Money or credits with their unit: `$0.135`, `42 credits`; no more digits than say something.
pub fn money(amount: f64, unit: &str) -> String {
    let digits = format!("{amount:.4}");
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    if unit == "USD" { ["$", digits].concat() } else { [digits, " ", unit].concat() }
}

/// A span of time as a clock shows it: `0.6 s`, `0:41`, `12:05`, `1:02:03`.
pub fn clock(ms: u64) -> String {
    let seconds = ms / 1_000;
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match (hours, seconds) {
        (0, 0..10) => format!("{}.{} s", seconds, ms % 1_000 / 100),
        (0, _) => format!("{minutes}:{rest:02}"),
        _ => format!("{hours}:{minutes:02}:{rest:02}"),
    }
}

/// A span of time in its largest unit: `0.6 s`, `41 s`, `3 min`, `2 h`, `5 days`.
pub fn duration(ms: u64) -> String {
    let seconds = ms / 1_000;
    match seconds {
        0 if ms < 100 => "less than 0.1 s".to_owned(),
        0..10 => clock(ms),
        10..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", number(seconds / 86_400)),
    }
}

/// How long ago something was: `just now`, `3 min ago`.
pub fn ago(then_ms: u64, now_ms: u64) -> String {
    let passed = now_ms.saturating_sub(then_ms);
    if passed < 10_000 { "just now".to_owned() } else { [&duration(passed), " ago"].concat() }
}

/// A message as a sentence: programs end theirs without a full stop and begin them small.
pub fn sentence(message: &str) -> String {
    let mut letters = message.trim().chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let mut text: String = first.chain(letters).collect();
    if !text.is_empty() && !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_in_groups_of_three() {
        let cases = [(0, "0"), (999, "999"), (1_000, "1,000"), (9_801_616, "9,801,616")];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
        assert_eq!(number(u64::MAX), "18,446,744,073,709,551,615");
    }

    #[test]
    fn durations_say_what_a_person_would() {
        let cases = [
            (33, "0.0 s", "less than 0.1 s"),
            (640, "0.6 s", "0.6 s"),
            (41_900, "0:41", "41 s"),
            (185_000, "3:05", "3 min"),
            (3_723_000, "1:02:03", "1 h"),
        ];
        for (ms, clocked, said) in cases {
            assert_eq!((clock(ms).as_str(), duration(ms).as_str()), (clocked, said));
        }
    }

    #[test]
    fn times_past_are_told_from_now_and_never_from_the_future() {
        assert_eq!(ago(0, 200_000), "3 min ago");
        assert_eq!(ago(5_000, 0), "just now");
        assert_eq!(ago(0, 86_400_000 * 9), "9 days ago");
    }

    #[test]
    fn messages_become_sentences() {
        assert_eq!(sentence("the schema is recursive"), "The schema is recursive.");
        assert_eq!(sentence("Why? "), "Why?");
        assert_eq!(sentence(""), "");
    }

    #[test]
    fn counts_bend_their_noun() {
        assert_eq!(count(1u32, "source", "sources"), "1 source");
        assert_eq!(count(1_400u32, "source", "sources"), "1,400 sources");
    }
}
