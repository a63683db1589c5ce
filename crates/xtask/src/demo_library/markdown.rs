//! Plain text as markdown that reads back to the same text.

/// Front matter of a page.
#[derive(Debug)]
pub(super) struct Front<'a> {
    pub(super) title: &'a str,
    pub(super) url: &'a str,
    pub(super) date: &'a str,
    pub(super) author: &'a str,
}

impl Front<'_> {
    /// The block between the two `---` lines, values quoted.
    pub(super) fn render(&self) -> String {
        let Self { title, url, date, author } = self;
        let quoted =
            |value: &str| format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
        format!(
            "---\ntitle: {}\nurl: {}\ndate: {}\nauthor: {}\n---\n",
            quoted(title),
            quoted(url),
            quoted(date),
            quoted(author)
        )
    }
}

/// One line of running text: white space runs become one space, entities characters.
pub(super) fn tidy(text: &str) -> String {
    decode(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The named and numbered entities that occur in the packages.
fn decode(text: &str) -> String {
    const NAMED: [(&str, &str); 7] = [
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&mdash;", "\u{2014}"),
        ("&ndash;", "\u{2013}"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
    ];
    let decoded =
        NAMED.iter().fold(text.to_owned(), |text, (name, plain)| text.replace(name, plain));
    // Last, so that an escaped ampersand does not make a new entity.
    decoded.replace("&amp;", "&").replace('\u{1a}', "")
}

/// Escapes what markdown would read as markup, wherever it stands.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '~' | '&' | '|') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// Escapes a whole paragraph: also what would open a list, a quote or a heading.
pub(super) fn paragraph(text: &str) -> String {
    let escaped = escape(text);
    if escaped.starts_with(['-', '+', '#', '>', '=']) {
        return format!("\\{escaped}");
    }
    let digits = escaped.chars().take_while(char::is_ascii_digit).count();
    match escaped.split_at_checked(digits) {
        Some((number, rest)) if digits > 0 && rest.starts_with(['.', ')']) => {
            format!("{number}\\{rest}")
        }
        _ => escaped,
    }
}

/// A file name of lower-case ASCII letters, digits and single hyphens.
pub(super) fn slug(title: &str) -> String {
    let spaced: String = title
        .chars()
        .filter(|character| *character != '\'' && *character != '.')
        .map(|character| if character.is_ascii_alphanumeric() { character } else { ' ' })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join("-").to_ascii_lowercase()
}
