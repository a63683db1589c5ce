//! How long to wait: growing intervals, jitter, and what the server asks for.

use std::time::Duration;

use crate::provider::Pace;

/// The first wait after a failure, in milliseconds.
const FIRST: u64 = 500;
/// The longest wait after a failure, in milliseconds.
const LONGEST: u64 = 30_000;
/// The longest wait that a server can ask for; a wrong date must not park a run for years.
const LONGEST_ASKED: Duration = Duration::from_secs(600);

/// The waits of one run, or of one call. Randomness is handed in as a seed.
#[derive(Debug)]
pub(crate) struct Waits {
    seed: u64,
    failures: u32,
    polls: u32,
}

impl Waits {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, failures: 0, polls: 0 }
    }

    /// Failures since the last success.
    pub(super) fn failures(&self) -> u32 {
        self.failures
    }

    /// Something worked: the next failure waits briefly again.
    pub(super) fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// Something new was learned: polling becomes brisk again.
    pub(super) fn progressed(&mut self) {
        self.failures = 0;
        self.polls = 0;
    }

    /// The wait after a failure: at least what the server asks for, else twice the one before.
    pub(crate) fn after_failure(&mut self, asked: Option<Duration>) -> Duration {
        let wait = doubled(FIRST, self.failures, LONGEST);
        let jitter = self.up_to(wait / 4);
        self.failures = self.failures.saturating_add(1);
        match asked {
            // Clients that were told the same second must not all come back in it.
            Some(asked) => asked.min(LONGEST_ASKED) + Duration::from_millis(jitter),
            None => Duration::from_millis(wait - jitter),
        }
    }

    /// The wait between two polls.
    pub(super) fn before_poll(&mut self, pace: &Pace) -> Duration {
        let wait = doubled(pace.poll_ms.into(), self.polls / 4, pace.poll_max_ms.into());
        self.polls = self.polls.saturating_add(1);
        Duration::from_millis(wait - self.up_to(wait / 8))
    }

    /// A random number, `most` at most. SplitMix64: small, and good enough to spread clients.
    fn up_to(&mut self, most: u64) -> u64 {
        self.seed = self.seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.seed ^ (self.seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % most.saturating_add(1)
    }
}

/// So many times the double of the first wait, up to the longest.
fn doubled(first: u64, times: u32, longest: u64) -> u64 {
    (first << times.min(20)).min(longest.max(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_limit_and_jitter_takes_at_most_a_quarter() {
        for seed in 0..200 {
            let mut waits = Waits::new(seed);
            for (round, full) in
                [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000].into_iter().enumerate()
            {
                let wait = waits.after_failure(None).as_millis();
                assert!((full * 3 / 4..=full).contains(&wait), "seed {seed} round {round}: {wait}");
            }
        }
    }

    #[test]
    fn endless_failures_do_not_overflow() {
        let mut waits = Waits { seed: 1, failures: u32::MAX - 1, polls: u32::MAX - 1 };
        for _ in 0..4 {
            let longest = LONGEST_ASKED + Duration::from_millis(LONGEST);
            assert!(waits.after_failure(Some(Duration::MAX)) <= longest);
            assert!(waits.before_poll(&Pace::DEFAULT) <= Duration::from_secs(10));
        }
    }

    #[test]
    fn never_comes_back_before_the_server_wants() {
        for seed in 0..200 {
            let wait = Waits::new(seed).after_failure(Some(Duration::from_secs(7)));
            assert!(wait >= Duration::from_secs(7) && wait < Duration::from_secs(8), "{wait:?}");
        }
    }

    #[test]
    fn different_seeds_spread() {
        let waits: std::collections::BTreeSet<_> =
            (0..50).map(|seed| Waits::new(seed).after_failure(None)).collect();
        assert!(waits.len() > 20);
    }
}
