//! Figures and their floors, for every bench.

use std::fmt::Debug;
use std::process::ExitCode;

/// Prints figures and remembers whether one missed its floor.
#[derive(Default)]
pub struct Board {
    missed: Vec<String>,
}

impl Board {
    /// A figure that must be at least `floor`.
    pub fn at_least(&mut self, name: &str, value: f64, floor: f64) {
        self.judge(name, value >= floor, &format!("{value:.4}"), &format!("at least {floor:.2}"));
    }

    /// A figure or a time that must be at most `ceiling`.
    pub fn at_most<T: PartialOrd + Debug>(&mut self, name: &str, value: T, ceiling: T) {
        let passed = value <= ceiling;
        self.judge(name, passed, &format!("{value:.3?}"), &format!("at most {ceiling:?}"));
    }

    /// A count that must be exactly `wanted`.
    pub fn exactly(&mut self, name: &str, value: usize, wanted: usize) {
        self.judge(name, value == wanted, &value.to_string(), &format!("exactly {wanted}"));
    }

    /// A figure that is only told.
    pub fn tell(&self, name: &str, value: &str) {
        println!("     {name:<58} {value}");
    }

    /// A measurement that could not be made.
    pub fn missing(&self, name: &str, why: &str) {
        println!("SKIP {name}: {why}");
    }

    fn judge(&mut self, name: &str, passed: bool, value: &str, wanted: &str) {
        let word = if passed { "ok  " } else { "MISS" };
        println!("{word} {name:<58} {value:<12} {wanted}");
        if !passed {
            self.missed.push(name.to_owned());
        }
    }

    /// The exit code of the whole.
    pub fn end(self) -> ExitCode {
        if self.missed.is_empty() {
            return ExitCode::SUCCESS;
        }
        println!("{} figures missed their floor: {}", self.missed.len(), self.missed.join(", "));
        ExitCode::FAILURE
    }
}
