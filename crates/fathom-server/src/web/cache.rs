//! Copies of pages, for callers who say how old a page may be.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use url::Url;

use super::Page;

/// The text that is kept, all pages together, and the number of pages.
const MAX_BYTES: usize = 32 << 20;
const MAX_PAGES: usize = 512;

/// The newest pages, by the address that was asked for.
#[derive(Debug, Default)]
pub(super) struct Cache {
    kept: Mutex<VecDeque<Copy>>,
}

#[derive(Debug)]
struct Copy {
    url: Url,
    page: Arc<Page>,
    fetched: Instant,
}

impl Cache {
    /// The page, if it was fetched at most `age` ago.
    pub(super) fn get(&self, url: &Url, age: Duration) -> Option<Arc<Page>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().find(|copy| copy.url == *url && copy.fetched.elapsed() <= age)?;
        Some(Arc::clone(&found.page))
    }

    pub(super) fn put(&self, url: &Url, page: &Arc<Page>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|copy| copy.url != *url);
        kept.push_back(Copy { url: url.clone(), page: Arc::clone(page), fetched: Instant::now() });
        let mut bytes: usize = kept.iter().map(|copy| copy.page.weight()).sum();
        while bytes > MAX_BYTES || kept.len() > MAX_PAGES {
            let Some(oldest) = kept.pop_front() else { break };
            bytes -= oldest.page.weight();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_few_and_asked_for_by_age() {
        let (cache, long) = (Cache::default(), Duration::from_secs(3600));
        let url = |number: usize| Url::parse(&format!("https://example.org/{number}")).unwrap();
        for number in 0..=MAX_PAGES {
            cache.put(&url(number), &Arc::new(Page::empty(url(number))));
        }
        assert!(cache.get(&url(0), long).is_none());
        assert!(cache.get(&url(1), long).is_some());
        let mut large = Page::empty(url(0));
        large.document.text = "x".repeat(MAX_BYTES + 1);
        cache.put(&url(0), &Arc::new(large));
        assert!(cache.get(&url(0), long).is_none() && cache.get(&url(1), long).is_none());
    }
}
