//! Counts read from what the test runners print.

/// Tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) passed: u64,
    pub(super) failed: u64,
}

impl Count {
    pub(super) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Takes in a line of libtest or the wasm-bindgen runner:
    /// `test result: ok. 3 passed; 0 failed; 0 ignored; ...`. An ignored test counts as failed.
    pub(super) fn read_libtest(&mut self, line: &str) {
        let Some((_, counts)) =
            line.trim().strip_prefix("test result:").and_then(|rest| rest.split_once(". "))
        else {
            return;
        };
        for part in counts.split(';') {
            match part.trim().split_once(' ') {
                Some((number, "passed")) => self.passed += number.parse().unwrap_or(0),
                Some((number, "failed" | "ignored")) => self.failed += number.parse().unwrap_or(1),
                _ => {}
            }
        }
    }

    /// Takes in a line of Node's runner: `# pass 3` (TAP) or `ℹ pass 3` (spec). Cancelled, skipped
    /// and unfinished tests count as failed.
    pub(super) fn read_node(&mut self, line: &str) {
        let mut words = line.split_whitespace();
        let (Some("#" | "\u{2139}"), Some(kind), Some(number), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return;
        };
        let Ok(number) = number.parse::<u64>() else { return };
        match kind {
            "pass" => self.passed += number,
            "fail" | "cancelled" | "skipped" | "todo" => self.failed += number,
            _ => {}
        }
    }

    /// A runner that fails without a failed test (it did not compile, it crashed) is a failure.
    pub(super) fn finish(mut self, succeeded: bool) -> Self {
        if !succeeded && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libtest_lines_add_up_and_ignored_tests_fail() {
        let mut count = Count::default();
        for line in [
            "running 4 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s",
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 filtered out",
        ] {
            count.read_libtest(line);
        }
        assert_eq!(count, Count { passed: 4, failed: 3 });
    }

    #[test]
    fn node_lines_of_both_reporters_are_read() {
        let mut count = Count::default();
        for line in
            ["\u{2139} tests 5", "\u{2139} pass 3", "# fail 1", "# skipped 1", "# pass the salt"]
        {
            count.read_node(line);
        }
        assert_eq!(count, Count { passed: 3, failed: 2 });
    }

    #[test]
    fn a_runner_that_dies_is_a_failure() {
        assert_eq!(Count { passed: 7, failed: 0 }.finish(false), Count { passed: 7, failed: 1 });
        assert_eq!(Count { passed: 7, failed: 0 }.finish(true), Count { passed: 7, failed: 0 });
    }
}
