//! Draws a text in slices, so that a long report neither blocks the page nor keeps the reader
//! waiting for the first screen.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use fathom_core::Report;
use fathom_report::{Block, Document, Outline, Pieces, Registry};
use leptos::{prelude::*, task};

use super::{
    frame,
    groups::Grouping,
    ink::Ink,
    sheet::Sheet,
    state::{ReadingState, ReadingText},
};

/// How many bytes are read at a time; the first piece is more than a screen holds.
const PIECE: usize = 8 * 1024;

/// How many bytes are drawn for the first picture.
const FIRST_SLICE: u64 = 5 * 1024;

/// How many bytes are drawn at a time later on.
const SLICE: u64 = 2 * 1024;

/// How many milliseconds of a frame drawing may take.
const SHARE: f64 = 8.0;

/// What the rest of the view follows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drawn {
    /// The headings.
    pub(super) outline: RwSignal<Outline>,
    /// Who knows what markers refer to.
    pub(super) registry: RwSignal<Arc<Registry>>,
    /// How many blocks have been drawn.
    pub(super) blocks: RwSignal<usize>,
    /// Whether the text has ended and all of it has been drawn.
    pub(super) complete: RwSignal<bool>,
}

impl Drawn {
    /// Nothing yet; call it within a component.
    pub(super) fn nothing() -> Self {
        Self {
            outline: RwSignal::default(),
            registry: RwSignal::default(),
            blocks: RwSignal::new(0),
            complete: RwSignal::new(false),
        }
    }
}

/// A text being read and drawn.
#[derive(Debug, Default)]
struct Reader {
    document: Document,
    text: String,
    blocks: Pieces<Block>,
    /// Blocks that are drawn and cannot change.
    settled: usize,
    /// Blocks that are drawn.
    shown: usize,
    finished: bool,
    /// Whether what was read last changed blocks that are not drawn yet.
    undrawn: bool,
    grouping: Grouping,
    outline: Outline,
    ink: Ink,
    sources: usize,
    report: Option<Arc<Report>>,
}

impl Reader {
    /// Reads or draws a slice; false when nothing was left to do.
    fn advance(&mut self, state: &ReadingState, limit: u64, sheet: &Sheet, drawn: Drawn) -> bool {
        if !self.continues(state) {
            // The ink goes on counting, so that everything is drawn again.
            *self = Self { ink: std::mem::take(&mut self.ink), ..Self::default() };
        }
        self.undrawn |= self.read(state, drawn);
        self.know(state, drawn);
        let all_read = self.text.len() == state.markdown().len();
        if !all_read && self.shown > 0 {
            // Markers are resolved when all is read, so the rest is drawn then, and once.
            return true;
        }
        if all_read && self.shown > 0 && !self.undrawn && sheet.freshen(&self.ink) {
            return true;
        }
        if self.undrawn || self.shown < self.blocks.len() {
            self.draw(limit, sheet, drawn);
            return true;
        }
        sheet.cut(self.grouping.plans().len());
        false
    }

    /// Whether the text is the one read so far, or goes on from there.
    fn continues(&self, state: &ReadingState) -> bool {
        let (read, now) = (self.text.as_bytes(), state.markdown().as_bytes());
        now.starts_with(read) && !(self.finished && (now.len() > read.len() || state.is_growing()))
    }

    /// Takes in a slice of what came since; whether there was anything.
    fn read(&mut self, state: &ReadingState, drawn: Drawn) -> bool {
        let rest = state.markdown().get(self.text.len()..).unwrap_or_default();
        let piece = rest.get(..rest.floor_char_boundary(PIECE)).unwrap_or(rest);
        let ends = !state.is_growing() && !self.finished && piece.len() == rest.len();
        if piece.is_empty() && !ends {
            return false;
        }
        self.document.push(piece);
        self.text.push_str(piece);
        if ends {
            self.document.finish();
            self.finished = true;
        }
        self.blocks = self.document.blocks();
        let headings = self.outline.headings().len();
        self.outline.advance(self.document.frozen());
        if self.outline.headings().len() != headings {
            drawn.outline.set(self.outline.clone());
        }
        true
    }

