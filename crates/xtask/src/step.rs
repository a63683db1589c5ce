//! The lines that tell what was done and how long it took.

use std::time::Instant;

use anyhow::{Context, Result};

/// What a step came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was there.
    Unchanged,
    /// Something was made or installed.
    Done,
}

impl Outcome {
    /// Reads "had to be done".
    pub(crate) fn of(done: bool) -> Self {
        if done { Self::Done } else { Self::Unchanged }
    }
}

/// Runs one step and prints its name, outcome and time.
pub(crate) fn step(name: &str, work: impl FnOnce() -> Result<Outcome>) -> Result<()> {
    let start = Instant::now();
    let outcome = work().with_context(|| format!("{name} failed"))?;
    let word = match outcome {
        Outcome::Unchanged => "up to date",
        Outcome::Done => "done",
    };
    println!("{name:<28} {word:<10} {:>7.1} s", start.elapsed().as_secs_f64());
    Ok(())
}
