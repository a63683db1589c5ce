//! Providers that are easy to script: a reply is a list of words.

use std::borrow::Cow;

use fathom_core::{
    Access, Cost, Error, ErrorKind, Event, Info, Job, Provider, Report, Source, Status, Task,
    Warning,
    http::{Head, Request},
    provider::{
        Call, Capabilities, Content, Ended, Follow, Frame, Key, Limits, Listed, Pace, Update,
    },
};

/// A provider with the given capabilities.
pub(crate) struct Fake(Info);

/// Neither a list nor tokens nor streams.
pub(crate) static BARE: Fake = Fake(info(Capabilities { cancel: true, ..NOTHING }));
/// Jobs can be listed.
pub(crate) static LISTING: Fake = Fake(info(Capabilities { cancel: true, list: true, ..NOTHING }));
/// Jobs can be listed, and carry labels.
pub(crate) static LABELLING: Fake =
    Fake(info(Capabilities { cancel: true, list: true, metadata: true, ..NOTHING }));
/// Streams can be read, but not taken up again; nothing can be cancelled.
pub(crate) static STREAMING: Fake = Fake(info(Capabilities { stream: true, ..NOTHING }));

/// Streams tell what there is and close.
pub(crate) static CLOSING: Fake = Fake(info(Capabilities {
    stream: true,
    resume: true,
    stream_closes: true,
    cancel: true,
    ..NOTHING
}));
/// Streams begin at the start each time.
pub(crate) static RESTARTING: Fake =
    Fake(info(Capabilities { stream: true, resume: true, stream_restarts: true, ..NOTHING }));
/// The answer is the report.
pub(crate) static IMMEDIATE: Fake = Fake(info(Capabilities { immediate: true, ..NOTHING }));

const NOTHING: Capabilities = Capabilities::NONE;

const fn info(capabilities: Capabilities) -> Info {
    Info {
        id: Cow::Borrowed("fake"),
        vendor: Cow::Borrowed("fake"),
        name: Cow::Borrowed("Fake"),
        summary: Cow::Borrowed(""),
        base: Cow::Borrowed(""),
        key: Key::Missing,
        capabilities,
        limits: Limits::NONE,
        efforts: Cow::Borrowed(&[]),
        options: Cow::Borrowed(&[]),
        pace: Pace::DEFAULT,
    }
}

impl Provider for Fake {
    fn info(&self) -> &'static Info {
        // The statics above are the only values there are.
        [&BARE, &LISTING, &LABELLING, &STREAMING, &CLOSING, &RESTARTING, &IMMEDIATE]
            .into_iter()
            .find(|fake| std::ptr::eq(*fake, self))
            .map(|fake| &fake.0)
            .unwrap()
    }

    fn check(&self, _task: &Task) -> Result<Vec<Warning>, Error> {
        Ok(Vec::new())
    }

    fn create(&self, task: &Task, _token: &str, access: &Access) -> Result<Request, Error> {
        Ok(Request::post(access.url("/create"), task.question.as_str()))
    }

    fn follow(&self, job: &Job, follow: Follow<'_>, access: &Access) -> Result<Request, Error> {
        let path = if follow == Follow::Poll { "/poll/" } else { "/stream/" };
        Ok(Request::get(access.url(&[path, &job.0].concat())))
    }

    fn cancel(&self, job: &Job, access: &Access) -> Option<Request> {
        Some(Request::post(access.url(&["/cancel/", &job.0].concat()), ""))
    }

    fn list(&self, cursor: Option<&str>, access: &Access) -> Option<Request> {
        Some(Request::get(access.url(&["/list/", cursor.unwrap_or_default()].concat())))
    }

    fn read(&self, frame: Frame<'_>) -> Result<Vec<Update>, Error> {
        let text = match frame.content {
            Content::Body(_, body) => std::str::from_utf8(body).unwrap(),
            Content::Message(message) => &message.data,
        };
        if frame.call == Call::List {
            return listed(text).ok_or_else(malformed);
        }
        text.split(';')
            .filter(|part| !part.is_empty())
            .map(|part| update(part).ok_or_else(malformed))
            .collect()
    }

    fn read_failure(&self, head: &Head, _body: &[u8]) -> Error {
        Error::new(ErrorKind::from_status(head.status), "no")
            .with_status(head.status)
            .with_retry_after(head.retry_after())
    }
}

fn malformed() -> Error {
    Error::new(ErrorKind::Malformed, "nonsense")
}

fn update(part: &str) -> Option<Update> {
    let (word, rest) = part.split_once(' ').unwrap_or((part, ""));
    Some(match word {
        "job" => Update::Job(Job(rest.to_owned())),
        "running" => Update::Status(Status::Running),
        "text" => Update::Event {
            number: None,
            at_ms: None,
            event: Event::TextDelta { text: rest.to_owned() },
        },
        "clue" => Update::Clue(Job(rest.to_owned())),
        "draft" => Update::Draft(Report { markdown: rest.to_owned(), ..Report::default() }),
        "cites" => Update::Draft(Report { sources: vec![source(1, rest)], ..Report::default() }),
        "source" => Update::Event {
            number: None,
            at_ms: None,
            event: Event::SourceFound { source: source(0, rest) },
        },
        "settled" => Update::Settled,
        "done" => Update::Ended(Ended::Completed(Report {
            markdown: rest.to_owned(),
            ..Report::default()
        })),
        "value" => Update::Ended(Ended::Completed(Report {
            structured: Some(serde_json::from_str(rest).ok()?),
            ..Report::default()
        })),
        "asked" => Update::Asked { question: rest.to_owned(), output_schema: None },
        "word" => Update::Word(rest.to_owned()),
        "cost" => Update::Cost(Cost { amount: rest.parse().ok()?, ..Cost::default() }),
        "cancelled" => Update::Ended(Ended::Cancelled(None)),
        _ => return None,
    })
}

fn source(id: u32, url: &str) -> Source {
    Source { id, url: Some(url.to_owned()), ..Source::default() }
}

/// `job token question created` with `-` for nothing, divided by `;`, then `> cursor`.
fn listed(text: &str) -> Option<Vec<Update>> {
    let (jobs, next) = text.split_once('>').map_or((text, None), |(jobs, next)| (jobs, Some(next)));
    let known = |word: &str| (word != "-").then(|| word.to_owned());
    let jobs = jobs.split(';').filter(|line| !line.is_empty()).map(|line| {
        let mut words = line.split(' ');
        Some(Listed {
            job: Job(words.next()?.to_owned()),
            token: known(words.next()?),
            question: known(words.next()?),
            created_ms: known(words.next()?).and_then(|word| word.parse().ok()),
        })
    });
    Some(vec![Update::Listed { jobs: jobs.collect::<Option<_>>()?, next: next.map(str::to_owned) }])
}