    /// Takes a new registry when more is known about the sources than before.
    fn know(&mut self, state: &ReadingState, drawn: Drawn) {
        let registry = match &state.text {
            ReadingText::Final(report) if self.finished => {
                if self.report.as_ref().is_some_and(|known| Arc::ptr_eq(known, report)) {
                    return;
                }
                self.report = Some(Arc::clone(report));
                Registry::new(report, &self.document)
            }
            _ => {
                let sources = state.sources();
                if self.ink.epoch > 0 && sources.len() == self.sources {
                    return;
                }
                self.sources = sources.len();
                let mut registry = Registry::default();
                sources.iter().cloned().for_each(|source| registry.add(source));
                registry
            }
        };
        self.ink = self.ink.next(registry, &self.document);
        drawn.registry.set(Arc::clone(&self.ink.registry));
    }

    /// Draws about `limit` bytes more, and what changed of those before.
    fn draw(&mut self, limit: u64, sheet: &Sheet, drawn: Drawn) {
        let upto = self.reach(limit);
        let first = self.grouping.update(&self.blocks, self.settled, upto);
        sheet.draw(&self.blocks, self.grouping.plans(), first, &self.ink);
        self.undrawn = false;
        self.shown = upto;
        self.settled = upto.min(self.document.frozen().len());
        put(drawn.blocks, upto);
    }

    /// How many blocks are drawn when about `limit` bytes more are.
    fn reach(&self, limit: u64) -> usize {
        let mut rest = self.blocks.iter_from(self.shown);
        let Some(start) = rest.next() else { return self.blocks.len() };
        let more = rest.take_while(|block| block.key.saturating_sub(start.key) < limit).count();
        self.shown + 1 + more
    }
}

/// Keeps the sheet up to date with the state, once per frame, until its owner is gone.
pub(super) fn keep_drawn(state: Signal<ReadingState>, sheet: Sheet, drawn: Drawn) {
    let pump = StoredValue::new_local(Pump { reader: Rc::default(), sheet, busy: false });
    Effect::new(move |before: Option<()>| {
        state.track();
        let idle = pump.try_update_value(|pump| !std::mem::replace(&mut pump.busy, true));
        if idle == Some(true) {
            task::spawn_local(run(state, pump, drawn, before.is_none()));
        }
    });
}

#[derive(Debug)]
struct Pump {
    reader: Rc<RefCell<Reader>>,
    sheet: Sheet,
    busy: bool,
}

/// Draws a slice, gives the frame back, and goes on until nothing is left.
async fn run(
    state: Signal<ReadingState>,
    pump: StoredValue<Pump, LocalStorage>,
    drawn: Drawn,
    first: bool,
) {
    let mut limit = if first { FIRST_SLICE } else { SLICE };
    if !first {
        frame::next_frame().await;
    }
    loop {
        let until = frame::now() + SHARE;
        loop {
            let Some(more) = step(state, pump, drawn, limit) else { return };
            if !more {
                pump.try_update_value(|pump| pump.busy = false);
                return;
            }
            // Signals draw when their effects run; only then is it known how long it took.
            task::tick().await;
            limit = SLICE;
            if frame::now() >= until {
                break;
            }
        }
        frame::next_frame().await;
    }
}

/// One slice; none when the view is gone.
fn step(
    state: Signal<ReadingState>,
    pump: StoredValue<Pump, LocalStorage>,
    drawn: Drawn,
    limit: u64,
) -> Option<bool> {
    let (reader, sheet) =
        pump.try_with_value(|pump| (Rc::clone(&pump.reader), pump.sheet.clone()))?;
    let state = state.try_read_untracked()?;
    let more = reader.try_borrow_mut().ok()?.advance(&state, limit, &sheet, drawn);
    put(drawn.complete, !more && !state.is_growing());
    Some(more)
}

/// Sets a signal when that changes it.
fn put<T: Copy + PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.try_get_untracked().is_some_and(|now| now != value) {
        signal.set(value);
    }
}
