//! A run, as JavaScript drives it.

use fathom_core::{
    Checkpoint, Error, Run, Start, Task, json,
    run::{Input, Step},
};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::access::Place;
use crate::heard::{failure, head, settings as read};
use crate::roster::{access, provider};
use crate::step;
use crate::write::error;

/// What a run begins with: a task, a checkpoint, or the handle of a job that was begun elsewhere.
#[derive(Default)]
struct Settings {
    provider: String,
    access: Place,
    task: Option<Task>,
    checkpoint: Option<Checkpoint>,
    job: String,
    start: Begin,
}

json::fields!(Settings: needs provider; may have access, task, checkpoint, job, start);

/// What the host brings, because there is no clock and no randomness here.
#[derive(Default)]
struct Begin {
    token: String,
    seed: u64,
    now_ms: Option<u64>,
}

json::fields!(Begin: may have token, seed, now_ms);

/// One run. After each thing that happened, [`Machine::step`] is to be asked until it wants
/// something that takes time.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Machine {
    run: Option<Run>,
    refused: Option<Error>,
}

#[wasm_bindgen]
impl Machine {
    /// A run of `{provider, access, start}` with a `task`, a `checkpoint` or a `job`.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &str) -> Self {
        match open(settings) {
            Ok(run) => Self { run: Some(run), refused: None },
            Err(error) => Self { run: None, refused: Some(error) },
        }
    }

    /// Why there is no run.
    pub fn error(&self) -> Option<String> {
        self.refused.as_ref().map(error)
    }

    /// What the run wants now, see [`crate::step`].
    pub fn step(&mut self) -> String {
        match self.run.as_mut().map(Run::step) {
            Some(Step::Done) => step::done(self.run.take().map(Run::finish)),
            Some(step) => step::written(&step),
            None => step::done(None),
        }
    }

    /// The head of the reply came; the headers are a list of pairs.
    pub fn head(&mut self, status: u16, headers: &str) {
        self.take(Input::Head(head(status, headers)));
    }

    /// A piece of the body came.
    pub fn chunk(&mut self, bytes: &[u8]) {
        self.take(Input::Chunk(bytes));
    }

    /// The body is complete.
    pub fn end(&mut self) {
        self.take(Input::End);
    }

    /// The request or its reply did not get through.
    pub fn failed(&mut self, kind: &str, message: &str) {
        self.take(Input::Failed(failure(kind, message)));
    }

    /// The time asked for has passed.
    pub fn woke(&mut self) {
        self.take(Input::Woke);
    }

    /// The person who asked wants the run to end.
    pub fn cancel(&mut self) {
        self.take(Input::Cancel);
    }

    /// Whoever waits stops waiting.
    pub fn pause(&mut self) {
        self.take(Input::Pause);
    }

    /// The run as it could be stored now.
    pub fn checkpoint(&self) -> Option<String> {
        self.run.as_ref().map(|run| json::write(run.checkpoint()))
    }
}

impl Machine {
    fn take(&mut self, input: Input<'_>) {
        if let Some(run) = &mut self.run {
            run.handle(input);
        }
    }
}

fn open(settings: &str) -> Result<Run, Error> {
    let settings: Settings = read(settings)?;
    let provider = provider(&settings.provider)?;
    let access = access(settings.access, provider.info())?;
    let Begin { token, seed, now_ms } = settings.start;
    match (settings.checkpoint, settings.task) {
        (Some(checkpoint), _) => Run::resume(provider, access, checkpoint, seed),
        (None, Some(task)) => Run::new(provider, access, task, Start { token, seed, now_ms }),
        (None, None) => Run::adopt(provider, access, &settings.job, Start { token, seed, now_ms }),
    }
}
