//! Numbers and mutations that are the same in every run.

/// SplitMix64.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % most.max(1) as u64).unwrap()
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    /// Text of up to `most` pieces.
    pub(crate) fn text(&mut self, pieces: &[&str], most: usize) -> String {
        (0..self.below(most + 1)).map(|_| self.pick(pieces)).collect()
    }

    /// Bytes with a few of them changed, removed, doubled or replaced by something troublesome.
    pub(crate) fn mutated(&mut self, bytes: &[u8]) -> Vec<u8> {
        const TROUBLE: [&[u8]; 14] = [
            b"\0",
            b"\"",
            b"\\",
            b"{",
            b"}",
            b"[",
            b"]",
            b"\n",
            b"\xFF",
            b"1e999",
            b"-",
            b"null",
            b"\xF0\x9F",
            b"\\ud800",
        ];
        let mut out = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(out.len() + 1);
            let end = (at + self.below(30)).min(out.len());
            match self.below(4) {
                0 => _ = out.splice(at..end, []),
                1 => {
                    let piece = out[at..end].to_vec();
                    out.splice(at..at, piece);
                }
                2 => {
                    _ = out.splice(at..(at + 1).min(out.len()), self.pick(&TROUBLE).iter().copied())
                }
                _ => _ = out.splice(at..at, self.pick(&TROUBLE).iter().copied()),
            }
        }
        out
    }
}
