//! A server that knows a transcript's replies and answers whatever is asked, in any order, and as
//! unreliably as wanted.

use std::collections::BTreeMap;

use fathom_core::{
    Provider, Run,
    fixture::{Entry, Fixture},
    http::{Head, Headers, Request},
    run::{Input, Step, TransportError, TransportErrorKind},
};

use crate::{
    player::{Heard, path},
    random::Random,
};

pub(crate) struct Server<'a> {
    replies: BTreeMap<String, Vec<(&'a Head, &'a str)>>,
    /// How a task is submitted here.
    create: String,
    /// The bodies of the submissions that arrived.
    submitted: Vec<String>,
    /// What goes wrong on the way.
    pub(crate) faults: Option<Faults>,
}

impl<'a> Server<'a> {
    /// None for a transcript in which something fails, or in which nobody but the person ends the
    /// run: it can only be played in order.
    pub(crate) fn new(provider: &dyn Provider, fixture: &'a Fixture) -> Option<Self> {
        if fixture.end.word == "cancelled" && !provider.info().capabilities.cancel {
            return None;
        }
        let mut replies: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut create = None;
        for pair in fixture.entries.windows(2) {
            match pair {
                [_, Entry::Broken(_)] => return None,
                [_, Entry::Reply(head, body)] if !head.is_success() || body.starts_with('<') => {
                    return None;
                }
                [Entry::Request(request), Entry::Reply(head, body)] => {
                    let route = [&request.method, " ", &request.path].concat();
                    create.get_or_insert_with(|| route.clone());
                    replies.entry(route).or_default().push((head, body.as_str()));
                }
                _ => {}
            }
        }
        for (route, head, body) in &fixture.asides {
            replies.entry(route.clone()).or_default().push((head, body.as_str()));
        }
        Some(Self { replies, create: create?, submitted: Vec::new(), faults: None })
    }

    /// How many jobs this made: the same body twice is one where the provider promises so.
    pub(crate) fn submissions(&self, provider: &dyn Provider) -> usize {
        if !provider.info().capabilities.idempotent_create {
            return self.submitted.len();
        }
        self.submitted.iter().collect::<std::collections::BTreeSet<_>>().len()
    }

