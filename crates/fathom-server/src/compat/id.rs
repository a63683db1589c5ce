//! Ids in the forms that vendors give theirs.

use crate::clock;
use crate::error::ApiError;

/// Crockford's alphabet in lower case: no `i`, `l`, `o` and `u`.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A UUID of version 4.
pub(super) fn uuid() -> Result<String, ApiError> {
    let [a, b, c, d] = (u128::from_be_bytes(random()?) & !(0xf << 76) | 4 << 76).to_be_words();
    // The variant stands in the first two bits of the third word.
    let c = c & 0x3fff_ffff | 0x8000_0000;
    Ok(format!(
        "{a:08x}-{:04x}-{:04x}-{:04x}-{:04x}{d:08x}",
        b >> 16,
        b & 0xffff,
        c >> 16,
        c & 0xffff
    ))
}

/// A ULID in lower case: it begins with the time, so that ids sort by it.
pub(super) fn ulid() -> Result<String, ApiError> {
    let random = u128::from_be_bytes(random()?) & ((1 << 80) - 1);
    let time = u128::from(clock::now_ms().unsigned_abs()) & ((1 << 48) - 1);
    let bits = time << 80 | random;
    let letter = |at: u32| {
        let index = usize::try_from(bits >> (5 * at) & 31).unwrap_or_default();
        ALPHABET.get(index).copied().map_or('0', char::from)
    };
    Ok((0..26).rev().map(letter).collect())
}

/// Whether this is written as a UUID.
pub(super) fn is_uuid(id: &str) -> bool {
    let lengths: Vec<usize> = id.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

fn random() -> Result<[u8; 16], ApiError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| ApiError::internal(&error))?;
    Ok(bytes)
}

trait Words {
    /// The four words of 32 bits, the highest first.
    fn to_be_words(self) -> [u32; 4];
}

impl Words for u128 {
    fn to_be_words(self) -> [u32; 4] {
        [96, 64, 32, 0].map(|shift| u32::try_from(self >> shift & 0xffff_ffff).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::{is_uuid, ulid, uuid};

    #[test]
    fn ids_look_like_those_of_the_vendors() {
        let id = uuid().unwrap();
        assert!(is_uuid(&id), "{id}");
        assert_eq!(id.as_bytes()[14], b'4', "{id}");
        assert!(b"89ab".contains(&id.as_bytes()[19]), "{id}");
        assert!(!is_uuid("x") && !is_uuid("123e4567-e89b-12d3-a456-42661417411g"));
        let (first, second) = (ulid().unwrap(), ulid().unwrap());
        assert_eq!(first.len(), 26);
        assert_eq!(first.get(..8), second.get(..8), "the time comes first");
        assert_ne!(first, second);
        assert!(first.bytes().all(|byte| super::ALPHABET.contains(&byte)), "{first}");
    }
}
