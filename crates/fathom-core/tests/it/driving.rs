//! `drive` and `ask` over a world with its own clock.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    future::{Future, pending, poll_fn},
    pin::pin,
    rc::Rc,
    task::{Context, Poll, Waker},
    time::Duration,
};

use fathom_core::{
    Access, Body, ErrorKind, Notice, Outcome, Run, Start, Task, Transport, ask, drive,
    http::{Head, Headers, Request},
    providers,
    run::{TransportError, TransportErrorKind},
};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What comes back, piece by piece.
#[derive(Clone)]
enum Piece {
    Bytes(&'static str),
    Broken,
    /// Nothing for so long.
    Silence(Duration),
}

#[derive(Default)]
struct World {
    now: Cell<Duration>,
    /// When the next timer rings.
    next: Cell<Option<Duration>>,
    replies: RefCell<VecDeque<(Head, Vec<Piece>)>>,
    log: RefCell<Vec<String>>,
    /// Bodies that exist at this moment.
    open: Rc<Cell<u32>>,
}

struct Pieces<'a> {
    world: &'a World,
    pieces: VecDeque<Piece>,
    open: Rc<Cell<u32>>,
}

impl World {
    fn with(replies: impl IntoIterator<Item = (Head, Vec<Piece>)>) -> Self {
        Self { replies: RefCell::new(replies.into_iter().collect()), ..Self::default() }
    }

    async fn until(&self, due: Duration) {
        poll_fn(|_| {
            if self.now.get() >= due {
                return Poll::Ready(());
            }
            self.next.set(Some(self.next.get().map_or(due, |next| next.min(due))));
            Poll::Pending
        })
        .await;
    }

    /// Lets time pass from timer to timer until the work is done.
    fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            self.next.set(None);
            if let Poll::Ready(output) = work.as_mut().poll(&mut context) {
                return output;
            }
            self.now.set(self.next.get().expect("nothing will ever happen"));
        }
    }

    fn log(&self, line: impl Into<String>) {
        self.log.borrow_mut().push(line.into());
    }
}

impl<'a> Transport for &'a World {
    type Body = Pieces<'a>;

    async fn send(&self, request: &Request) -> Result<(Head, Self::Body), TransportError> {
        self.log([request.method.as_str(), " ", request.place()].concat());
        assert_eq!(self.open.get(), 0, "the reply before is still open");
        let (head, pieces) = self.replies.borrow_mut().pop_front().unwrap();
        let mut pieces = VecDeque::from(pieces);
        // A silence at the front is one before the head.
        if let Some(Piece::Silence(wait)) = pieces.front() {
            self.until(self.now.get() + *wait).await;
            pieces.pop_front();
        }
        if head.status == 0 {
            return Err(TransportError::new(TransportErrorKind::Unreachable, "no answer"));
        }
        self.open.set(self.open.get() + 1);
        Ok((head, Pieces { world: self, pieces, open: Rc::clone(&self.open) }))
    }

    async fn sleep(&self, wait: Duration) {
        self.until(self.now.get() + wait).await;
    }
}

impl Body for Pieces<'_> {
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        loop {
            match self.pieces.pop_front() {
                None => return Ok(None),
                Some(Piece::Bytes(text)) => return Ok(Some(text.into())),
                Some(Piece::Broken) => {
                    return Err(TransportError::new(TransportErrorKind::Interrupted, "broken"));
                }
                Some(Piece::Silence(wait)) => self.world.until(self.world.now.get() + wait).await,
            }
        }
    }
}

impl Drop for Pieces<'_> {
    fn drop(&mut self) {
        self.open.set(self.open.get() - 1);
    }
}

const HOUR: Duration = Duration::from_secs(3600);
const STARTED: &str =
    "id: 1\ndata: {\"id\":1,\"at_ms\":0,\"event\":{\"type\":\"run-started\"}}\n\n";
const ENDED: &str = "id: 2\ndata: {\"id\":2,\"at_ms\":9,\"event\":{\"type\":\"run-ended\",\"status\":\"completed\"}}\n\n";

fn json(status: u16, body: &'static str) -> (Head, Vec<Piece>) {
    (Head::new(status), vec![Piece::Bytes(body)])
}

