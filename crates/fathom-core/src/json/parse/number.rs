//! Numbers in a JSON text.

use serde_json::Number;

use super::Reader;

/// The largest power of ten that a double holds.
const LARGEST: i64 = 308;

/// A number as it is written: `digits` times ten to the power of `exponent`.
#[derive(Default)]
struct Written {
    digits: u64,
    exponent: i64,
}

impl Reader<'_> {
    /// The number that begins with `first`.
    pub(super) fn number(&mut self, first: u8) -> Option<Number> {
        let is_negative = first == b'-';
        let first = if is_negative { self.next()? } else { first };
        if first == b'0' && self.next_digit().is_some() {
            return None;
        }
        let mut number = Written::default();
        self.digits(first, 0, &mut number)?;
        // One with more digits than 64 bits hold has an exponent by now.
        let mut is_whole = number.exponent == 0;
        if self.next_of(b".").is_some() {
            is_whole = false;
            let first = self.next()?;
            self.digits(first, -1, &mut number)?;
        }
        if self.next_of(b"eE").is_some() {
            is_whole = false;
            number.exponent = number.exponent.saturating_add(self.exponent()?);
        }
        match 0_i64.checked_sub_unsigned(number.digits) {
            _ if is_whole && !is_negative => Some(number.digits.into()),
            Some(whole) if is_whole && whole < 0 => Some(whole.into()),
            _ if is_negative => Number::from_f64(-number.value()?),
            _ => Number::from_f64(number.value()?),
        }
    }

    /// Takes the digits from `first` on, each of which moves the point by `step`. Those that 64 bits
    /// have no room for are dropped, which moves it one place more.
    fn digits(&mut self, first: u8, step: i64, number: &mut Written) -> Option<()> {
        let mut next = Some(digit(first)?);
        let mut is_full = false;
        while let Some(digit) = next {
            let more = number.digits.checked_mul(10).and_then(|digits| digits.checked_add(digit));
            is_full |= more.is_none();
            number.exponent += step + i64::from(is_full);
            number.digits = more.filter(|_| !is_full).unwrap_or(number.digits);
            next = self.next_digit();
        }
        Some(())
    }

    fn exponent(&mut self) -> Option<i64> {
        let is_negative = self.next_of(b"+-") == Some(b'-');
        let first = self.next()?;
        let mut exponent = Written::default();
        self.digits(first, 0, &mut exponent)?;
        let exponent = i64::try_from(exponent.digits).unwrap_or(i64::MAX);
        Some(if is_negative { -exponent } else { exponent })
    }

    fn next_digit(&mut self) -> Option<u64> {
        self.next_of(b"0123456789").and_then(digit)
    }
}

fn digit(byte: u8) -> Option<u64> {
    byte.is_ascii_digit().then(|| u64::from(byte - b'0'))
}

impl Written {
    /// The double of this number, or one that is next to it; none when it is too large for one.
    fn value(&self) -> Option<f64> {
        let mut value = self.digits as f64;
        if value == 0.0 {
            return Some(value);
        }
        // No number of 64 bits is left of after a thousand places.
        let mut exponent = self.exponent.max(-1_000);
        while exponent < -LARGEST {
            value /= 1e308;
            exponent += LARGEST;
        }
        if exponent > LARGEST {
            return None;
        }
        let power = power_of_ten(exponent.unsigned_abs());
        let value = if exponent < 0 { value / power } else { value * power };
        Some(value).filter(|value| value.is_finite())
    }
}

/// The double next to ten to the power of `exponent`, which is at most [`LARGEST`].
///
/// A power of five is multiplied up in 128 bits, of which the last ones are cut off where they have
/// no room. All of them together are far from what would change the 53 bits of the result; a test
/// compares each.
fn power_of_ten(exponent: u64) -> f64 {
    let (mut five, mut two) = (1_u128 << 120, exponent + 1_023 - 120);
    for _ in 0..exponent {
        if five >> 125 != 0 {
            five >>= 3;
            two += 3;
        }
        five *= 5;
    }
    let rest = u64::from(five as u64 != 0);
    ((five >> 64) as u64 | rest) as f64 * f64::from_bits((two + 64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten_are_the_nearest_doubles() {
        for exponent in 0..=LARGEST.unsigned_abs() {
            let known: f64 = format!("1e{exponent}").parse().unwrap();
            assert_eq!(power_of_ten(exponent).to_bits(), known.to_bits(), "1e{exponent}");
        }
    }
}
