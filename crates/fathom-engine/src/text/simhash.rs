//! A 64-bit fingerprint whose distance says how alike two texts are.

/// Fingerprints this close belong to texts that say the same.
pub const NEAR: u32 = 3;

const SHINGLE: usize = 5;

/// The fingerprint of `text` over runs of five letters and digits, blind to case, space and punctuation.
pub fn simhash(text: &str) -> u64 {
    let letters: Vec<char> =
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let mut weights = [0_i32; 64];
    for window in letters.windows(SHINGLE.min(letters.len().max(1))) {
        let hash = fnv(window);
        for (bit, weight) in weights.iter_mut().enumerate() {
            *weight += if hash >> bit & 1 == 1 { 1 } else { -1 };
        }
    }
    weights
        .iter()
        .enumerate()
        .filter(|(_, weight)| **weight > 0)
        .fold(0, |all, (bit, _)| all | 1 << bit)
}

/// In how many bits two fingerprints differ.
pub const fn distance(a: u64, b: u64) -> u32 {
    (a ^ b).count_ones()
}

/// FNV-1a with a final mix, because its high bits are poor for short input.
fn fnv(letters: &[char]) -> u64 {
    let hash = letters.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, letter| {
        (hash ^ u64::from(u32::from(*letter))).wrapping_mul(0x100_0000_01b3)
    });
    let mixed = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ mixed >> 33
}

#[cfg(test)]
mod tests {
    use super::{NEAR, distance, simhash};

    #[test]
    fn copies_are_near_and_other_sentences_far() {
        let text = "The country is richly endowed with natural resources such as petroleum, hydropower, fish and forests.";
        let copy = text.replace(", ", ",  ").to_uppercase();
        assert_eq!(distance(simhash(text), simhash(&copy)), 0);
        let other = "Trade is important, with exports accounting for over one third of national output in recent years.";
        assert!(distance(simhash(text), simhash(other)) > NEAR);
        assert_eq!(simhash(""), simhash("  "));
    }
}
