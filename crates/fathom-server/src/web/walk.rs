//! From page to page, in the order of distance from the first.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fathom_core::Error;
use url::Url;

use super::{Mode, Page, Web};

/// How far a walk goes.
pub struct Limits<'a> {
    /// Links from the first page to the last: 0 is the first page alone.
    pub depth: usize,
    /// Links that are followed from one page.
    pub breadth: usize,
    /// Pages read (by a crawl) or addresses listed (by a map), the first one included.
    pub pages: usize,
    /// When the walk ends whatever it has found.
    pub time: Duration,
    /// How each page is wanted.
    pub mode: Mode,
    /// Which links are followed; `same_site` is what most callers begin with.
    pub follow: &'a (dyn Fn(&Url) -> bool + Send + Sync),
}

impl fmt::Debug for Limits<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limits").field("depth", &self.depth).finish_non_exhaustive()
    }
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Walk {
    /// Addresses, in the order in which they were found, the first page's final one included.
    pub urls: Vec<Url>,
    /// Pages that were read, in the same order. A map reads no page it does not need for its links.
    pub pages: Vec<Arc<Page>>,
    /// Pages that could not be read, and why.
    pub failed: Vec<(Url, Error)>,
    /// The walk ended because its time was over.
    pub cut: bool,
}

/// What a walk is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    Addresses,
    Pages,
}

/// Pages wait here at most; a site with more links than that is cut off by its other limits long before.
const MAX_WAITING: usize = 20_000;

pub(super) async fn walk(
    web: &Web,
    start: Url,
    limits: &Limits<'_>,
    want: Want,
) -> Result<Walk, Error> {
    let end = Instant::now() + limits.time;
    let first = web.read_url(&start, limits.mode).await?;
    let mut walker = Walker {
        limits,
        want,
        seen: HashSet::from([start, first.url.clone()]),
        waiting: VecDeque::new(),
        found: Walk { urls: vec![first.url.clone()], ..Walk::default() },
    };
    walker.arrive(first, 0);
    while let Some((url, depth)) = walker.next() {
        match tokio::time::timeout_at(end.into(), web.read_url(&url, limits.mode)).await {
            Ok(Ok(page)) => walker.arrive(page, depth),
            Ok(Err(error)) => walker.found.failed.push((url, error)),
            Err(_) => {
                walker.found.cut = true;
                break;
            }
        }
    }
    Ok(walker.found)
}

struct Walker<'a> {
    limits: &'a Limits<'a>,
    want: Want,
    seen: HashSet<Url>,
    waiting: VecDeque<(Url, usize)>,
    found: Walk,
}

impl Walker<'_> {
    fn next(&mut self) -> Option<(Url, usize)> {
        let is_full = match self.want {
            Want::Addresses => self.found.urls.len() >= self.limits.pages,
            Want::Pages => self.found.pages.len() >= self.limits.pages,
        };
        if is_full { None } else { self.waiting.pop_front() }
    }

    /// Takes a page in, and its links where the walk goes further.
    fn arrive(&mut self, page: Arc<Page>, depth: usize) {
        // Another address may have led to a page that is known already.
        self.seen.insert(page.url.clone());
        if depth < self.limits.depth {
            self.look(&page, depth + 1);
        }
        if self.want == Want::Pages && !self.found.pages.iter().any(|known| known.url == page.url) {
            self.found.pages.push(page);
        }
    }

    fn look(&mut self, page: &Page, depth: usize) {
        let fitting = page.links.iter().filter(|link| (self.limits.follow)(&link.url));
        for link in fitting.take(self.limits.breadth) {
            let has_room = match self.want {
                Want::Addresses => self.found.urls.len() < self.limits.pages,
                Want::Pages => self.waiting.len() < MAX_WAITING,
            };
            if !has_room || !self.seen.insert(link.url.clone()) {
                continue;
            }
            self.found.urls.push(link.url.clone());
            // A map need not read the pages of its outermost ring.
            if self.want == Want::Pages || depth < self.limits.depth {
                self.waiting.push_back((link.url.clone(), depth));
            }
        }
    }
}
