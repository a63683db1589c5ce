//! What the pages are made of: each shows state and holds none that another needs.

pub mod announcer;
pub mod ask;
pub mod empty;
pub mod facts;
pub mod footer;
pub mod grade;
pub mod header;
pub mod reading;
pub mod run_line;
pub mod sounding;
pub mod take_over;
pub mod tools;
