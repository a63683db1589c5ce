//! Following one run to its end.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use fathom_core::{Access, Checkpoint, Outcome, Run, drive, providers, run::Notice};

use super::{Trigger, desk::Desk, publish::Published};
use crate::{
    hooks::clock::now_ms,
    state::{place, run::RunState, stored::Stored},
};

/// How often a run is stored while nothing but its progress changes, in milliseconds.
const KEEP_MS: u64 = 1_000;

/// A run that this tab follows.
#[derive(Debug)]
pub(super) struct Follower {
    run: Rc<Published>,
    checkpoint: RefCell<Option<Checkpoint>>,
    kept_ms: Cell<u64>,
    cancel: Trigger,
    stop: Trigger,
}

impl Follower {
    pub(super) fn new(run: Rc<Published>, stored: &Stored) -> Self {
        Self {
            run,
            checkpoint: RefCell::new(stored.saved.checkpoint.clone()),
            kept_ms: Cell::new(0),
            cancel: Trigger::default(),
            stop: Trigger::default(),
        }
    }

    /// Wants the run to end at the provider.
    pub(super) fn cancel(&self) {
        self.run.update(RunState::cancelling);
        self.cancel.fire();
    }

    /// Lets go of the run; it goes on at the provider.
    pub(super) fn stop(&self) {
        self.stop.fire();
    }

    /// Follows the run until it ends, pauses or is let go.
    pub(super) async fn follow(&self, stored: &Stored, desk: &Weak<Desk>) {
        let outcome = match stored.take_up(access(&stored.saved.intent.provider), seed()) {
            Ok(run) => self.drive(run, desk).await,
            Err(error) => Some(Outcome::Failed(error)),
        };
        if let Some(outcome) = outcome {
            self.run.update(|run| run.end(outcome, now_ms()));
            self.run.show();
            self.keep(desk).await;
        }
    }

    /// `None` when the run was let go.
    async fn drive(&self, run: Run, desk: &Weak<Desk>) -> Option<Outcome> {
        let transport = desk.upgrade()?.transport();
        let cancel = self.cancel.fired();
        let tell = async |notice| self.hear(notice, desk).await;
        self.stop.until_fired(drive(run, &transport, cancel, None, tell)).await
    }

    async fn hear(&self, notice: Notice, desk: &Weak<Desk>) {
        match notice {
            Notice::Checkpoint(checkpoint) => self.check(*checkpoint, desk).await,
            Notice::Event(record) => self.run.update(|run| run.apply(record)),
            Notice::Status(status) => self.run.update(|run| run.told(status)),
            Notice::Word(word) => self.run.update(|run| run.word = Some(word)),
            Notice::Cost(cost) => self.run.update(|run| run.cost = Some(cost)),
            Notice::Trouble { error, wait } => {
                self.run.update(|run| run.troubled(&error, wait));
                if let Some(desk) = desk.upgrade() {
                    desk.tell_others(&self.stored());
                }
            }
            _ => {}
        }
    }

    /// Notes how far the run is, and stores it when it matters or some time has passed.
    async fn check(&self, checkpoint: Checkpoint, desk: &Weak<Desk>) {
        if let Some(job) = &checkpoint.job
            && self.run.run.borrow().job.as_ref() != Some(&job.0)
        {
            self.run.update(|run| run.submitted(&job.0));
        }
        if self.run.run.borrow().task.question.is_empty() && !checkpoint.task.question.is_empty() {
            self.run.update(|run| run.task.clone_from(&checkpoint.task));
        }
        let matters = self.checkpoint.borrow().as_ref().is_none_or(|last| {
            (last.stage, &last.job, last.cancel)
                != (checkpoint.stage, &checkpoint.job, checkpoint.cancel)
        });
        self.checkpoint.replace(Some(checkpoint));
        if matters || now_ms().saturating_sub(self.kept_ms.get()) >= KEEP_MS {
            self.keep(desk).await;
        }
    }

    async fn keep(&self, desk: &Weak<Desk>) {
        self.kept_ms.set(now_ms());
        if let Some(desk) = desk.upgrade() {
            desk.keep(self.stored()).await;
        }
    }

    fn stored(&self) -> Stored {
        Stored::of(&self.run.run.borrow(), self.checkpoint.borrow().clone())
    }
}

/// Where the provider is reached from this page; the gateway knows the key, or is told it by the
/// transport.
fn access(provider: &str) -> Access {
    let vendor = providers::find(provider).map(|provider| &*provider.info().vendor);
    Access::new(&place::base(vendor.unwrap_or_default()), None).unwrap_or_default()
}

/// A number that differs between runs and pages; it spreads their waits.
fn seed() -> u64 {
    (js_sys::Math::random() * 9e15) as u64
}
