//! Which documents of the library count for one question.

use serde::{Deserialize, Serialize};

/// A choice of documents by their public address, their title and their own date.
///
/// A site is a host, which stands for its subdomains as well, or a host and the beginning of a path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Scope {
    /// Only these sites; empty means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<String>,
    /// Whether `sites` only go before others instead of keeping them out.
    #[serde(skip_serializing_if = "is_false")]
    pub prefer: bool,
    /// Not these sites.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_sites: Vec<String>,
    /// Not the documents with these addresses or titles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not: Vec<String>,
    /// Only documents dated then or later, as an ISO 8601 date or time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Only documents dated then or earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_false(value: &bool) -> bool {
    !value
}

/// What is looked at of a document.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// The title.
    pub title: &'a str,
    /// The public address.
    pub url: Option<&'a str>,
    /// The date the document gives for itself.
    pub date: Option<&'a str>,
}

impl Scope {
    /// Whether every document counts, and none before others.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a document counts at all.
    pub fn admits(&self, about: About<'_>) -> bool {
        let named = |site: &String| about.url.is_some_and(|url| is_of(url, site));
        let left_out = |name: &String| {
            name.trim().eq_ignore_ascii_case(about.title.trim())
                || about.url.is_some_and(|url| is_same_page(url, name))
        };
        (self.prefer || self.sites.is_empty() || self.sites.iter().any(named))
            && !self.not_sites.iter().any(named)
            && !self.not.iter().any(left_out)
            && self.is_in_time(about.date)
    }

    /// Whether a document goes before others.
    pub fn prefers(&self, url: Option<&str>) -> bool {
        self.prefer && url.is_some_and(|url| self.sites.iter().any(|site| is_of(url, site)))
    }

    fn is_in_time(&self, date: Option<&str>) -> bool {
        if self.from.is_none() && self.until.is_none() {
            return true;
        }
        let Some(date) = date.map(day).filter(|date| !date.is_empty()) else { return false };
        // A date or a bound that gives only year and month is a span, and compared by these.
        let compare = |bound: &str| {
            let bound = day(bound);
            let length = date.len().min(bound.len());
            date.get(..length).cmp(&bound.get(..length))
        };
        self.from.as_ref().is_none_or(|from| compare(from).is_ge())
            && self.until.as_ref().is_none_or(|until| compare(until).is_le())
    }
}

/// The day of a date or time; empty where it is neither.
fn day(date: &str) -> &str {
    let end = date.bytes().take(10).take_while(|byte| byte.is_ascii_digit() || *byte == b'-');
    date.get(..end.count()).unwrap_or_default()
}

/// Host and path of an address, both as written, without scheme, user, port, query and fragment.
pub fn parts(url: &str) -> (&str, &str) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    (host, path)
}

/// Whether a page belongs to a site.
fn is_of(url: &str, site: &str) -> bool {
    let (host, path) = parts(url);
    let (wanted, below) = parts(site.trim());
    let wanted = wanted.trim_start_matches("*.").trim_start_matches("www.");
    let (host, wanted) = (host.to_ascii_lowercase(), wanted.to_ascii_lowercase());
    let suffix = host.strip_suffix(&wanted);
    !wanted.is_empty()
        && suffix.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        && path.starts_with(below.trim_end_matches(['/', '*']))
}

/// Whether two addresses lead to the same page, whatever their scheme and the `/` at their end.
pub fn is_same_page(url: &str, other: &str) -> bool {
    plain(url) == plain(other)
}

/// An address by which pages are told apart.
pub fn plain(url: &str) -> String {
    let rest = url.trim().split_once("://").map_or(url.trim(), |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or_default().trim_end_matches('/');
    let (host, path) = rest.find(['/', '?']).map_or((rest, ""), |at| rest.split_at(at));
    host.to_ascii_lowercase().trim_start_matches("www.").to_owned() + path
}

#[cfg(test)]
mod tests {
    use super::{About, Scope, is_same_page, parts};

    fn page(url: &str) -> About<'_> {
        About { title: "Norway", url: Some(url), date: Some("2015-07") }
    }

    #[test]
    fn a_site_stands_for_its_subdomains_and_may_name_a_path() {
        let scope = |site: &str| Scope { sites: vec![site.to_owned()], ..Scope::default() };
        for site in ["example.org", "*.example.org", "www.example.org", "EXAMPLE.org/a"] {
            assert!(scope(site).admits(page("https://www.example.org/a/b?c")), "{site}");
        }
        for site in ["ample.org", "example.org/b", "org.example", ""] {
            assert!(!scope(site).admits(page("https://www.example.org/a/b?c")), "{site}");
        }
        assert!(!scope("example.org").admits(About::default()));
        let preferring = Scope { prefer: true, ..scope("example.org") };
        assert!(preferring.admits(page("https://other.net/")));
        assert!(preferring.prefers(Some("http://example.org:8080/")) && !preferring.prefers(None));
    }

    #[test]
    fn sites_pages_and_titles_can_be_left_out() {
        let scope = Scope { not_sites: vec!["example.org".to_owned()], ..Scope::default() };
        assert!(!scope.admits(page("https://example.org/x")) && scope.admits(About::default()));
        for not in ["norway", "http://example.org/no/", "https://www.example.org/no"] {
            let scope = Scope { not: vec![not.to_owned()], ..Scope::default() };
            assert!(!scope.admits(page("https://example.org/no")), "{not}");
        }
    }

    #[test]
    fn dates_are_compared_as_far_as_they_go() {
        let scope = |from: &str, until: &str| Scope {
            from: Some(from.to_owned()),
            until: Some(until.to_owned()),
            ..Scope::default()
        };
        assert!(scope("2015-07-20T00:00:00.000Z", "2015-07-31").admits(page("x")));
        assert!(!scope("2015-08-01", "2016-01-01").admits(page("x")));
        assert!(!scope("2014-01-01", "2015-06-30").admits(page("x")));
        assert!(!scope("2014-01-01", "2016-01-01").admits(About::default()), "undated");
        for (from, until) in [("2015-07", "2015-07"), ("2015", "2015"), ("2014", "2015-07-01")] {
            assert!(scope(from, until).admits(page("x")), "{from} {until}");
            let dated = About { date: Some("2015-07-01"), ..page("x") };
            assert!(scope(from, until).admits(dated), "{from} {until}");
        }
        assert!(!scope("2015-08", "2016").admits(page("x")));
    }

    #[test]
    fn addresses_are_taken_apart() {
        assert_eq!(parts("https://me@example.org:8080/a?b#c"), ("example.org", "/a"));
        assert_eq!(parts("example.org"), ("example.org", ""));
        assert!(is_same_page("HTTP://Example.org/a/#top", "https://www.example.org/a"));
        assert!(!is_same_page("http://example.org/a?b=1", "http://example.org/a"));
    }
}