    fn answer(&mut self, request: &Request) -> (Head, String) {
        let route = [request.method.as_str(), " ", path(request)].concat();
        if route == self.create {
            self.submitted.push(request.body.clone().unwrap_or_default());
        }
        let Some(replies) = self.replies.get(&route) else {
            return (Head::new(404), r#"{"error": "There is nothing here."}"#.to_owned());
        };
        let (head, body) = replies.last().unwrap();
        if !head.is_event_stream() {
            return ((*head).clone(), (*body).to_owned());
        }
        let seen = request.headers.get("last-event-id").map_or(0, |id| id.parse().unwrap_or(0));
        let frames: BTreeMap<u64, &str> = replies
            .iter()
            .flat_map(|(_, body)| body.split_inclusive("\n\n"))
            .filter_map(|frame| {
                let id = frame.lines().find_map(|line| line.strip_prefix("id: "))?;
                Some((id.parse().unwrap(), frame))
            })
            .filter(|(id, _)| *id > seen)
            .collect();
        // A stream without numbers begins at the start each time.
        let numbered = body.lines().any(|line| line.starts_with("id: "));
        let body = if numbered { frames.into_values().collect() } else { (*body).to_owned() };
        ((*head).clone(), body)
    }

    /// Lets the run make up to `steps` steps; says whether it has ended.
    pub(crate) fn serve(&mut self, run: &mut Run, heard: &mut Heard, steps: usize) -> bool {
        let mut reply = Reply::default();
        for _ in 0..steps {
            match heard.next(run) {
                Step::Send { request, .. } => reply = self.send(run, &request),
                Step::Read { .. } => reply.go_on(run),
                Step::Wait(_) => run.handle(Input::Woke),
                Step::Done => return true,
                Step::Tell(_) => {}
            }
        }
        matches!(heard.next(run), Step::Done)
    }

    fn send(&mut self, run: &mut Run, request: &Request) -> Reply {
        let fault = self.faults.as_mut().and_then(Faults::next);
        match fault {
            Some(Fault::NotSent) => {
                run.handle(Input::Failed(TransportError::new(TransportErrorKind::NotSent, "no")));
                return Reply::default();
            }
            Some(Fault::TooMany(headers)) => {
                run.handle(Input::Head(Head {
                    status: 429,
                    headers: Headers::from_reply(headers),
                }));
                return Reply::default();
            }
            _ => {}
        }
        // From here on the request has arrived.
        let (head, text) = self.answer(request);
        let (head, bytes, end) = match fault {
            Some(Fault::Silence) => {
                run.handle(Input::Woke);
                return Reply::default();
            }
            Some(Fault::Page(status)) => {
                (Head::new(status), b"<!doctype html><title>Oops</title>".to_vec(), End::Whole)
            }
            Some(Fault::Cut) => (head, cut(&text), End::Broken),
            Some(Fault::Short) => (head, cut(&text), End::Whole),
            Some(Fault::Damage(mut random)) => (head, random.mutated(text.as_bytes()), End::Whole),
            _ => (head, text.into_bytes(), End::Whole),
        };
        run.handle(Input::Head(head));
        // In pieces that end in the middle of characters and events.
        Reply { pieces: bytes.chunks(150).rev().map(<[u8]>::to_vec).collect(), end }
    }
}

/// The first half, ending inside a character where there is one of several bytes.
fn cut(text: &str) -> Vec<u8> {
    let half = text.len() / 2;
    let inside = (half..text.len()).find(|at| !text.is_char_boundary(*at));
    text.as_bytes()[..inside.unwrap_or(half)].to_vec()
}

#[derive(Default)]
struct Reply {
    /// What is still to come, last first.
    pieces: Vec<Vec<u8>>,
    end: End,
}

#[derive(Clone, Copy, Default)]
enum End {
    #[default]
    Whole,
    Broken,
}

impl Reply {
    fn go_on(&mut self, run: &mut Run) {
        match (self.pieces.pop(), self.end) {
            (Some(piece), _) => run.handle(Input::Chunk(&piece)),
            (None, End::Whole) => run.handle(Input::End),
            (None, End::Broken) => {
                let error = TransportError::new(TransportErrorKind::Interrupted, "no");
                run.handle(Input::Failed(error));
            }
        }
    }
}

/// What goes wrong with the first requests, by a seed.
pub(crate) struct Faults {
    random: Random,
    left: u32,
    damage: bool,
}

enum Fault {
    /// The request does not leave.
    NotSent,
    /// Too many requests, and perhaps when to come back.
    TooMany(Vec<(String, String)>),
    /// It arrives, and no answer comes.
    Silence,
    /// It arrives, and something in between answers with a page of its own.
    Page(u16),
    /// It arrives, and the answer breaks off.
    Cut,
    /// It arrives, and the answer ends early without a word.
    Short,
    /// It arrives, and bytes of the answer are changed.
    Damage(Random),
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        Self { random: Random::new(seed), left: 12, damage: false }
    }

    /// Half of the first answers are damaged.
    pub(crate) fn damage(seed: u64) -> Self {
        Self { damage: true, ..Self::new(seed) }
    }

    /// Half of the first requests fail.
    fn next(&mut self) -> Option<Fault> {
        self.left = self.left.checked_sub(1)?;
        if self.damage {
            let damaged = self.random.below(2) == 0;
            let seed = self.random.below(usize::MAX) as u64;
            return damaged.then(|| Fault::Damage(Random::new(seed)));
        }
        let wait = [("retry-after".to_owned(), "3".to_owned())];
        Some(match self.random.below(16) {
            0 => Fault::NotSent,
            1 => Fault::TooMany(wait.to_vec()),
            2 => Fault::TooMany(Vec::new()),
            3 => Fault::Silence,
            4 => Fault::Page([200, 500, 502, 503][self.random.below(4)]),
            5 | 6 => Fault::Cut,
            7 => Fault::Short,
            _ => return None,
        })
    }
}
