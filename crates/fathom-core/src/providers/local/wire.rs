//! The bodies of `/api/v1`, as the server writes them and clients read them.
//!
//! Lenient in: fields that a version does not know are ignored, and only what identifies a thing is
//! required. Complete out: everything without `skip_serializing_if` is always written.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    error::Error,
    json::{self, Fields, Fit, Lenient},
    provider::Info,
    report::{Grade, Report},
    task::{Effort, Status, Task},
};

/// The longest question that is accepted, in characters.
pub const QUESTION_MAX: usize = 20_000;
/// The longest idempotency token that is accepted, in characters.
pub const TOKEN_MAX: usize = 128;

/// The body of `POST /api/v1/runs`: a [`Task`] and a token.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateRun {
    /// See [`Task::question`].
    pub question: String,
    /// See [`Task::effort`].
    #[serde(default)]
    pub effort: Effort,
    /// See [`Task::output_schema`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_schema: Option<Value>,
    /// See [`Task::include`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// See [`Task::follow_up_of`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up_of: Option<String>,
    /// Chosen by the client; the same token again names the same run instead of a second one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

impl CreateRun {
    /// Puts a task and a token together.
    pub fn new(task: Task, token: Option<String>) -> Self {
        let Task { question, effort, output_schema, include, follow_up_of, .. } = task;
        Self { question, effort, output_schema, include, follow_up_of, token }
    }

    /// Takes the task and the token apart again.
    pub fn into_parts(self) -> (Task, Option<String>) {
        let Self { question, effort, output_schema, include, follow_up_of, token } = self;
        let task =
            Task { question, effort, output_schema, include, follow_up_of, ..Task::default() };
        (task, token)
    }
}

/// A run, as `POST /api/v1/runs`, `GET /api/v1/runs/{id}` and `.../cancel` answer it, and, without
/// `report`, as an entry of [`RunPage`].
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RunView {
    /// The run's id.
    pub id: String,
    /// Where the run is; a word this version does not know reads as running.
    pub status: Status,
    /// The question, repeated from the task for lists.
    pub question: String,
    /// The effort, repeated from the task for lists.
    pub effort: Effort,
    /// RFC 3339, UTC, milliseconds.
    pub created_at: String,
    /// When work began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<String>,
    /// When the run ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<String>,
    /// The whole task.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<Task>,
    /// What has been done so far.
    pub progress: Progress,
    /// How many sources the report cites; only in lists, in place of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sources: Option<u64>,
    /// Whether the report answers; only in lists, in place of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// The report, once the run has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<Report>,
    /// Why the run failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Error>,
}

impl Fit for RunView {
    fn fit(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.need("id", &mut self.id);
        self.status = Status::Running;
        fields.need("status", &mut Lenient(&mut self.status));
        fields.may("question", &mut self.question);
        fields.may("effort", &mut Lenient(&mut self.effort));
        fields.may("created_at", &mut self.created_at);
        fields.may("started_at", &mut self.started_at);
        fields.may("finished_at", &mut self.finished_at);
        fields.may("task", &mut self.task);
        fields.may("progress", &mut self.progress);
        fields.may("sources", &mut self.sources);
        fields.may("grade", &mut self.grade);
        fields.may("report", &mut self.report);
        fields.may("error", &mut self.error);
        fields.fit()
    }
}

json::deserialized!(RunView);

/// What a run has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Searches that have ended.
    pub searches: u64,
    /// Passages found.
    pub passages: u64,
    /// Documents read whole.
    pub documents_read: u64,
    /// Sources that came into view.
    pub sources_found: u64,
    /// Sentences kept for the report.
    pub sentences: u64,
    /// The id of the newest event, 0 before the first.
    pub last_event: u64,
}

json::fields!(
    Progress: may have searches, passages, documents_read, sources_found, sentences, last_event
);

/// The answer of `GET /api/v1/runs`, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RunPage {
    /// The runs, without their reports.
    pub runs: Vec<RunView>,
    /// Where the next page begins, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

json::fields!(RunPage: needs runs; may have next_cursor);

/// The answer of `GET /api/v1/library`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryView {
    /// Whether every document has been read once.
    pub state: LibraryState,
    /// Files read so far in this scan.
    #[serde(default)]
    pub indexed: u64,
    /// Files found in this scan.
    #[serde(default)]
    pub total: u64,
    /// Documents that can be researched now.
    #[serde(default)]
    pub documents: u64,
    /// Passages they hold.
    #[serde(default)]
    pub passages: u64,
    /// Files that could not be read, with the reason.
    #[serde(default)]
    pub skipped: Vec<Skipped>,
    /// How many other files there are, which are no documents: pictures, programs, archives, hidden files.
    #[serde(default)]
    pub others: u64,
    /// Questions that this library can answer, made from what it holds.
    #[serde(default)]
    pub examples: Vec<String>,
}

/// Whether the library has been read once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LibraryState {
    /// The first scan is under way.
    #[default]
    Indexing,
    /// Every document has been read at least once.
    Ready,
}

/// A file that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The path inside its library folder.
    pub path: String,
    /// Why, in words.
    #[serde(default)]
    pub reason: String,
}

/// The answer of `GET /api/v1/library/documents`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentPage {
    /// The documents, ordered by path.
    pub documents: Vec<DocumentEntry>,
    /// Where the next page begins, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// A document in a list: a [`crate::StoredDocument`] without its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentEntry {
    /// The id of the current version.
    pub document: String,
    /// The path inside its library folder.
    #[serde(default)]
    pub path: String,
    /// The title.
    #[serde(default)]
    pub title: String,
    /// The public page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The date the document gives for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The author the document names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The size of the stored text in bytes.
    #[serde(default)]
    pub bytes: u64,
}

/// The answer of `GET /api/v1/providers`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProvidersView {
    /// What can be asked here.
    pub providers: Vec<Info>,
}

/// The body of every answer with a status of 400 or more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ErrorBody {
    /// What went wrong.
    pub error: Error,
}

json::fields!(ErrorBody: needs error);

impl From<Error> for ErrorBody {
    fn from(error: Error) -> Self {
        Self { error }
    }
}
