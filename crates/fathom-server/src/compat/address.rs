//! Public addresses of documents: their own, or the page on which this program shows them.

use axum::extract::FromRequestParts;
use axum::http::{header, request::Parts};
use fathom_core::Source;

/// Where the client reaches this program, such as `http://127.0.0.1:8787`.
#[derive(Clone, Debug)]
pub(super) struct Origin(String);

impl<S: Send + Sync> FromRequestParts<S> for Origin {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let host = text(header::HOST.as_str()).unwrap_or("localhost");
        let secure = text("x-forwarded-proto") == Some("https");
        let scheme = if secure { "https" } else { "http" };
        Ok(Self(format!("{scheme}://{host}")))
    }
}

impl Origin {
    /// Some origin.
    #[cfg(test)]
    pub(super) fn test() -> Self {
        Self("http://127.0.0.1:1".to_owned())
    }

    /// A name for answers that hold addresses made here.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of a source of a report.
    pub(super) fn of_source(&self, source: &Source) -> String {
        match (&source.url, &source.document) {
            (Some(url), _) => url.clone(),
            (None, Some(document)) => self.of_document(document),
            (None, None) => String::new(),
        }
    }

    /// The page on which this program shows a document.
    pub(super) fn of_document(&self, document: &str) -> String {
        let mut url = format!("{}/documents/", self.0);
        for byte in document.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~/@:".contains(&byte) {
                url.push(char::from(byte));
            } else {
                url.push_str(&format!("%{byte:02X}"));
            }
        }
        url
    }

    /// The document that such a page shows.
    pub(super) fn document_of(&self, url: &str) -> Option<String> {
        let path = url.strip_prefix(&self.0)?.strip_prefix("/documents/")?;
        let mut bytes = Vec::with_capacity(path.len());
        let mut rest = path.bytes();
        while let Some(byte) = rest.next() {
            bytes.push(match byte {
                b'%' => hex(rest.next()?)? << 4 | hex(rest.next()?)?,
                byte => byte,
            });
        }
        String::from_utf8(bytes).ok()
    }
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn an_address_made_here_leads_back_to_its_document() {
        let origin = Origin::test();
        for document in ["a/b c.md@0123456789ab", "notes:ä?#%.md", "x.md"] {
            let url = origin.of_document(document);
            assert!(url.is_ascii() && !url.contains(['?', '#', ' ']), "{url}");
            assert_eq!(origin.document_of(&url).as_deref(), Some(document));
        }
        for other in [
            "http://127.0.0.1:2/documents/x.md",
            "http://127.0.0.1:1/runs/x",
            "http://127.0.0.1:1/documents/%",
        ] {
            assert_eq!(origin.document_of(other), None, "{other}");
        }
    }
}
