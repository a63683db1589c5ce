//! Taking in what a reply says.

use crate::{
    provider::{Ended, Update},
    report::Cost,
    secret::Secret,
    task::Status,
};

use super::{Notice, Outcome, Run};

/// What has been passed on and is passed on again only when it changes.
#[derive(Debug, Default)]
pub(super) struct Told {
    status: Option<Status>,
    word: Option<String>,
    cost: Option<Cost>,
}

impl Told {
    /// After trouble the status is told again: it says that the trouble is over.
    pub(super) fn trouble(&mut self) {
        self.status = None;
    }
}

impl Run {
    pub(super) fn apply_all(&mut self, updates: Vec<Update>) {
        for update in updates {
            if self.outcome.is_some() {
                return;
            }
            self.apply(update);
        }
    }

    fn apply(&mut self, update: Update) {
        match update {
            Update::Job(job) => self.submitted(job),
            Update::Clue(job) => self.supposed(job),
            Update::Status(status) => self.told(|told| &mut told.status, status, Notice::Status),
            Update::Event { number, at_ms, event } => self.happened(number, at_ms, event),
            Update::Word(word) => self.told(|told| &mut told.word, word, Notice::Word),
            Update::Cost(cost) => self.told(|told| &mut told.cost, cost, Notice::Cost),
            Update::Moment(ms) => self.moment(ms),
            Update::Asked { question, output_schema } => self.asked(question, output_schema),
            Update::Draft(piece) => self.drafted(piece),
            Update::Settled => self.settled = true,
            Update::Ended(Ended::Completed(report)) => self.completed(report),
            Update::Ended(Ended::Failed(error)) => {
                let error = error.hiding(self.access.key().map(Secret::reveal));
                self.conclude(Outcome::Failed(error));
            }
            Update::Ended(Ended::Cancelled(report)) => self.conclude(Outcome::Cancelled(report)),
            Update::Listed { jobs, next } => self.looked(jobs, next),
        }
    }

    /// Passes something on unless it was the last of its kind that was passed on.
    fn told<T: Clone + PartialEq>(
        &mut self,
        last: fn(&mut Told) -> &mut Option<T>,
        new: T,
        notice: fn(T) -> Notice,
    ) {
        let last = last(&mut self.told);
        if last.as_ref() != Some(&new) {
            *last = Some(new.clone());
            self.notices.push(notice(new));
        }
    }

    /// What follows happened at this moment of the provider's clock.
    fn moment(&mut self, ms: u64) {
        let origin = *self.origin.get_or_insert(ms);
        self.at_ms = ms.saturating_sub(origin);
    }
}
