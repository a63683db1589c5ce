//! Whole numbers as digits. The general readers and writers of the standard library would be a good
//! part of a browser module.

/// A number of one to so many digits, 19 at most, and nothing else.
pub(crate) fn digits(text: &str, most: usize) -> Option<u64> {
    let fits = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| value(text.as_bytes()))
}

/// What digits stand for, at most 19 of them.
pub(crate) fn value(digits: &[u8]) -> u64 {
    let mut value = 0;
    for digit in digits {
        value = value * 10 + u64::from(digit & 15);
    }
    value
}

/// The digits of a number.
pub fn text(number: u64) -> String {
    let mut out = String::new();
    push(&mut out, number, "");
    out
}

/// The digits of a number with commas between thousands.
pub(crate) fn for_people(number: u64) -> String {
    let mut out = String::new();
    push(&mut out, number, ",");
    out
}

/// Adds the digits of a number, with something between thousands.
pub(crate) fn push(out: &mut String, number: u64, between: &str) {
    let mut places = 1_u32;
    let mut unit = 1;
    while number / unit >= 10 {
        unit *= 10;
        places += 1;
    }
    while unit > 0 {
        out.push(char::from(b'0' + (number / unit % 10) as u8));
        unit /= 10;
        places -= 1;
        if places > 0 && places.is_multiple_of(3) {
            out.push_str(between);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_standard_library_writes_them() {
        for number in [0, 7, 10, 99, 100, 1_234, 999_999, 1_000_000, u64::MAX] {
            assert_eq!(text(number), number.to_string());
        }
        assert_eq!(for_people(999), "999");
        assert_eq!(for_people(20_000), "20,000");
        assert_eq!(for_people(1_234_567), "1,234,567");
    }

    #[test]
    fn only_digits_are_numbers() {
        assert_eq!(digits("0042", 4), Some(42));
        assert_eq!(digits("9999999999999999999", 19), Some(9_999_999_999_999_999_999));
        for no in ["", "12345", "-1", "+1", "1.0", " 1", "\u{661}"] {
            assert_eq!(digits(no, 4), None, "{no}");
        }
    }
}