fn created() -> (Head, Vec<Piece>) {
    json(201, r#"{"id":"run-1","status":"queued"}"#)
}

fn done() -> (Head, Vec<Piece>) {
    json(200, r#"{"id":"run-1","status":"completed","report":{"markdown":"Yes. [1]"}}"#)
}

fn cancelled() -> (Head, Vec<Piece>) {
    json(200, r#"{"id":"run-1","status":"cancelled"}"#)
}

fn stream(pieces: Vec<Piece>) -> (Head, Vec<Piece>) {
    let kind = ("content-type".to_owned(), "text/event-stream".to_owned());
    (Head { status: 200, headers: Headers::from_reply([kind]) }, pieces)
}

fn no_answer() -> (Head, Vec<Piece>) {
    (Head::new(0), Vec::new())
}

fn run() -> Run {
    let task = Task { question: "Is it?".to_owned(), ..Task::default() };
    let start = Start { token: "t".to_owned(), seed: 1, now_ms: None };
    Run::new(providers::find("local").unwrap(), Access::default(), task, start).unwrap()
}

/// Drives a run and logs, in one list, what leaves and what is told.
fn play(world: &World, cancel: impl Future<Output = ()>, limit: Option<Duration>) -> Outcome {
    world.block_on(drive(run(), &world, cancel, limit, async |notice| {
        world.log(match notice {
            Notice::Event(record) => ["event ", &record.id.to_string()].concat(),
            Notice::Checkpoint(checkpoint) => {
                // Storing takes time, and the run has to wait for it.
                (&world).sleep(Duration::from_millis(50)).await;
                ["stored ", if checkpoint.job.is_some() { "job" } else { "intent" }].concat()
            }
            Notice::Trouble { error, .. } => ["trouble ", error.kind().as_str()].concat(),
            _ => return,
        });
    }))
}

fn log(world: &World) -> Vec<String> {
    world.log.take()
}

#[test]
fn a_run_goes_from_question_to_report() {
    let events =
        vec![Piece::Bytes(STARTED), Piece::Silence(Duration::from_secs(40)), Piece::Bytes(ENDED)];
    let world = World::with([created(), stream(events), done()]);
    let outcome = play(&world, pending(), None);
    let Outcome::Completed(report) = outcome else { panic!("{outcome:?}") };
    assert_eq!(report.markdown, "Yes. [1]");
    assert_eq!(
        log(&world),
        [
            "stored intent",
            "POST /api/v1/runs",
            "stored job",
            "GET /api/v1/runs/run-1/events",
            "event 1",
            "stored job",
            "event 2",
            "stored job",
            "GET /api/v1/runs/run-1",
        ]
    );
    assert_eq!(world.open.get(), 0);
}

#[test]
fn silence_at_any_place_is_cut_short() {
    let late = |(head, mut pieces): (Head, Vec<Piece>)| {
        pieces.insert(0, Piece::Silence(HOUR));
        (head, pieces)
    };
    let silent = stream(vec![Piece::Bytes(STARTED), Piece::Silence(HOUR), Piece::Bytes(ENDED)]);
    let world = World::with([late(created()), created(), silent, late(done()), done()]);
    let outcome = play(&world, pending(), None);
    assert!(matches!(outcome, Outcome::Completed(_)), "{outcome:?}");
    assert!(world.now.get() < Duration::from_secs(120), "{:?}", world.now);
}

#[test]
fn a_broken_stream_is_taken_up_after_a_short_wait() {
    let world = World::with([
        created(),
        stream(vec![Piece::Bytes(STARTED), Piece::Broken]),
        no_answer(),
        done(),
    ]);
    assert!(matches!(play(&world, pending(), None), Outcome::Completed(_)));
    let log = log(&world);
    assert_eq!(log.iter().filter(|line| *line == "trouble unreachable").count(), 2, "{log:?}");
    assert_eq!(log.iter().filter(|line| line.ends_with("/events")).count(), 2, "{log:?}");
}

#[test]
fn cancelling_interrupts_a_stream() {
    let world = World::with([
        created(),
        stream(vec![Piece::Bytes(STARTED), Piece::Silence(HOUR)]),
        cancelled(),
    ]);
    let outcome = play(&world, world.until(Duration::from_secs(10)), None);
    assert_eq!(outcome, Outcome::Cancelled(None));
    assert!(world.now.get() < Duration::from_secs(11));
    assert_eq!(log(&world).last().unwrap(), "POST /api/v1/runs/run-1/cancel");
}

#[test]
fn cancelling_during_the_submission_waits_for_its_answer() {
    let slow = (
        Head::new(201),
        vec![
            Piece::Silence(Duration::from_secs(5)),
            Piece::Bytes(r#"{"id":"run-1","#),
            Piece::Silence(Duration::from_secs(5)),
            Piece::Bytes(r#""status":"queued"}"#),
        ],
    );
    for seconds in [1, 7] {
        let world = World::with([slow.clone(), cancelled()]);
        let outcome = play(&world, world.until(Duration::from_secs(seconds)), None);
        assert_eq!(outcome, Outcome::Cancelled(None));
        let log = log(&world);
        assert_eq!(log.iter().filter(|line| *line == "POST /api/v1/runs").count(), 1, "{log:?}");
    }
}

#[test]
fn cancelling_while_the_server_is_down_ends_the_waiting_soon() {
    let world = World::with([created()].into_iter().chain((0..20).map(|_| no_answer())));
    let outcome = play(&world, world.until(Duration::from_secs(5)), None);
    assert!(matches!(outcome, Outcome::Paused(Some(_))), "{outcome:?}");
    assert!(world.now.get() < Duration::from_secs(60), "{:?}", world.now);
}

#[test]
fn the_limit_ends_the_waiting_and_leaves_a_checkpoint() {
    let world = World::with([created(), stream(vec![Piece::Bytes(STARTED), Piece::Silence(HOUR)])]);
    let outcome = play(&world, pending(), Some(Duration::from_secs(20)));
    assert_eq!(outcome, Outcome::Paused(None));
    assert_eq!(log(&world).last().unwrap(), "stored job");
    assert_eq!(world.open.get(), 0);
}

#[test]
fn asking_once_gives_the_whole_reply_whatever_its_status() {
    let world = World::with([json(404, "gone")]);
    let reply = world.block_on(ask(&&world, &Request::get("/a"), HOUR)).unwrap();
    assert_eq!((reply.0.status, reply.1.as_slice()), (404, &b"gone"[..]));
}

#[test]
fn asking_once_does_not_wait_for_ever() {
    for pieces in [vec![Piece::Silence(HOUR)], vec![Piece::Bytes("a"), Piece::Silence(HOUR)]] {
        let world = World::with([(Head::new(200), pieces)]);
        let error =
            world.block_on(ask(&&world, &Request::get("/a"), Duration::from_secs(9))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert_eq!((world.now.get(), world.open.get()), (Duration::from_secs(9), 0));
    }
}
