//! One page from its address to its bytes: the gate, the host's wishes, redirects, limits.

use axum::body::Body;
use axum::http::{Request, Response, header};
use fathom_core::{Error, ErrorKind};
use hyper::body::Incoming;
use tokio::sync::OwnedSemaphorePermit;
use url::{Position, Url};

use super::body::{self, header_text};
use super::gate::{Gate, without_fragment};
use super::manners::Manners;
use super::robots::{self, Robots};
use super::{Live, page};
use crate::client::Client;
use crate::log::{self, Level};

const USER_AGENT: &str = concat!("fathom/", env!("CARGO_PKG_VERSION"));
/// Redirects that are followed for one page.
const MAX_HOPS: usize = 5;

/// The bytes of a page.
#[derive(Debug)]
pub(super) struct Fetched {
    /// Where the page was in the end.
    pub url: Url,
    /// The `Content-Type`, empty when there was none.
    pub content_type: String,
    pub bytes: Vec<u8>,
}

/// Fetches pages with manners.
#[derive(Debug)]
pub(super) struct Fetcher {
    client: Client,
    gate: Gate,
    manners: Manners,
}

/// The head of an answer, and the host's permit for as long as its body is read.
struct Reply {
    url: Url,
    response: Response<Incoming>,
    _permit: Option<OwnedSemaphorePermit>,
}

impl Fetcher {
    pub(super) fn new(client: Client, live: &Live) -> Self {
        let gate = Gate { ports: live.ports.clone(), allow_loopback: live.allow_loopback };
        Self { client, gate, manners: Manners::new(live.pause) }
    }

    /// Fetches a page, if its host lets us.
    pub(super) async fn fetch(&self, url: &Url) -> Result<Fetched, Error> {
        let mut url = url.clone();
        for _ in 0..=MAX_HOPS {
            let reply = self.ask(&url).await?;
            match target(&reply)? {
                Some(next) => url = next,
                None => return take(reply).await,
            }
        }
        Err(Error::new(
            ErrorKind::Unavailable,
            format!("the page redirects more than {MAX_HOPS} times"),
        ))
    }

    /// Asks for a page after asking the host whether it may be read.
    async fn ask(&self, url: &Url) -> Result<Reply, Error> {
        self.gate.check(url)?;
        let host = self.manners.host(url);
        let robots = host.robots(self.ask_robots(url)).await?;
        if !robots.allows(path_and_query(url)) {
            let message = format!("the robots.txt of {} keeps robots away", name(url));
            return Err(Error::new(ErrorKind::Refused, message));
        }
        let permit = self.manners.turn(&host, robots.delay).await;
        let response = self.send(url).await?;
        Ok(Reply { url: url.clone(), response, _permit: permit })
    }

    /// The host's `robots.txt`: no file means no rule. No answer means stay away, so it is an error.
    async fn ask_robots(&self, url: &Url) -> Result<Robots, Error> {
        let mut url = url.join("/robots.txt").map_err(|_| no_url())?;
        for _ in 0..=MAX_HOPS {
            self.gate.check(&url)?;
            let response = self.send(&url).await?;
            let reply = Reply { url, response, _permit: None };
            match (target(&reply)?, reply.response.status().as_u16()) {
                (Some(next), _) => url = next,
                (None, 200..=299) => {
                    let (head, body) = reply.response.into_parts();
                    let bytes = body::read_start(&head.headers, body, robots::MAX_BYTES).await?;
                    return Ok(Robots::parse(&String::from_utf8_lossy(&bytes)));
                }
                (None, 400..=499) => return Ok(Robots::default()),
                (None, status) => {
                    let message = format!(
                        "the robots.txt of {} was answered with {status}",
                        name(&reply.url)
                    );
                    return Err(Error::new(ErrorKind::Unavailable, message).with_status(status));
                }
            }
        }
        // The standard lets a robot take an endless redirect for a missing file.
        Ok(Robots::default())
    }

    async fn send(&self, url: &Url) -> Result<Response<Incoming>, Error> {
        let request = Request::get(url.as_str())
            .header(header::USER_AGENT, USER_AGENT)
            .header(header::ACCEPT, page::ACCEPTED)
            .header(header::ACCEPT_ENCODING, body::ACCEPTED)
            .body(Body::empty());
        Ok(self.client.send(request.map_err(|_| no_url())?).await?)
    }
}

/// Where a redirect leads, or nothing when this is the page.
fn target(reply: &Reply) -> Result<Option<Url>, Error> {
    let status = reply.response.status();
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let location = header_text(reply.response.headers(), header::LOCATION);
    let next = location.and_then(|location| reply.url.join(location).ok());
    let next = next.ok_or_else(|| {
        Error::new(ErrorKind::Unavailable, "the page redirects to nowhere")
            .with_status(status.as_u16())
    })?;
    Ok(Some(without_fragment(next)))
}

async fn take(reply: Reply) -> Result<Fetched, Error> {
    let status = reply.response.status().as_u16();
    if status != 200 && status != 203 {
        return Err(refuse(&reply.url, status));
    }
    let (head, body) = reply.response.into_parts();
    let content_type = header_text(&head.headers, header::CONTENT_TYPE).unwrap_or_default();
    let max = page::max_bytes(content_type)?;
    let bytes = body::read(&head.headers, body, max).await?;
    log::line(Level::Info, "page-fetched", &[("host", &name(&reply.url)), ("bytes", &bytes.len())]);
    Ok(Fetched { url: reply.url, content_type: content_type.to_owned(), bytes })
}

/// What a site's status means for its page.
fn refuse(url: &Url, status: u16) -> Error {
    let kind = match status {
        404 | 410 => ErrorKind::NotFound,
        401 | 403 | 451 => ErrorKind::Refused,
        408 | 504 => ErrorKind::Timeout,
        429 => ErrorKind::RateLimited,
        _ => ErrorKind::Unavailable,
    };
    Error::new(kind, format!("{} answered with {status}", name(url))).with_status(status)
}

fn no_url() -> Error {
    Error::new(ErrorKind::InvalidTask, "this URL cannot be asked for").with_field("url")
}

fn name(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

/// What `robots.txt` speaks of.
fn path_and_query(url: &Url) -> &str {
    &url[Position::BeforePath..]
}
