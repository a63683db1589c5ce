//! `robots.txt` as RFC 9309 describes it.

use std::time::Duration;

/// The name under which sites may address us.
const OURS: &str = "fathom";
/// What is read of a file, by the standard at least 500 KiB; rules beyond that are not seen.
pub(super) const MAX_BYTES: u64 = 500 << 10;
/// Rules that are kept, and bytes of an address that are compared. Real files stay far below.
const MAX_RULES: usize = 5000;
const MAX_PATH: usize = 4096;
/// A longer wait between two requests is not kept to, because nobody waits that long for a page.
const MAX_DELAY: Duration = Duration::from_secs(10);

/// What a site lets us read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Robots {
    rules: Vec<Rule>,
    /// The wait between two requests that the site asks for (not in the standard, but widely used).
    pub delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    allow: bool,
    path: String,
}

impl Robots {
    /// Reads a file: the groups that name us, else those for everybody.
    pub(super) fn parse(text: &str) -> Self {
        let (mut ours, mut everybody) = (None::<Self>, None::<Self>);
        let mut group = Group::default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for line in text.split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                group.name(value);
                continue;
            }
            // Only rules end the list of names; a sitemap between names means nothing.
            group.closed |= matches!(&*key, "allow" | "disallow" | "crawl-delay");
            if group.ours {
                ours.get_or_insert_default().add(&key, value);
            }
            if group.everybody {
                everybody.get_or_insert_default().add(&key, value);
            }
        }
        // A group that names us counts even when it holds no rule: then everything is allowed.
        ours.or_else(|| group.seen.then(Self::default)).or(everybody).unwrap_or_default()
    }

    fn add(&mut self, key: &str, value: &str) {
        match key {
            // An empty rule says nothing.
            "allow" | "disallow" if !value.is_empty() && self.rules.len() < MAX_RULES => {
                self.rules.push(Rule { allow: key == "allow", path: normal(value) });
            }
            "crawl-delay" => {
                let seconds = value.parse().ok().and_then(|s| Duration::try_from_secs_f64(s).ok());
                self.delay = seconds.map(|delay| delay.min(MAX_DELAY)).or(self.delay);
            }
            _ => {}
        }
    }

    /// Whether the path, with its query, may be read: the longest rule that fits decides, and of two as long as each
    /// other the one that allows.
    pub(super) fn allows(&self, path: &str) -> bool {
        if path == "/robots.txt" {
            return true;
        }
        let path = normal(path);
        let path = path.get(..MAX_PATH).unwrap_or(&path);
        let fitting = self.rules.iter().filter(|rule| fits(&rule.path, path));
        fitting.max_by_key(|rule| (rule.path.len(), rule.allow)).is_none_or(|rule| rule.allow)
    }
}

/// Whose rules follow.
#[derive(Default)]
struct Group {
    ours: bool,
    everybody: bool,
    /// A rule has been read, so the next name begins a new group.
    closed: bool,
    /// Some group named us.
    seen: bool,
}

impl Group {
    fn name(&mut self, value: &str) {
        if self.closed {
            *self = Self { seen: self.seen, ..Self::default() };
        }
        let token = value.split(|c: char| !c.is_ascii_alphabetic() && c != '-' && c != '_');
        if token.into_iter().next().is_some_and(|token| token.eq_ignore_ascii_case(OURS)) {
            self.ours = true;
            self.seen = true;
        }
        self.everybody |= value == "*";
    }
}

/// Whether a pattern with `*` and a final `$` fits the beginning of a path.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = pattern.strip_suffix('$').map_or((pattern, false), |p| (p, true));
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    let mut has_star = false;
    while let Some(piece) = pieces.next() {
        has_star = true;
        if to_end && pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        // The earliest place leaves the most for what follows.
        let Some((_, after)) = rest.split_once(piece) else { return false };
        rest = after;
    }
    !to_end || has_star || rest.is_empty()
}

/// One way to write a path: letters, digits and the like plain, everything else as `%XX` in capitals.
fn normal(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let escaped = (byte == b'%').then(|| hex(ahead.next(), ahead.next())).flatten();
        match escaped {
            Some(escaped) => {
                bytes = ahead;
                push(&mut out, escaped, !is_unreserved(escaped));
            }
            None => push(&mut out, byte, !byte.is_ascii_graphic()),
        }
    }
    out
}

