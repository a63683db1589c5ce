//! Submitting once, whatever happens to the answer.

use crate::{
    error::{Error, ErrorKind},
    http::Request,
    provider::{Call, Follow, Job, Listed},
};

use super::{Outcome, Run, Stage};

/// How often the list is read in search of a lost job; it may appear there late.
const LOOKS: u32 = 3;
/// How many pages of the list are read each time.
const PAGES: u32 = 5;
/// How often a submission is tried again that something in between seems to have refused; it may be
/// the page of a proxy before a server that restarts, or a wrong address.
const REFUSALS: u32 = 8;
/// How far our clock and the provider's may differ, in milliseconds.
const SKEW_MS: u64 = 120_000;

/// The search for a job whose handle was lost.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// Why it is searched for.
    cause: Option<Error>,
    cursor: Option<String>,
    page: u32,
    looks: u32,
}

impl Run {
    pub(super) fn request(&self, call: Call) -> Result<Request, Error> {
        let (task, token) = (&self.checkpoint.task, &self.checkpoint.token);
        let job = self.checkpoint.job.as_ref();
        let request = match (call, job) {
            (Call::Create, _) => Some(self.provider.create(task, token, &self.access)?),
            (Call::List, _) => self.provider.list(self.look.cursor.as_deref(), &self.access),
            (Call::Stream, Some(job)) => {
                let cursor = self.checkpoint.cursor.as_deref();
                Some(self.provider.follow(job, Follow::Stream { cursor }, &self.access)?)
            }
            (Call::Poll, Some(job)) => {
                Some(self.provider.follow(job, Follow::Poll, &self.access)?)
            }
            (Call::Cancel, Some(job)) => self.provider.cancel(job, &self.access),
            (_, None) => None,
        };
        request.ok_or_else(|| Error::new(ErrorKind::Unsupported, "The provider cannot do this."))
    }

    /// Goes on where a checkpoint left off.
    pub(super) fn take_up(&mut self) {
        match (self.checkpoint.stage, &self.checkpoint.job) {
            (Stage::Intended | Stage::Submitted, Some(_)) if self.checkpoint.cancel => {
                self.start_cancelling();
            }
            (Stage::Intended | Stage::Submitted, Some(_)) => self.follow(),
            (Stage::Intended | Stage::Submitted, _) if self.can_resend() => {
                self.may_exist = true;
                self.go(Call::Create);
            }
            (Stage::Intended | Stage::Submitted, _) => {
                let message = "The program ended before the provider's answer came.";
                self.recover(Error::new(ErrorKind::Unreachable, message));
            }
            (Stage::SubmitUnknown, _) => self.give_up_looking(None),
        }
    }

    pub(super) fn submitted(&mut self, job: Job) {
        if self.checkpoint.job.is_none() || self.checkpoint.stage == Stage::Intended {
            self.checkpoint.job = Some(job);
            self.checkpoint.stage = Stage::Submitted;
            self.may_exist = false;
            self.waits.progressed();
            self.save();
        }
    }

    /// The provider named what may be the job; the first such handle counts.
    pub(super) fn supposed(&mut self, job: Job) {
        if self.checkpoint.job.is_none() {
            self.checkpoint.job = Some(job);
            self.save();
        }
    }

    /// A successful answer to the submission was read.
    pub(super) fn created(&mut self) {
        if self.checkpoint.job.is_none() {
            let error = Error::new(ErrorKind::Malformed, "The provider's answer names no job.");
            return self.create_failed(error, true);
        }
        if self.checkpoint.cancel { self.start_cancelling() } else { self.follow() }
    }

