//! What the reading view is given to show. Pure data; the page that owns the run fills it.

use std::sync::Arc;

use fathom_core::{Report, Source, Status};
use serde_json::Value;

/// The text of a run as far as it is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadingState {
    /// The id of the run.
    pub run: String,
    /// What was asked.
    pub question: String,
    /// The shape that was asked for, when a structured answer was.
    pub schema: Option<Arc<Value>>,
    /// The state of the run.
    pub status: Status,
    /// The text.
    pub text: ReadingText,
}

/// The text itself.
#[derive(Clone, Debug, PartialEq)]
pub enum ReadingText {
    /// The report is being written: all pieces of text so far, and the sources seen so far.
    Growing {
        /// The markdown so far.
        text: String,
        /// The sources so far; their numbers are provisional.
        sources: Vec<Source>,
    },
    /// The report as the provider gave it.
    Final(Arc<Report>),
}

impl Default for ReadingText {
    fn default() -> Self {
        Self::Growing { text: String::new(), sources: Vec::new() }
    }
}

impl ReadingState {
    /// The markdown so far.
    pub fn markdown(&self) -> &str {
        match &self.text {
            ReadingText::Growing { text, .. } => text,
            ReadingText::Final(report) => &report.markdown,
        }
    }

    /// The sources so far.
    pub fn sources(&self) -> &[Source] {
        match &self.text {
            ReadingText::Growing { sources, .. } => sources,
            ReadingText::Final(report) => &report.sources,
        }
    }

    /// The finished report, once there is one.
    pub fn report(&self) -> Option<&Arc<Report>> {
        match &self.text {
            ReadingText::Growing { .. } => None,
            ReadingText::Final(report) => Some(report),
        }
    }

    /// Whether more text may come.
    pub fn is_growing(&self) -> bool {
        self.report().is_none() && !self.status.has_ended()
    }
}
