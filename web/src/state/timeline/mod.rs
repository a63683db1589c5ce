//! What a run has done, in words a person reads.

use fathom_core::{
    Event, Status,
    event::{Count, Facet},
};

use super::{
    format::{clock, count, number, sentence},
    run::{Phase, RunState},
};

/// A step of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// When it began, in milliseconds since the run was created.
    pub at_ms: u64,
    /// What it is.
    pub title: String,
    /// What came of it.
    pub detail: String,
    /// Whether it is under way.
    pub now: bool,
}

/// The steps of a run, in order. Events of a kind that follow each other are one step.
pub fn timeline(run: &RunState) -> Vec<Entry> {
    let mut steps = vec![(0, Step::Sent)];
    for record in &run.records {
        let Some(step) = Step::of(&record.event) else { continue };
        add(&mut steps, record.at_ms, step);
    }
    add_text(&mut steps, run);
    let mut entries: Vec<Entry> = steps.iter().map(|(at_ms, step)| step.entry(*at_ms)).collect();
    add_present(&mut entries, run);
    entries
}

/// Adds a step, unless the last one takes it in.
fn add(steps: &mut Vec<(u64, Step)>, at_ms: u64, step: Step) {
    let taken = steps.last_mut().is_some_and(|(_, last)| last.takes(&step));
    if !taken {
        steps.push((at_ms, step));
    }
}

/// One sentence on where the run is.
pub fn headline(run: &RunState) -> String {
    if let Some(trouble) = run.trouble.as_ref().filter(|_| !run.phase.is_final()) {
        return [trouble.message.as_str(), " Trying again."].concat();
    }
    let counts = run.counts();
    match run.phase {
        Phase::Unsent => "Sending the question.".to_owned(),
        Phase::Queued => waiting(run),
        Phase::Cancelling => "Stopping; what has been found is kept.".to_owned(),
        Phase::SubmitUnknown => "It is not known whether the question arrived.".to_owned(),
        Phase::Running => match present(run) {
            Some(step) => step.sentence(),
            None => "Working.".to_owned(),
        },
        Phase::Ended(Status::Completed) => {
            ["Done: ", &count(counts.sources_cited, "source", "sources"), &took(run), "."].concat()
        }
        Phase::Ended(Status::Cancelled) if run.report.is_some() => {
            "Stopped; what had been found is below.".to_owned()
        }
        Phase::Ended(Status::Cancelled) => "Stopped.".to_owned(),
        Phase::Ended(_) => run.error.as_ref().map_or_else(
            || "Failed.".to_owned(),
            |error| ["Failed: ", &sentence(error.message())].concat(),
        ),
    }
}

/// The state of a run in a word or two, for the title of a window; nothing when it has ended well.
pub fn word(run: &RunState) -> Option<&'static str> {
    if run.trouble.is_some() && !run.phase.is_final() {
        return Some("Reconnecting");
    }
    match run.phase {
        Phase::Unsent => Some("Sending"),
        Phase::Queued => Some("Waiting"),
        Phase::Running => Some("Running"),
        Phase::Cancelling => Some("Stopping"),
        Phase::SubmitUnknown => Some("Unclear"),
        Phase::Ended(Status::Completed) => None,
        Phase::Ended(Status::Cancelled) => Some("Stopped"),
        Phase::Ended(_) => Some("Failed"),
    }
}

/// A step with what is needed to tell it.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Sent,
    Awaited {
        indexed: u64,
        total: u64,
    },
    Planned {
        facets: u32,
        queries: u32,
    },
    Searched {
        asked: u32,
        answered: u32,
        passages: u64,
    },
    Read {
        documents: u64,
        sentences: u64,
    },
    Selected {
        kept: u64,
        merged: u64,
    },
    Outlined {
        sections: usize,
    },
    Wrote {
        sections: Vec<String>,
    },
    Checked {
        checked: u64,
        dropped: u64,
    },
    Warned(Vec<String>),
    /// A step of the provider's own.
    Own {
        title: String,
        done: bool,
    },
    Counted(String),
    Said(String),
}

impl Step {
    fn of(event: &Event) -> Option<Self> {
        Some(match event {
            Event::IndexAwaited { indexed, total } => {
                Self::Awaited { indexed: *indexed, total: *total }
            }
            Event::PlanMade { facets, queries } => Self::planned(facets, *queries),
            Event::SearchStarted { .. } => Self::Searched { asked: 1, answered: 0, passages: 0 },
            Event::SearchEnded { passages, .. } => {
                Self::Searched { asked: 0, answered: 1, passages: u64::from(*passages) }
            }
            Event::ReadEnded { documents, sentences } => {
                Self::Read { documents: u64::from(*documents), sentences: u64::from(*sentences) }
            }
            Event::SelectEnded { kept, merged } => {
                Self::Selected { kept: u64::from(*kept), merged: u64::from(*merged) }
            }
            Event::OutlineMade { sections } => Self::Outlined { sections: sections.len() },
            Event::CheckEnded { checked, dropped } => {
                Self::Checked { checked: u64::from(*checked), dropped: u64::from(*dropped) }
            }
            Event::WarningRaised { warning } => Self::Warned(vec![warning.message.clone()]),
            Event::StepStarted { title } => Self::Own { title: title.clone(), done: false },
            Event::StepEnded { title } => Self::Own { title: title.clone(), done: true },
            Event::ProgressMade { counts } => Self::Counted(counted(counts)),
            Event::NoteMade { text } => Self::Said(text.clone()),
            _ => return None,
        })
    }

