//! The pages; each puts components together and owns what only it needs.

pub mod ask;
pub mod history;
pub mod later;
pub mod missing;
pub mod run;
pub mod source;
pub mod together;
