//! Both sides of our own work: every provider of the core that reaches a vendor, against the local engine in that
//! vendor's place.

use std::future::{Future, pending};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use fathom_core::http::{Head, Headers, Request};
use fathom_core::providers::ROSTER;
use fathom_core::run::TransportError;
use fathom_core::{
    Access, Body, Outcome, Provider, Report, Run, Secret, Start, Task, Transport, drive,
};
use serde_json::json;

use crate::support::{Client, Folder, Server, small_library};

/// Sends requests one after the other. Nothing ever waits: the answer of a run that goes on is asked for again.
struct AtOnce(Client);

struct Whole(Option<Vec<u8>>);

impl Transport for AtOnce {
    type Body = Whole;

    async fn send(&self, request: &Request) -> Result<(Head, Whole), TransportError> {
        let url = request.url.strip_prefix(&format!("http://{}", self.0.address));
        let headers: Vec<(&str, &str)> = request.headers.iter().collect();
        let body = request.body.as_deref().unwrap_or_default().as_bytes();
        let answer = self.0.send(
            request.method.as_str(),
            url.expect("only the program is asked"),
            &headers,
            body,
        );
        let headers = Headers::from_reply(answer.headers);
        Ok((Head { status: answer.status, headers }, Whole(Some(answer.body.into_bytes()))))
    }

    async fn sleep(&self, _: Duration) {}
}

impl Body for Whole {
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, TransportError> {
        Ok(self.0.take())
    }
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = work.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn ask(client: Client, provider: &'static dyn Provider, task: Task) -> Report {
    let base = format!("http://{}/local/{}", client.address, provider.info().vendor);
    let access = Access::new(&base, Some(Secret::new("any".to_owned()))).unwrap();
    let start = Start { token: "one-of-a-kind".to_owned(), seed: 1, now_ms: None };
    let run = Run::new(provider, access, task, start).unwrap();
    match block_on(drive(run, &AtOnce(client), pending(), None, async |_| {})) {
        Outcome::Completed(report) => report,
        other => panic!("{}: {other:?}", provider.info().id),
    }
}

fn vendors() -> impl Iterator<Item = &'static dyn Provider> {
    ROSTER.iter().copied().filter(|provider| provider.info().vendor != "local")
}

#[test]
fn every_provider_of_a_vendor_gets_its_report_from_the_local_engine() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let mut asked = 0;
    for provider in vendors() {
        let task = Task { question: "What does Norway export?".to_owned(), ..Task::default() };
        if provider.check(&task).is_err() {
            // It has to be given a schema, see below.
            continue;
        }
        let report = ask(server.client, provider, task);
        let id = &provider.info().id;
        let found = report.markdown.clone() + &json!(report.structured).to_string();
        assert!(found.contains("natural gas"), "{id}: {report:?}");
        let urls: Vec<&str> =
            report.sources.iter().filter_map(|source| source.url.as_deref()).collect();
        assert!(urls.contains(&"https://example.org/Norway"), "{id}: {urls:?}");
        assert!(!report.citations.is_empty(), "{id}");
        asked += 1;
    }
    assert!(asked >= 6, "{asked}");
}

#[test]
fn every_provider_of_a_vendor_gets_its_value_from_the_local_engine() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let name = json!({ "type": "string", "description": "The name of the country" });
    let schema = json!({ "type": "object", "properties": { "country": name } });
    for provider in vendors().filter(|provider| provider.info().capabilities.output_schema) {
        let question = "Which country is Norway?".to_owned();
        let task = Task { question, output_schema: Some(schema.clone()), ..Task::default() };
        let report = ask(server.client, provider, task);
        let id = &provider.info().id;
        assert_eq!(report.structured, Some(json!({ "country": "Norway" })), "{id}: {report:?}");
    }
}
