//! A report as one JSON file that can be read again.

use std::{error, fmt};

use fathom_core::{
    Report, Task,
    json::{self, Fields},
};
use serde::Serialize;
use serde_json::Value;

/// What marks a file as a bundle.
const FORMAT: &str = "fathom-report";
/// The version that is written, and the newest that is read.
const VERSION: u32 = 1;

/// A report with the task it answers, as a file.
///
/// Reading what was written gives an equal bundle, and writing that again gives the same bytes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bundle {
    format: String,
    version: u32,
    /// The task.
    pub task: Task,
    /// Who answered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// When the run ended (RFC 3339), where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<String>,
    /// The report.
    pub report: Report,
}

/// Why a file could not be read as a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BundleError {
    /// The file is not JSON, or not of the right shape; what is wrong and where.
    Malformed(String),
    /// The file is something else.
    NotABundle,
    /// The file was written by a newer version.
    TooNew(u32),
}

impl fmt::Display for BundleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(what) => {
                write!(f, "The file is damaged: {what}. Export the report again.")
            }
            Self::NotABundle => f.write_str("The file is not a report exported by Fathom."),
            Self::TooNew(version) => write!(
                f,
                "The file has format version {version}, this Fathom reads up to {VERSION}. Update Fathom."
            ),
        }
    }
}

impl error::Error for BundleError {}

impl Bundle {
    /// A bundle of a report.
    pub fn new(task: Task, report: Report) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            task,
            provider: None,
            finished_at: None,
            report,
        }
    }

    /// The file's text.
    ///
    /// # Errors
    ///
    /// None is known to happen: a bundle holds nothing that JSON cannot.
    pub fn to_json(&self) -> Result<String, BundleError> {
        serde_json::to_string_pretty(self)
            .map_err(|error| BundleError::Malformed(error.to_string()))
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// See [`BundleError`].
    pub fn from_json(text: &str) -> Result<Self, BundleError> {
        let malformed = |what: String| BundleError::Malformed(what);
        let file = json::strict(text.as_bytes()).map_err(|broken| malformed(broken.to_string()))?;
        if file.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return Err(BundleError::NotABundle);
        }
        let version = file.get("version").and_then(Value::as_u64).unwrap_or_default();
        match u32::try_from(version) {
            Ok(..=VERSION) => Self::read(&file).ok_or_else(|| {
                malformed("a part of the report is missing, or is not what it should be".to_owned())
            }),
            newer => Err(BundleError::TooNew(newer.unwrap_or(u32::MAX))),
        }
    }

    fn read(file: &Value) -> Option<Self> {
        let mut fields = Fields::of(file);
        let mut read = Self::new(Task::default(), Report::default());
        let Self { format: _, version, task, provider, finished_at, report } = &mut read;
        fields.need("version", version);
        fields.need("task", task);
        fields.need("report", report);
        fields.may("provider", provider);
        fields.may("finished_at", finished_at);
        fields.fit().then_some(read)
    }
}
