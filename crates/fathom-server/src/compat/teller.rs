//! Telling the events of a run in the words of another protocol.

use std::borrow::Cow;
use std::sync::Arc;

use fathom_core::{Event, Source};
use serde::{Deserialize, Serialize};

use crate::error::ApiError;
use crate::routes::Shared;
use crate::store::{Run, StoredEvent};

/// One server-sent event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Frame {
    /// Written before the name; some clients lose a frame that begins with one.
    pub id: Option<String>,
    pub event: Option<Cow<'static, str>>,
    /// One line.
    pub data: String,
}

impl Frame {
    /// A frame without an id.
    pub(super) fn new(event: impl Into<Cow<'static, str>>, data: &impl Serialize) -> Self {
        Self { id: None, event: Some(event.into()), data: json(data) }
    }

    /// A frame of data alone.
    pub(super) fn data(data: &impl Serialize) -> Self {
        Self { id: None, event: None, data: json(data) }
    }

    pub(super) fn with_id(self, id: impl ToString) -> Self {
        Self { id: Some(id.to_string()), ..self }
    }

    /// As it goes over the wire: ended by `LF` alone, because clients split frames there.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.data.len() + 64);
        for (name, value) in [("id", self.id.as_deref()), ("event", self.event.as_deref())] {
            if let Some(value) = value {
                text += &[name, ": ", value, "\n"].concat();
            }
        }
        text + "data: " + &self.data + "\n\n"
    }
}

/// JSON on one line. Our own types always have a form in JSON.
fn json(data: &impl Serialize) -> String {
    serde_json::to_string(data).unwrap_or_else(|_| "null".to_owned())
}

/// When something happened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    /// The event's id within its run.
    pub id: u64,
    /// Milliseconds since 1970.
    pub ms: i64,
}

/// Tells a run as it happens. A run that begins again after a crash tells its events from the start.
pub(super) trait Teller: Send + 'static {
    /// What one protocol makes of an event: a frame, or an entry of a log.
    type Told: Send + 'static;

    /// What comes before everything else.
    fn begin(&mut self, _run: &Run) -> Vec<Self::Told> {
        Vec::new()
    }

    /// The pages that a search found, right before the event that says that it has ended.
    fn found(&mut self, _pages: Vec<Source>) {}

    /// What an event becomes; the end of a run is told by [`Teller::end`].
    fn event(&mut self, moment: Moment, event: &Event) -> Vec<Self::Told>;

    /// What comes last, about a run that has ended.
    fn end(&mut self, moment: Moment, run: &Run) -> Vec<Self::Told>;
}

/// A teller whose log is told as events of a stream.
pub(super) struct Framed<T: Teller> {
    teller: T,
    frame: fn(T::Told) -> Frame,
}

impl<T: Teller> Framed<T> {
    /// What `teller` tells, each entry made a frame.
    pub(super) const fn new(teller: T, frame: fn(T::Told) -> Frame) -> Self {
        Self { teller, frame }
    }

    fn frames(&self, told: Vec<T::Told>) -> Vec<Frame> {
        told.into_iter().map(self.frame).collect()
    }
}

impl<T: Teller> Teller for Framed<T> {
    type Told = Frame;

    fn begin(&mut self, run: &Run) -> Vec<Frame> {
        let told = self.teller.begin(run);
        self.frames(told)
    }

    fn found(&mut self, pages: Vec<Source>) {
        self.teller.found(pages);
    }

    fn event(&mut self, moment: Moment, event: &Event) -> Vec<Frame> {
        let told = self.teller.event(moment, event);
        self.frames(told)
    }

    fn end(&mut self, moment: Moment, run: &Run) -> Vec<Frame> {
        let told = self.teller.end(moment, run);
        self.frames(told)
    }
}

/// The pages that a search found, where the event is the end of one.
pub(super) fn found(shared: &Shared, stored: &StoredEvent) -> Vec<Source> {
    #[derive(Deserialize)]
    struct Found {
        #[serde(default)]
        documents: Vec<String>,
    }
    if stored.kind != "search-ended" {
        return Vec::new();
    }
    let found = serde_json::from_str::<Found>(stored.event.get());
    let documents = found.map(|found| found.documents).unwrap_or_default();
    // What cannot be looked up is not told; the search itself is.
    shared.library.places(&documents).unwrap_or_default()
}

/// Makes of one stored event what the protocol makes of it; `ended` is the run once this is its last event.
pub(super) fn tell<T: Teller>(
    teller: &mut T,
    created_ms: i64,
    (stored, pages): (&StoredEvent, Vec<Source>),
    ended: Option<&Run>,
) -> Vec<T::Told> {
    teller.found(pages);
    let moment = Moment { id: stored.id, ms: created_ms.saturating_add(stored.at_ms) };
    match (ended, serde_json::from_str::<Event>(stored.event.get())) {
        (Some(run), _) => teller.end(moment, run),
        (None, Ok(event)) => teller.event(moment, &event),
        (None, Err(_)) => Vec::new(),
    }
}

/// What an event says in a sentence, where no other form of it exists.
pub(super) fn narration(event: &Event) -> Option<String> {
    Some(match event {
        Event::IndexAwaited { indexed, total } => {
            format!("{indexed} of {total} documents are indexed.")
        }
        Event::PlanMade { facets, queries } => {
            let titles: Vec<&str> = facets.iter().map(|facet| facet.title.as_str()).collect();
            format!("Looking for {} with {queries} phrasings.", titles.join("; "))
        }
        Event::ReadEnded { documents, sentences } => {
            format!("Read {documents} documents and scored {sentences} sentences.")
        }
        Event::SelectEnded { kept, merged } => {
            format!("Kept {kept} sentences and merged {merged} into others that say the same.")
        }
        Event::OutlineMade { sections } => format!("Writing {}.", sections.join("; ")),
        Event::CheckEnded { checked, dropped } => {
            format!("Compared {checked} quotes with their documents and dropped {dropped}.")
        }
        Event::WarningRaised { warning } => warning.message.clone(),
        _ => return None,
    })
}

/// Events read at a time.
const BATCH: usize = 256;

/// Everything that has happened so far.
pub(super) fn log<T: Teller>(
    shared: &Arc<Shared>,
    run: &Run,
    teller: &mut T,
) -> Result<Vec<T::Told>, ApiError> {
    let mut told = teller.begin(run);
    let mut after = 0;
    loop {
        let events = shared.store.events(&run.id, after, BATCH)?;
        let Some(last) = events.last() else { return Ok(told) };
        after = last.id;
        for stored in &events {
            let ended = is_end(stored).then_some(run).filter(|run| run.status.has_ended());
            let pages = found(shared, stored);
            told.extend(tell(teller, run.created_ms, (stored, pages), ended));
        }
    }
}

/// Whether nothing follows.
pub(super) fn is_end(stored: &StoredEvent) -> bool {
    stored.kind == "run-ended"
}

#[cfg(test)]
mod tests {
    use super::Frame;

    #[test]
    fn a_frame_is_one_event_line_and_one_data_line() {
        let frame = Frame::new("note", &serde_json::json!({ "text": "a\r\nb" }));
        assert_eq!(frame.text(), "event: note\ndata: {\"text\":\"a\\r\\nb\"}\n\n");
        assert_eq!(frame.with_id(3).text().lines().next(), Some("id: 3"));
        assert_eq!(Frame::data(&1).text(), "data: 1\n\n");
    }
}
