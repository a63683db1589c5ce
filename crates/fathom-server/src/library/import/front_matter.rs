//! The lines between two `---` at the top of a markdown file.

/// What a document says about itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FrontMatter {
    pub title: Option<String>,
    pub url: Option<String>,
    pub date: Option<String>,
    pub author: Option<String>,
}

/// No front matter is longer than this.
const MAX_LINES: usize = 500;

/// Takes the front matter off; text without any, or with an endless one, stays as it is.
pub(super) fn split(text: &str) -> (FrontMatter, &str) {
    let found = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"));
    let Some(mut rest) = found else { return (FrontMatter::default(), text) };
    let mut lines = Vec::new();
    while let Some((line, after)) = rest.split_once('\n') {
        rest = after;
        if matches!(line.trim_end(), "---" | "...") {
            return (read(&lines), rest);
        }
        if lines.len() == MAX_LINES {
            break;
        }
        lines.push(line.trim_end());
    }
    (FrontMatter::default(), text)
}

fn read(lines: &[&str]) -> FrontMatter {
    let mut about = FrontMatter::default();
    let mut lines = lines.iter().copied().peekable();
    while let Some(line) = lines.next() {
        // Indented lines belong to a value of no interest.
        let Some((key, value)) = line.split_once(':').filter(|(key, _)| !key.starts_with(' '))
        else {
            continue;
        };
        let mut values = list(value);
        while let Some(item) = lines.next_if(|next| next.trim_start().starts_with("- ")) {
            values.extend(list(item.trim_start().trim_start_matches("- ")));
        }
        about.set(&key.trim().to_ascii_lowercase(), values.join(", "));
    }
    about
}

impl FrontMatter {
    fn set(&mut self, key: &str, value: String) {
        let slot = match key {
            "title" => &mut self.title,
            "url" | "link" | "source" if is_web(&value) => &mut self.url,
            "date" | "published" | "publish_date" | "date_published" => &mut self.date,
            "author" | "authors" => &mut self.author,
            _ => return,
        };
        if !value.is_empty() {
            slot.get_or_insert(value);
        }
    }
}

/// Only addresses that a browser may safely open.
pub(super) fn is_web(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && !url.contains(char::is_whitespace)
}

/// A value, or the values of `[a, b]`.
fn list(value: &str) -> Vec<String> {
    let value = value.trim();
    match value.strip_prefix('[').and_then(|value| value.strip_suffix(']')) {
        Some(inner) => inner.split(',').map(unquoted).filter(|v| !v.is_empty()).collect(),
        None => Some(unquoted(value)).filter(|v| !v.is_empty()).into_iter().collect(),
    }
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    let inner = |quote: char| value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote));
    if let Some(inner) = inner('"') {
        return inner.replace("\\\"", "\"").replace("\\\\", "\\");
    }
    inner('\'').map_or_else(|| value.to_owned(), |inner| inner.replace("''", "'"))
}

#[cfg(test)]
mod tests {
    use super::{FrontMatter, split};

    #[test]
    fn reads_what_a_document_says_about_itself() {
        let (about, rest) = split(
            "---\ntitle: \"A \\\"b\\\": c\"\nurl: https://example.org/x\ndate: 2020-01-02\nauthors:\n  - Ann\n  - Bo\nx:\n  title: no\n---\nText\n",
        );
        assert_eq!(about.title.as_deref(), Some("A \"b\": c"));
        assert_eq!(about.url.as_deref(), Some("https://example.org/x"));
        assert_eq!(about.date.as_deref(), Some("2020-01-02"));
        assert_eq!(about.author.as_deref(), Some("Ann, Bo"));
        assert_eq!(rest, "Text\n");
    }

    #[test]
    fn a_rule_at_the_top_is_no_front_matter() {
        for text in ["---\nText without an end", "--- \n", "", "Text"] {
            assert_eq!(split(text), (FrontMatter::default(), text));
        }
    }

    #[test]
    fn an_address_that_is_not_of_the_web_is_dropped() {
        assert_eq!(split("---\nurl: javascript:alert(1)\n---\n").0.url, None);
    }
}
