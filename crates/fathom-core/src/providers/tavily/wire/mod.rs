//! The bodies of Tavily's API, in its own words, in both directions: this crate's provider speaks
//! them to Tavily, and a server that stands in for Tavily speaks them from the other side.
//!
//! Sources: the reference of `GET /research/{request_id}` (OpenAPI, read 2026-11-22) and the
//! official SDKs tavily-python 0.8.5 and @tavily/core 0.7.13.
//!
//! Lenient in: nulls, missing and unknown fields are accepted. Complete out: fields without
//! `skip_serializing_if` are always written, because the SDKs read them unasked; @tavily/core fails
//! on a search without `images`, for example.

mod chunk;
mod crawl;
mod extract;
mod failure;
mod feedback;
mod research;
mod search;
mod toggle;
mod usage;

pub use chunk::{Chunk, ChunkChoice, Delta, StepDetails, ToolCall, ToolCalls};
pub use crawl::{CrawlRequest, CrawlResponse, CrawlResult, MapResponse};
pub use extract::{ExtractRequest, ExtractResponse, ExtractResult, FailedResult};
pub use failure::{Detail, ErrorBody, KeylessError, KeylessErrorBody};
pub use feedback::{FeedbackRequest, FeedbackResponse};
pub use research::{
    File, ResearchCreated, ResearchPending, ResearchRequest, ResearchSource, ResearchTask,
};
pub use search::{Image, SearchRequest, SearchResponse, SearchResult};
pub use toggle::Toggle;
pub use usage::{AccountUsage, Credits, KeyUsage, Receipt, UsageResponse};
