//! What survives the page: intents in the local storage, because only that is written before a
//! click returns, and runs with their events and reports in a database.

pub mod journal;
pub mod shelf;
