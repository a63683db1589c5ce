//! Where a page leads.

use std::collections::HashSet;

use url::Url;

use super::gate::{same_site, without_fragment};
use super::{Link, Page};

/// Links and pictures of one page that are kept, and letters of a link's text.
const MAX_LINKS: usize = 2000;
const MAX_TEXT: usize = 300;
const MAX_URL: usize = 4096;

/// The pages that a page links to: absolute, without fragments, each once, and not the page itself.
pub(super) fn resolve(base: &Url, page: &Url, links: Vec<(String, String)>) -> Vec<Link> {
    let mut seen = HashSet::from([page.clone()]);
    let resolved = links.into_iter().filter_map(|(href, text)| {
        let url = without_fragment(absolute(base, &href)?);
        seen.insert(url.clone()).then(|| Link { url, text: text.chars().take(MAX_TEXT).collect() })
    });
    resolved.take(MAX_LINKS).collect()
}

/// Addresses of pictures: absolute, each once. Pictures written into the page itself are left out.
pub(super) fn pictures(base: &Url, sources: &[String]) -> Vec<String> {
    let mut seen = HashSet::new();
    let found = sources.iter().filter_map(|source| absolute(base, source));
    found.filter(|url| seen.insert(url.clone())).map(String::from).take(MAX_LINKS).collect()
}

fn absolute(base: &Url, reference: &str) -> Option<Url> {
    let url = base.join(reference).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.username().is_empty();
    (is_web && url.as_str().len() <= MAX_URL).then_some(url)
}

/// The pages of the same site that a page links to; those that hold more of the words come first, else the order of
/// the page stays.
pub(super) fn best(page: &Page, words: &[String]) -> Vec<Url> {
    let words: Vec<String> =
        words.iter().flat_map(|target| target.split_whitespace().map(str::to_lowercase)).collect();
    let score = |link: &Link| {
        let text = format!("{} {}", link.url.path(), link.text).to_lowercase();
        words.iter().filter(|word| text.contains(word.as_str())).count()
    };
    let near = page.links.iter().filter(|link| same_site(&page.url, &link.url));
    let mut scored: Vec<_> = near.map(|link| (score(link), link)).collect();
    // A stable sort, so that links of equal worth stay in the page's order.
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, link)| link.url.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(links: &[(&str, &str)]) -> Page {
        let url = Url::parse("https://example.org/a/").unwrap();
        let links = links.iter().map(|(href, text)| ((*href).to_owned(), (*text).to_owned()));
        Page { links: resolve(&url, &url, links.collect()), ..Page::empty(url) }
    }

    #[test]
    fn links_are_absolute_and_once() {
        let page = page(&[
            ("b#x", "B"),
            ("b", "again"),
            ("/c?d", "C"),
            ("#top", "self"),
            ("mailto:a@b.c", "mail"),
            ("javascript:x()", "no"),
            ("https://user@example.org/", "no"),
            ("//other.example/", "other"),
        ]);
        let urls: Vec<&str> = page.links.iter().map(|link| link.url.as_str()).collect();
        assert_eq!(
            urls,
            ["https://example.org/a/b", "https://example.org/c?d", "https://other.example/"]
        );
    }

    #[test]
    fn subpages_are_of_the_same_site_and_the_fitting_ones_come_first() {
        let page = page(&[
            ("/news", "News"),
            ("https://other.example/pricing", "Pricing"),
            ("/about", "Who we are"),
            ("/plans", "Pricing and plans"),
        ]);
        let order = |words: &[&str]| -> Vec<String> {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            best(&page, &words).iter().map(|url| url.path().to_owned()).collect()
        };
        assert_eq!(order(&[]), ["/news", "/about", "/plans"]);
        assert_eq!(order(&["pricing", "About"]), ["/about", "/plans", "/news"]);
        assert_eq!(order(&["pricing plans", "about"]), ["/plans", "/about", "/news"]);
    }
}