    fn planned(facets: &[Facet], queries: u32) -> Self {
        Self::Planned { facets: u32::try_from(facets.len()).unwrap_or(u32::MAX), queries }
    }

    /// Takes a neighbour of the same kind in.
    fn takes(&mut self, next: &Self) -> bool {
        match (self, next) {
            (Self::Awaited { indexed, total }, Self::Awaited { indexed: i, total: t }) => {
                (*indexed, *total) = (*i, *t);
            }
            (
                Self::Searched { asked, answered, passages },
                Self::Searched { asked: a, answered: b, passages: p },
            ) => {
                *asked = asked.saturating_add(*a);
                *answered = answered.saturating_add(*b);
                *passages = passages.saturating_add(*p);
            }
            (Self::Read { documents, sentences }, Self::Read { documents: d, sentences: s })
            | (
                Self::Selected { kept: documents, merged: sentences },
                Self::Selected { kept: d, merged: s },
            )
            | (
                Self::Checked { checked: documents, dropped: sentences },
                Self::Checked { checked: d, dropped: s },
            ) => {
                *documents = documents.saturating_add(*d);
                *sentences = sentences.saturating_add(*s);
            }
            (Self::Warned(messages), Self::Warned(more)) => messages.extend(more.iter().cloned()),
            (Self::Own { title, done }, Self::Own { title: next, done: true }) if title == next => {
                *done = true;
            }
            (Self::Counted(counts), Self::Counted(newer)) => counts.clone_from(newer),
            _ => return false,
        }
        true
    }

    fn entry(&self, at_ms: u64) -> Entry {
        let (title, detail) = self.words();
        Entry { at_ms, title, detail, now: false }
    }

    fn words(&self) -> (String, String) {
        let (title, detail) = match self {
            Self::Sent => ("Question sent", String::new()),
            Self::Awaited { indexed, total } => {
                ("Waiting for the library", read_so_far(*indexed, *total))
            }
            Self::Planned { facets, queries } => ("Planned", planned(*facets, *queries)),
            Self::Searched { asked, answered, passages } => {
                let (title, phrasings) = match answered {
                    0 => ("Searching ", asked),
                    _ => ("Searched ", answered),
                };
                let title = [title, &count(*phrasings, "phrasing", "phrasings")].concat();
                return (title, passages_found(*passages).unwrap_or_default());
            }
            Self::Read { documents, sentences } => {
                let title = ["Read ", &count(*documents, "document", "documents")].concat();
                let detail = (*sentences > 0).then(|| count(*sentences, "sentence", "sentences"));
                return (title, detail.unwrap_or_default());
            }
            Self::Selected { kept, merged } => ("Selected", selected(*kept, *merged)),
            Self::Outlined { sections } => {
                ("Outlined", count(*sections as u64, "section", "sections"))
            }
            Self::Wrote { sections } => return wrote(sections),
            Self::Checked { checked, dropped } => {
                let title = ["Checked ", &count(*checked, "quote", "quotes")].concat();
                return (title, checked_words(*dropped));
            }
            Self::Warned(messages) => ("Noted", messages.join(" ")),
            Self::Own { title, .. } => return (sentence(title), String::new()),
            Self::Counted(counts) => ("Counted", counts.clone()),
            Self::Said(words) => ("Said", shortened(words)),
        };
        (title.to_owned(), detail)
    }

    /// What is going on when this was the last step heard of.
    fn sentence(&self) -> String {
        match self {
            Self::Sent => "Starting.".to_owned(),
            Self::Awaited { indexed, total } => {
                ["Waiting for the library: ", &read_so_far(*indexed, *total), "."].concat()
            }
            Self::Planned { .. } => "Planning the search.".to_owned(),
            Self::Searched { passages, .. } => match passages_found(*passages) {
                Some(found) => ["Searching: ", &found, " so far."].concat(),
                None => "Searching.".to_owned(),
            },
            Self::Read { documents, .. } => {
                ["Reading: ", &count(*documents, "document", "documents"), " so far."].concat()
            }
            Self::Selected { kept, .. } => {
                ["Choosing what to keep: ", &count(*kept, "sentence", "sentences"), "."].concat()
            }
            Self::Outlined { .. } => "Writing the report.".to_owned(),
            Self::Wrote { sections } => match sections.last() {
                Some(section) => ["Writing “", section, "”."].concat(),
                None => "Writing the report.".to_owned(),
            },
            Self::Checked { .. } | Self::Warned(_) => "Checking the quotes.".to_owned(),
            Self::Own { title, done: false } => sentence(title),
            Self::Own { done: true, .. } => "Working.".to_owned(),
            Self::Counted(counts) => ["Working: ", counts, " so far."].concat(),
            Self::Said(words) => sentence(&shortened(words)),
        }
    }
}

