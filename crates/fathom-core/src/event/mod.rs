//! What happens in a run, told as it happens.

use serde::Serialize;

use crate::{json, report::Warning, source::Source, task::Status};

mod read;

/// An event with its place in the run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Record {
    /// Counts up from 1 within a run; the id of the server-sent event.
    pub id: u64,
    /// Milliseconds since the run was created.
    pub at_ms: u64,
    /// What happened.
    pub event: Event,
}

json::fields!(Record: needs id, at_ms, event);

/// Something that happened in a run. Counts are what really was done, never estimates.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Event {
    /// The provider has the task; `job` is its own handle for it.
    RunSubmitted {
        /// The provider's handle.
        job: String,
    },
    /// Work has begun. When it begins again after a crash of the server, this comes again, and
    /// text, sources and counts from before it no longer count.
    RunStarted,
    /// The run waits until the library has been indexed once.
    IndexAwaited {
        /// Documents indexed so far.
        indexed: u64,
        /// Documents found so far.
        total: u64,
    },
    /// The question was taken apart.
    PlanMade {
        /// The parts of the answer that will be looked for.
        facets: Vec<Facet>,
        /// How many phrasings will be searched; 0 where the provider does not say.
        queries: u32,
    },
    /// A phrasing is being searched.
    SearchStarted {
        /// The phrasing.
        query: String,
    },
    /// A phrasing has been searched.
    SearchEnded {
        /// The phrasing.
        query: String,
        /// Passages found.
        passages: u32,
        /// Passages that no earlier phrasing had found; 0 where the provider does not say.
        new: u32,
    },
    /// A source came into view.
    SourceFound {
        /// The source; its id is provisional until the report is complete. One above
        /// [`Source::UNNUMBERED`] only tells sources apart: no marker in a text means it.
        source: Source,
    },
    /// Documents were read whole.
    ReadEnded {
        /// Documents read.
        documents: u32,
        /// Sentences scored; 0 where the provider does not say.
        sentences: u32,
    },
    /// Sentences were chosen.
    SelectEnded {
        /// Sentences kept.
        kept: u32,
        /// Sentences merged into another because they say the same.
        merged: u32,
    },
    /// The sections of the report are known.
    OutlineMade {
        /// Their titles in order.
        sections: Vec<String>,
    },
    /// The provider began a step of its own, told in its own words.
    StepStarted {
        /// What it is about to do.
        title: String,
    },
    /// The provider finished such a step.
    StepEnded {
        /// What it has done.
        title: String,
    },
    /// What the provider has done so far, where it only counts.
    ProgressMade {
        /// All its counts as they stand now.
        counts: Vec<Count>,
    },
    /// A piece of the report's markdown.
    TextDelta {
        /// The piece; all pieces together are the text as first written.
        text: String,
    },
    /// The report checked itself against the stored documents.
    CheckEnded {
        /// Quotes compared with their document.
        checked: u32,
        /// Sentences dropped because the comparison failed.
        dropped: u32,
    },
    /// The provider says in its own words what it thinks or does.
    NoteMade {
        /// The words.
        text: String,
    },
    /// Something a careful reader should know came up.
    WarningRaised {
        /// The warning.
        warning: Warning,
    },
    /// The run is over. Nothing follows.
    RunEnded {
        /// How it ended.
        status: Status,
    },
    /// A kind of event that this version does not know.
    #[default]
    Unknown,
}

/// Something that a provider counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What is counted, in the plural, such as `sources`.
    pub what: String,
    /// How many there are.
    pub count: u64,
}

json::fields!(Count: needs what, count);

/// One part of the answer that a run looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// What the part is about, as a heading.
    pub title: String,
    /// Where the part came from.
    pub origin: FacetOrigin,
}

json::fields!(Facet: needs title, origin);

/// Where a [`Facet`] came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FacetOrigin {
    /// The question names it.
    #[default]
    Question,
    /// The library's own headings suggest it.
    Library,
}

json::words!(FacetOrigin: Question "question", Library "library");
