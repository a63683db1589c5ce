//! The reading view: a report as it is written and when it is done.
//!
//! [`ReadingState`] is what it is given, [`ReportView`] shows it. `pump` reads the text in slices
//! into the `sheet`, whose groups of blocks are drawn once and then left alone; `pointing` and
//! `card` close the loop from a marker to its passage, the list of sources and back; `notes` and
//! `panel` show sources beside the text.

mod blocks;
mod card;
mod check;
mod cited;
mod contents;
mod desk;
mod frame;
mod go;
mod groups;
mod ink;
mod inline;
mod library;
mod link;
mod margin_layout;
mod marker;
mod notes;
mod panel;
mod passage;
mod place;
mod pointing;
mod pump;
mod sheet;
mod sources;
mod spy;
mod state;
mod stored;
mod stored_text;
mod structured;
mod support;
mod table;
mod view;
mod warnings;

pub use cited::{CitedPassage, cited_passages};
pub use library::{Absent, Library};
pub use link::passage_link;
pub use state::{ReadingState, ReadingText};
pub use stored_text::StoredText;
pub use view::ReportView;
