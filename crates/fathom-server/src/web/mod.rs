//! Live pages: what the web says now, fetched through a gate.
//!
//! Off unless the program was started with `--live`; then `Shared::web` holds a [`Web`]. Its face:
//!
//! * [`Web::read`] reads one page ([`Page`]): text as the library stores it, links, pictures, the main content as HTML.
//! * [`Web::subpages`] reads a page and the pages of the same site that it links to and that fit some words best.
//! * [`Web::map`] lists the addresses of a site, [`Web::crawl`] reads its pages, both within [`Limits`].
//!
//! What stands between a stranger's URL and this machine: only `http` and `https`, no user name, ports 80 and 443
//! unless more were configured; a name is looked up once and every address found must be public (see
//! `client::is_public`), and the connection goes to just that address; every redirect, at most five, passes the same
//! gate; 5 MB of text or 20 MB of PDF at most, packed and unpacked; a limit of time over everything; `robots.txt` is
//! kept to; requests to one host keep a distance and are few at a time.
//!
//! Errors are [`fathom_core::Error`] by kind: `invalid-task` (not an address that can be fetched), `refused` (the
//! gate, `robots.txt`, or the site answered 401 or 403), `not-found` (404, 410), `unsupported` (not a kind of
//! content that can be read), `timeout`, `unreachable` (no such name, no answer), `rate-limited`, `unavailable`
//! (other answers of 4xx and 5xx, also for `robots.txt`), `malformed` (too large, or not what it says it is).
//! [`fathom_core::Error::status`] is the status of the site where there was one. No message holds a URL's query.

mod body;
mod cache;
mod fetch;
mod gate;
mod links;
mod manners;
mod page;
mod robots;
mod walk;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use fathom_core::{Error, ErrorKind};
use tokio::sync::Semaphore;
use url::Url;

use crate::client::{Client, Reach};
use crate::library::Extractor;

use cache::Cache;
use fetch::Fetcher;
pub use gate::same_site;
pub use page::{Link, Page};
pub use walk::{Limits, Walk};

/// Pages that are fetched at the same time, which bounds the memory they take, and pages that are taken apart. More
/// wait, and their waiting counts as theirs.
const FETCHES: usize = 16;
const READERS: usize = 4;

/// How live pages are fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Live {
    /// Admits addresses of this machine, at any port. Only for tests that serve their pages themselves.
    pub allow_loopback: bool,
    /// Ports besides 80 and 443.
    pub ports: Vec<u16>,
    /// The shortest time between two requests to one host.
    pub pause: Duration,
    /// The longest time for one page when [`Mode::timeout`] says nothing.
    pub timeout: Duration,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            allow_loopback: false,
            ports: Vec::new(),
            pause: Duration::from_millis(250),
            timeout: Duration::from_secs(20),
        }
    }
}

/// How one page is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mode {
    /// A copy fetched at most so long ago will do; without it the page is fetched anew.
    pub max_age: Option<Duration>,
    /// The longest time to wait, at most a minute.
    pub timeout: Option<Duration>,
}

/// The longest time that a caller may give one page.
const LONGEST: Duration = Duration::from_secs(60);

/// Fetches pages. One for the program, so that manners and copies are shared.
#[derive(Debug)]
pub struct Web {
    fetcher: Fetcher,
    extractor: Extractor,
    cache: Cache,
    fetches: Semaphore,
    readers: Arc<Semaphore>,
    fetched: AtomicU64,
    timeout: Duration,
}

impl Web {
    /// Makes the fetcher; `program` is what is started to read PDFs: `fathom` itself.
    pub fn new(live: &Live, program: PathBuf) -> Self {
        let client = Client::new(Reach::Public { or_loopback: live.allow_loopback });
        Self {
            fetcher: Fetcher::new(client, live),
            extractor: Extractor { program, limit: LONGEST },
            cache: Cache::default(),
            fetches: Semaphore::new(FETCHES),
            readers: Arc::new(Semaphore::new(READERS)),
            fetched: AtomicU64::new(0),
            timeout: live.timeout,
        }
    }

    /// How many pages have been fetched.
    pub(crate) fn fetched(&self) -> u64 {
        self.fetched.load(Ordering::Relaxed)
    }

    /// Reads one page.
    ///
    /// # Errors
    /// As the module says.
    pub async fn read(&self, url: &str, mode: Mode) -> Result<Arc<Page>, Error> {
        self.read_url(&gate::parse(url)?, mode).await
    }

    async fn read_url(&self, url: &Url, mode: Mode) -> Result<Arc<Page>, Error> {
        if let Some(page) = mode.max_age.and_then(|age| self.cache.get(url, age)) {
            return Ok(page);
        }
        let limit = mode.timeout.unwrap_or(self.timeout).min(LONGEST);
        let read = tokio::time::timeout(limit, self.fetch(url)).await;
        let page = read.unwrap_or_else(|_| {
            let host = url.host_str().unwrap_or_default();
            let message = format!("{host} did not answer within {} s", limit.as_secs_f32());
            Err(Error::new(ErrorKind::Timeout, message))
        })?;
        let page = Arc::new(page);
        self.cache.put(url, &page);
        Ok(page)
    }

    async fn fetch(&self, url: &Url) -> Result<Page, Error> {
        // Neither semaphore is ever closed.
        let _permit = self.fetches.acquire().await;
        let fetched = self.fetcher.fetch(url).await?;
        self.fetched.fetch_add(1, Ordering::Relaxed);
        // The permit goes along: a page that outlives its reader's patience still takes a thread.
        let permit = Arc::clone(&self.readers).acquire_owned().await;
        let extractor = self.extractor.clone();
        let read = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            page::read(fetched, &extractor)
        });
        read.await.unwrap_or_else(|error| {
            Err(Error::new(ErrorKind::Malformed, format!("the page cannot be read ({error})")))
        })
    }

    /// Reads a page and up to `count` pages of the same site that it links to, those first whose address or link
    /// text holds most of the words of `targets`. A subpage that cannot be read is left out.
    ///
    /// # Errors
    /// As [`Web::read`], for the page itself.
    pub async fn subpages(
        &self,
        url: &str,
        count: usize,
        targets: &[String],
        mode: Mode,
    ) -> Result<(Arc<Page>, Vec<Arc<Page>>), Error> {
        let page = self.read(url, mode).await?;
        let mut read = Vec::new();
        for link in links::best(&page, targets) {
            if read.len() == count {
                break;
            }
            if let Ok(subpage) = self.read_url(&link, mode).await {
                read.push(subpage);
            }
        }
        Ok((page, read))
    }

    /// Lists addresses, starting at a page and following its links.
    ///
    /// # Errors
    /// As [`Web::read`], for the first page; later ones that fail are in [`Walk::failed`].
    pub async fn map(&self, url: &str, limits: &Limits<'_>) -> Result<Walk, Error> {
        walk::walk(self, gate::parse(url)?, limits, walk::Want::Addresses).await
    }

    /// Reads pages, starting at one and following its links.
    ///
    /// # Errors
    /// As [`Web::map`].
    pub async fn crawl(&self, url: &str, limits: &Limits<'_>) -> Result<Walk, Error> {
        walk::walk(self, gate::parse(url)?, limits, walk::Want::Pages).await
    }
}
