//! A run with a script, sentence by sentence.

use std::time::Duration;

use fathom_core::{
    Outcome, Provider, Run, Task,
    http::{Head, Headers},
    run::{Checkpoint, Input, Step, TransportError, TransportErrorKind},
};

use crate::player::{Heard, access, new_run, path};

/// A run with what it has said, asked and waited for.
pub(crate) struct Scene {
    pub(crate) run: Run,
    pub(crate) heard: Heard,
    pub(crate) waits: Vec<Duration>,
}

impl Scene {
    pub(crate) fn new(provider: &'static dyn Provider) -> Self {
        let task = Task { question: "Why?".to_owned(), ..Task::default() };
        Self::of(new_run(provider, &task))
    }

    pub(crate) fn resume(provider: &'static dyn Provider, checkpoint: Checkpoint) -> Self {
        Self::of(Run::resume(provider, access(), checkpoint, 3).unwrap())
    }

    pub(crate) fn of(run: Run) -> Self {
        Self { run, heard: Heard::default(), waits: Vec::new() }
    }

    /// Sleeps through waits until the run asks for this path.
    pub(crate) fn asks(&mut self, wanted: &str) -> &mut Self {
        loop {
            match self.heard.next(&mut self.run) {
                Step::Wait(wait) => {
                    self.waits.push(wait);
                    self.run.handle(Input::Woke);
                }
                Step::Send { request, .. } => {
                    assert_eq!(path(&request), wanted);
                    return self;
                }
                step => panic!("{step:?} instead of {wanted}"),
            }
        }
    }

    pub(crate) fn gets(&mut self, status: u16, body: &str) -> &mut Self {
        self.gets_with(status, &[], body)
    }

    pub(crate) fn gets_with(
        &mut self,
        status: u16,
        headers: &[(&str, &str)],
        body: &str,
    ) -> &mut Self {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.run.handle(Input::Head(Head { status, headers: Headers::from_reply(headers) }));
        self.run.handle(Input::Chunk(body.as_bytes()));
        self.run.handle(Input::End);
        self
    }

    /// Gets the beginning of a reply.
    pub(crate) fn opens(&mut self, headers: &[(&str, &str)], body: &str) -> &mut Self {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.run.handle(Input::Head(Head { status: 200, headers: Headers::from_reply(headers) }));
        self.run.handle(Input::Chunk(body.as_bytes()));
        self
    }

    pub(crate) fn loses_it(&mut self) -> &mut Self {
        self.fails(TransportErrorKind::Unreachable)
    }

    pub(crate) fn fails(&mut self, kind: TransportErrorKind) -> &mut Self {
        self.run.handle(Input::Failed(TransportError::new(kind, "gone")));
        self
    }

    pub(crate) fn checkpoint(&mut self) -> Checkpoint {
        self.heard.next(&mut self.run);
        self.heard.checkpoints.last().unwrap().clone()
    }

    pub(crate) fn ends(mut self) -> Outcome {
        loop {
            match self.heard.next(&mut self.run) {
                Step::Done => return self.run.finish(),
                Step::Wait(_) => self.run.handle(Input::Woke),
                step => panic!("{step:?} instead of the end"),
            }
        }
    }
}

pub(crate) fn assert_submit_unknown(outcome: Outcome) {
    assert!(matches!(outcome, Outcome::SubmitUnknown(_)), "{outcome:?}");
}
