//! How long to wait: growing intervals, jitter, and what the server asks for.

use std::time::Duration;

use crate::provider::Pace;

/// The first wait after a failure.
const FIRST: Duration = Duration::from_millis(500);
/// The longest wait after a failure.
const LONGEST: Duration = Duration::from_secs(30);
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
        self.failures = self.failures.saturating_add(1);
        match asked {
            // Clients that were told the same second must not all come back in it.
            Some(asked) => asked.min(LONGEST_ASKED) + self.part_of(wait / 4),
            None => wait - self.part_of(wait / 4),
        }
    }

    /// The wait between two polls.
    pub(super) fn before_poll(&mut self, pace: &Pace) -> Duration {
        let first = Duration::from_millis(u64::from(pace.poll_ms));
        let longest = Duration::from_millis(u64::from(pace.poll_max_ms.max(pace.poll_ms)));
        let wait = doubled(first, self.polls / 4, longest);
        self.polls = self.polls.saturating_add(1);
        wait - self.part_of(wait / 8)
    }

    /// A random duration up to `most`.
    fn part_of(&mut self, most: Duration) -> Duration {
        let span = u64::try_from(most.as_millis()).unwrap_or(u64::MAX).saturating_add(1);
        Duration::from_millis(self.random() % span)
    }

    /// SplitMix64: small, and good enough to spread clients.
    fn random(&mut self) -> u64 {
        self.seed = self.seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.seed ^ (self.seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

fn doubled(first: Duration, times: u32, longest: Duration) -> Duration {
    2u32.checked_pow(times)
        .and_then(|factor| first.checked_mul(factor))
        .unwrap_or(longest)
        .min(longest)
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
            assert!(waits.after_failure(Some(Duration::MAX)) <= LONGEST_ASKED + LONGEST);
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