fn push(out: &mut String, byte: u8, escape: bool) {
    if escape {
        const DIGITS: [char; 16] =
            ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
        let digit = |at: u8| DIGITS.get(usize::from(at)).copied().unwrap_or('0');
        out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
    } else {
        out.push(char::from(byte));
    }
}

fn hex(high: Option<u8>, low: Option<u8>) -> Option<u8> {
    let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Robots, fits};

    #[test]
    fn the_longest_rule_decides_and_allowing_wins_a_tie() {
        let robots = Robots::parse(
            "User-agent: *\nDisallow: /private\nAllow: /private/open\nDisallow: /tie\nAllow: /tie\n",
        );
        for (path, allowed) in [
            ("/", true),
            ("/private", false),
            ("/private/x?y=1", false),
            ("/private/open/x", true),
            ("/tie", true),
            ("/robots.txt", true),
        ] {
            assert_eq!(robots.allows(path), allowed, "{path}");
        }
    }

    #[test]
    fn a_group_that_names_us_replaces_the_one_for_everybody() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: FATHOM/2.0\nSitemap: x\nDisallow: /no\n\nUser-agent: fathom\nDisallow: /neither\n";
        let robots = Robots::parse(text);
        assert!(robots.allows("/yes") && !robots.allows("/no") && !robots.allows("/neither"));
        assert!(
            !Robots::parse("user-agent:*\ndisallow:/\nuser-agent:fathoms\nallow:/").allows("/x")
        );
        assert!(Robots::parse("user-agent:*\ndisallow:/\nuser-agent:fathom").allows("/x"));
    }

    #[test]
    fn stars_and_ends_are_understood() {
        for (pattern, path, expected) in [
            ("/", "/a", true),
            ("*", "/a", true),
            ("/*.php", "/a/b.php?c", true),
            ("/*.php$", "/a/b.php", true),
            ("/*.php$", "/a/b.php?c", false),
            ("/*.php$", "/a.php/b.php", true),
            ("/a$", "/a", true),
            ("/a$", "/ab", false),
            ("/a*$", "/abc", true),
            ("/fish*fish", "/fish", false),
            ("/*a*b*c", "/xxaxxbxxc", true),
            ("/*a*b*c", "/xxcxxbxxa", false),
        ] {
            assert_eq!(fits(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn one_path_has_one_spelling() {
        let robots = Robots::parse(
            "User-agent: *\nDisallow: /a%3cd\nDisallow: /b/\u{30c4}\nDisallow: /%7ejoe",
        );
        for closed in ["/a%3Cd.html", "/b/%E3%83%84", "/~joe/x", "/%7Ejoe/"] {
            assert!(!robots.allows(closed), "{closed}");
        }
        assert!(robots.allows("/a<d.html"));
    }

    #[test]
    fn odd_files_are_read_as_far_as_they_make_sense() {
        for text in
            ["", "\u{feff}", "Disallow: /", "User-agent: *\nDisallow:", "<html>404</html>", "%%%"]
        {
            assert!(Robots::parse(text).allows("/a"), "{text}");
        }
        assert!(!Robots::parse("user-agent: * # all\r\ndisallow : / # none").allows("/a"));
        let slow = Robots::parse("User-agent: *\nCrawl-delay: 1.5\nCrawl-delay: x\nDisallow: /x");
        assert_eq!(slow.delay, Some(Duration::from_millis(1500)));
        let endless = Robots::parse("User-agent: *\nCrawl-delay: 1e300");
        assert_eq!(endless.delay, None);
    }

    #[test]
    fn no_file_and_no_path_breaks_the_reader() {
        let pieces = [
            "User-agent:",
            "fathom",
            "*",
            "\n",
            "Disallow:",
            "Allow: /",
            "%",
            "%e",
            "$",
            "\u{e9}",
            "#",
            "\r",
            "Crawl-delay: 9e9",
            "/a",
        ];
        let mut seed = 7_u64;
        let mut word = |longest: u64| -> String {
            let mut step = || {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                seed
            };
            (0..step() % longest).map(|_| pieces[(step() % 14) as usize]).collect()
        };
        for _ in 0..5000 {
            let (text, path) = (word(40), word(12));
            let robots = Robots::parse(&text);
            assert!(robots.allows("/robots.txt"));
            assert!(robots.allows(&path) || text.contains("Disallow"), "{text:?} {path:?}");
        }
    }
}