    pub(super) fn create_failed(&mut self, error: Error, may_have_arrived: bool) {
        // Whoever limits how much is asked turns a request away before anything comes of it.
        let refused = !may_have_arrived
            || error.kind() == ErrorKind::RateLimited
            || matches!(error.status(), Some(status) if (400..500).contains(&status) && status != 408);
        match (refused, error.is_retryable()) {
            // An earlier attempt may have got through even if this one was refused.
            (true, true) if self.may_exist => self.recover(error),
            (true, true) if self.checkpoint.cancel => self.conclude(Outcome::Cancelled(None)),
            (true, true)
                if error.kind() == ErrorKind::Malformed && self.waits.failures() >= REFUSALS =>
            {
                self.conclude(Outcome::Failed(error));
            }
            (true, true) => self.retry(Call::Create, error),
            (true, false) => self.conclude(Outcome::Failed(error)),
            (false, retryable) => {
                if self.can_resend() && !retryable {
                    return self.conclude(Outcome::Failed(error));
                }
                self.recover(error);
            }
        }
    }

    /// Whether sending the same submission again cannot make a second job.
    fn can_resend(&self) -> bool {
        self.info().capabilities.idempotent_create && !self.checkpoint.token.is_empty()
    }

    /// Finds out about a submission whose answer was lost, without submitting twice.
    fn recover(&mut self, error: Error) {
        self.may_exist = true;
        if self.can_resend() {
            self.retry(Call::Create, error);
        } else if self.info().capabilities.list {
            self.look = Look { cause: Some(error.clone()), ..Look::default() };
            self.retry(Call::List, error);
        } else {
            self.give_up_looking(Some(error));
        }
    }

    /// A page of the list was read.
    pub(super) fn looked(&mut self, jobs: Vec<Listed>, next: Option<String>) {
        if let Some(job) = self.ours(&jobs) {
            let job = job.clone();
            self.submitted(job);
            return self.created();
        }
        self.look.page += 1;
        self.look.cursor = next;
        if self.look.cursor.is_some() && self.look.page < PAGES {
            return self.go(Call::List);
        }
        self.look_again();
    }

    /// The job that carries our token, else the only one that fits. Where two fit equally well,
    /// taking one would be a guess.
    fn ours<'a>(&self, jobs: &'a [Listed]) -> Option<&'a Job> {
        let (mut fits, mut count) = (None, 0);
        for listed in jobs {
            if self.has_our_token(listed) {
                return Some(&listed.job);
            }
            if self.has_our_question(listed) {
                fits = Some(&listed.job);
                count += 1;
            }
        }
        fits.filter(|_| count == 1)
    }

    fn look_again(&mut self) {
        self.look.page = 0;
        self.look.cursor = None;
        self.look.looks += 1;
        if self.look.looks >= LOOKS {
            return self.give_up_looking(None);
        }
        let wait = self.waits.before_poll(&self.info().pace);
        self.go_after(wait, Call::List);
    }

    pub(super) fn look_failed(&mut self, error: Error) {
        if error.is_retryable() {
            self.retry(Call::List, error);
        } else {
            self.give_up_looking(Some(error));
        }
    }

    pub(super) fn give_up_looking(&mut self, error: Option<Error>) {
        let error = error.or_else(|| self.look.cause.take()).unwrap_or_else(unknown);
        self.checkpoint.stage = Stage::SubmitUnknown;
        self.save();
        self.conclude(Outcome::SubmitUnknown(error));
    }

    fn has_our_token(&self, listed: &Listed) -> bool {
        let token = &self.checkpoint.token;
        !token.is_empty() && listed.token.as_ref() == Some(token)
    }

    /// A job that carries another token is another's; one without is ours when it asks the same
    /// and is not older than our submission.
    fn has_our_question(&self, listed: &Listed) -> bool {
        let is_new = match (listed.created_ms, self.checkpoint.begun_ms) {
            (Some(created), Some(begun)) => created.saturating_add(SKEW_MS) >= begun,
            _ => false,
        };
        let wording = self.provider.wording(&self.checkpoint.task);
        // Where labels are kept, our job carries our token.
        let labelled = self.info().capabilities.metadata && !self.checkpoint.token.is_empty();
        is_new
            && !labelled
            && listed.token.is_none()
            && listed.question.as_ref().is_some_and(|listed| listed.trim() == wording.trim())
    }
}

fn unknown() -> Error {
    let message = "It is not known whether the provider accepted the task. Look at the provider's own list before asking again.";
    Error::new(ErrorKind::Unreachable, message)
}
