//! Who watches a run.

use fathom_core::Event;

/// What a host hears of a run, and how it ends one.
pub trait Observer {
    /// Called for every step.
    fn event(&mut self, event: Event);

    /// Called with the documents a search found, each once, best first.
    fn found(&mut self, _documents: &[&str]) {}

    /// Whether the run should end; asked between steps. What was found by then becomes the report.
    fn is_cancelled(&self) -> bool;
}

/// Watches nothing.
#[derive(Debug)]
pub(crate) struct Silent;

impl Observer for Silent {
    fn event(&mut self, _: Event) {}

    fn is_cancelled(&self) -> bool {
        false
    }
}
