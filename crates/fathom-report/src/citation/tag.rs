//! The few HTML tags that mean something in a report: citations, superscripts, line breaks, code.

/// A tag.
#[derive(Debug)]
pub(crate) struct Tag<'a> {
    /// In lower case.
    pub(crate) name: String,
    /// Whether it ends an element.
    pub(crate) closes: bool,
    /// Whether it is an element of its own (`<br/>`).
    pub(crate) empty: bool,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// Reads a tag; none for comments and the like.
    pub(crate) fn read(raw: &'a str) -> Option<Self> {
        let inner = raw.strip_prefix('<')?.strip_suffix('>')?;
        let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        let (empty, inner) = inner.strip_suffix('/').map_or((false, inner), |inner| (true, inner));
        let end =
            inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inner.len());
        let (name, attributes) = inner.split_at_checked(end)?;
        (!name.is_empty()).then(|| Self {
            name: name.to_ascii_lowercase(),
            closes,
            empty,
            attributes,
        })
    }

    /// The value of the first of the attributes that is there.
    pub(crate) fn attribute(&self, names: &[&str]) -> Option<&'a str> {
        let mut rest = self.attributes.trim_start();
        while !rest.is_empty() {
            let end =
                rest.find(|c: char| c == '=' || c.is_ascii_whitespace()).unwrap_or(rest.len());
            let (name, after) = rest.split_at_checked(end)?;
            let (value, after) = value(after.trim_start());
            if names.iter().any(|wanted| name.eq_ignore_ascii_case(wanted)) && !value.is_empty() {
                return Some(value);
            }
            if after.len() >= rest.len() {
                return None;
            }
            rest = after.trim_start();
        }
        None
    }
}

fn value(text: &str) -> (&str, &str) {
    let Some(text) = text.strip_prefix('=').map(str::trim_start) else { return ("", text) };
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    text.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_and_attributes() {
        let tag =
            Tag::read("<Citation id=3 title='a \"b\"' href = \"https://a.example\" />").unwrap();
        assert_eq!((tag.name.as_str(), tag.closes, tag.empty), ("citation", false, true));
        assert_eq!(tag.attribute(&["href"]), Some("https://a.example"));
        assert_eq!(tag.attribute(&["index", "id"]), Some("3"));
        assert_eq!(tag.attribute(&["title"]), Some("a \"b\""));
        assert_eq!(tag.attribute(&["src"]), None);
        assert!(Tag::read("</sup>").unwrap().closes);
        assert!(Tag::read("<!-- x -->").is_none());
    }
}
