//! Logistic regression with fixed signs, by projected gradient; every set weighs as it is told to, and in it what is
//! answerable as much as what is not.

use fathom_engine::Signals;

use crate::rows::{Kind, Row, Why};

/// A base and a weight for each signal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Table {
    pub base: f64,
    pub weights: [f64; 8],
}

/// Set, not fitted: the size of a library tells answerable questions from others in any training set.
const SIZE: f64 = -0.8;
const SIZE_AT: usize = 6;
/// More of this never makes an answer likelier.
const NEGATIVE_AT: usize = 5;
const PENALTY: f64 = 0.003;
const STEPS: usize = 3_000;
const RATE: f64 = 0.15;
const MOMENTUM: f64 = 0.9;

impl Table {
    pub fn probability(&self, signals: &[f64; 8]) -> f64 {
        let sum: f64 =
            self.weights.iter().zip(signals).map(|(weight, signal)| weight * signal).sum();
        1.0 / (1.0 + (-self.base - sum).exp())
    }
}

/// How much a set weighs: a language as much as all profiles, a manual less, since nothing told here tells its right
/// passages from its wrong ones.
fn share(row: &Row) -> f64 {
    match row.kind {
        Kind::Manual => 0.3,
        Kind::Profiles => 1.0,
        Kind::Articles if row.set.contains(' ') => 0.3,
        Kind::Articles => 1.0,
    }
}

fn weights(rows: &[&Row]) -> Vec<f64> {
    let alike = |row: &Row, other: &Row| row.set == other.set && row.why == other.why;
    let kinds = |row: &Row| {
        let mut seen: Vec<Why> = Vec::new();
        for other in rows.iter().filter(|other| other.set == row.set) {
            if other.why != Why::Answerable && !seen.contains(&other.why) {
                seen.push(other.why);
            }
        }
        seen.len().max(1)
    };
    let weight = |row: &&Row| {
        let count = rows.iter().filter(|other| alike(row, other)).count();
        let parts = if row.why == Why::Answerable { 1 } else { kinds(row) };
        share(row) / (count * parts) as f64
    };
    let found: Vec<f64> = rows.iter().map(weight).collect();
    let all: f64 = found.iter().sum();
    found.into_iter().map(|weight| weight / all).collect()
}

/// Fits the table to rows. The same rows always give the same table.
pub fn fit(rows: &[&Row]) -> Table {
    let weights = weights(rows);
    let (means, spreads) = scale(rows);
    let scaled: Vec<[f64; 8]> = rows
        .iter()
        .map(|row| std::array::from_fn(|at| (row.signals[at] - means[at]) / spreads[at]))
        .collect();
    let (mut base, mut slopes) = (0.0, [0.0_f64; 8]);
    let (mut base_speed, mut speeds) = (0.0, [0.0_f64; 8]);
    for _ in 0..STEPS {
        let (mut base_pull, mut pulls) = (0.0, slopes.map(|slope| PENALTY * slope));
        for ((row, scaled), weight) in rows.iter().zip(&scaled).zip(&weights) {
            let sum: f64 = slopes.iter().zip(scaled).map(|(slope, signal)| slope * signal).sum();
            let z = base + sum + SIZE * row.signals[SIZE_AT];
            let error = 1.0 / (1.0 + (-z).exp()) - f64::from(u8::from(row.answers));
            base_pull += weight * error;
            for (pull, signal) in pulls.iter_mut().zip(scaled) {
                *pull += weight * error * signal;
            }
        }
        base_speed = MOMENTUM * base_speed + base_pull;
        base -= RATE * base_speed;
        for at in 0..slopes.len() {
            speeds[at] = MOMENTUM * speeds[at] + pulls[at];
            let moved = slopes[at] - RATE * speeds[at];
            slopes[at] = match at {
                SIZE_AT => 0.0,
                NEGATIVE_AT => moved.min(0.0),
                _ => moved.max(0.0),
            };
        }
    }
    let mut table = Table { base, weights: [0.0; 8] };
    for at in 0..slopes.len() {
        table.weights[at] = slopes[at] / spreads[at];
        table.base -= table.weights[at] * means[at];
    }
    table.weights[SIZE_AT] = SIZE;
    table
}

/// Mean and spread of each signal.
fn scale(rows: &[&Row]) -> ([f64; 8], [f64; 8]) {
    let count = rows.len().max(1) as f64;
    let mean = |at: usize| rows.iter().map(|row| row.signals[at]).sum::<f64>() / count;
    let means: [f64; 8] = std::array::from_fn(mean);
    let spread = |at: usize| {
        let squares = rows.iter().map(|row| (row.signals[at] - means[at]).powi(2)).sum::<f64>();
        (squares / count).sqrt() + 1e-6
    };
    (means, std::array::from_fn(spread))
}

/// The names of the signals, for who reads the table.
pub const NAMES: [&str; 8] = Signals::NAMES;
