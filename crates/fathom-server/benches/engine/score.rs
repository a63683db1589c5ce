//! Figures, their floors, and the measures they come from.

use std::{process::ExitCode, time::Duration};

/// Prints figures and remembers whether one missed its floor.
#[derive(Default)]
pub struct Board {
    missed: Vec<String>,
}

impl Board {
    /// A figure that must be at least `floor`.
    pub fn at_least(&mut self, name: &str, value: f64, floor: f64) {
        self.judge(name, value >= floor, &format!("{value:.4}"), &format!("at least {floor}"));
    }

    /// A time that must be at most `ceiling`.
    pub fn within(&mut self, name: &str, value: Duration, ceiling: Duration) {
        self.judge(
            name,
            value <= ceiling,
            &format!("{value:.1?}"),
            &format!("at most {ceiling:?}"),
        );
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

/// Normalised discounted cumulative gain at 10, of the grades of a ranking against all grades there are.
pub fn ndcg10(ranked: &[f64], all: &[f64]) -> f64 {
    let gain = |grades: &[f64]| -> f64 {
        grades
            .iter()
            .take(10)
            .zip(2_u32..)
            .map(|(grade, rank)| (grade.exp2() - 1.0) / f64::from(rank).log2())
            .sum()
    };
    let mut best = all.to_vec();
    best.sort_by(|a, b| b.total_cmp(a));
    let ideal = gain(&best);
    if ideal > 0.0 { gain(ranked) / ideal } else { 0.0 }
}

/// The mean of `values`.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / as_f64(values.len().max(1))
}

/// `part` of `whole`.
pub fn share(part: usize, whole: usize) -> f64 {
    as_f64(part) / as_f64(whole.max(1))
}

#[expect(clippy::cast_precision_loss, reason = "counts of a benchmark are small")]
fn as_f64(count: usize) -> f64 {
    count as f64
}