/// Writing has no events of its own but the text, which stands between the outline and the check.
fn add_text(steps: &mut Vec<(u64, Step)>, run: &RunState) {
    if run.text.is_empty() {
        return;
    }
    let sections = run.text.lines().filter_map(|line| line.strip_prefix("## "));
    let step = Step::Wrote { sections: sections.map(|title| title.trim().to_owned()).collect() };
    let is_later = |(_, step): &(u64, Step)| matches!(step, Step::Checked { .. } | Step::Warned(_));
    let later = steps.iter().rev().take_while(|step| is_later(step)).count();
    let place = steps.len() - later;
    let before = steps.get(place.saturating_sub(1)).map_or(0, |(at_ms, _)| *at_ms);
    steps.insert(place, (before, step));
}

/// The last step, if work is under way.
fn present(run: &RunState) -> Option<Step> {
    let mut steps = vec![(0, Step::Sent)];
    for step in run.records.iter().filter_map(|record| Step::of(&record.event)) {
        add(&mut steps, 0, step);
    }
    add_text(&mut steps, run);
    steps.pop().map(|(_, step)| step)
}

/// Marks what is under way, or says how it ended.
fn add_present(entries: &mut Vec<Entry>, run: &RunState) {
    if !run.phase.is_final() {
        if let Some(last) = entries.last_mut() {
            last.now = true;
        }
        return;
    }
    let title = match run.phase {
        Phase::Ended(Status::Completed) => "Done",
        Phase::Ended(Status::Cancelled) => "Stopped",
        Phase::SubmitUnknown => "Unclear",
        _ => "Failed",
    };
    let detail = match (&run.error, &run.report) {
        (Some(error), _) => sentence(error.message()),
        (None, Some(report)) => count(report.sources.len() as u64, "source", "sources"),
        (None, None) => String::new(),
    };
    let at_ms = run.finished_ms.map_or(0, |finished| finished.saturating_sub(run.created_ms));
    entries.push(Entry { at_ms, title: title.to_owned(), detail, now: false });
}

/// What a provider counts, in its own words.
fn counted(counts: &[Count]) -> String {
    let words = counts.iter().map(|one| [&number(one.count), " ", one.what.as_str()].concat());
    words.collect::<Vec<_>>().join(", ")
}

/// The first line of what a provider says, cut where it becomes a text of its own.
fn shortened(words: &str) -> String {
    const MOST: usize = 160;
    let line = words.trim().lines().next().unwrap_or_default();
    match line.char_indices().nth(MOST).and_then(|(end, _)| line.get(..end)) {
        Some(start) => [start, "…"].concat(),
        None => line.to_owned(),
    }
}

fn waiting(run: &RunState) -> String {
    match present(run) {
        Some(step @ Step::Awaited { .. }) => step.sentence(),
        _ => "Waiting for its turn.".to_owned(),
    }
}

fn took(run: &RunState) -> String {
    let took = run.finished_ms.map(|finished| clock(finished.saturating_sub(run.created_ms)));
    took.map(|took| [" in ", &took].concat()).unwrap_or_default()
}

fn read_so_far(indexed: u64, total: u64) -> String {
    [&number(indexed), " of ", &count(total, "document", "documents"), " read"].concat()
}

/// Some providers do not say how many passages a search brought.
fn passages_found(passages: u64) -> Option<String> {
    (passages > 0).then(|| count(passages, "passage", "passages"))
}

/// Some providers do not say how many phrasings they will search.
fn planned(facets: u32, queries: u32) -> String {
    let facets = count(facets, "part", "parts");
    if queries == 0 { facets } else { both(&facets, &count(queries, "phrasing", "phrasings")) }
}

fn selected(kept: u64, merged: u64) -> String {
    let kept = count(kept, "sentence", "sentences");
    if merged == 0 { kept } else { both(&kept, &[&number(merged), " repeated"].concat()) }
}

fn checked_words(dropped: u64) -> String {
    if dropped == 0 {
        return "all found".to_owned();
    }
    [&count(dropped, "sentence", "sentences"), " left out"].concat()
}

fn wrote(sections: &[String]) -> (String, String) {
    match sections {
        [] => ("Wrote".to_owned(), String::new()),
        [only] => (["Wrote “", only, "”"].concat(), String::new()),
        many => {
            (["Wrote ", &count(many.len() as u64, "section", "sections")].concat(), many.join(", "))
        }
    }
}

fn both(one: &str, other: &str) -> String {
    [one, ", ", other].concat()
}

#[cfg(test)]
mod tests;
