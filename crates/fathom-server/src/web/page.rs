//! What was fetched, made readable.

use fathom_core::{Error, ErrorKind, StoredDocument};
use url::Url;

use super::fetch::Fetched;
use super::links;
use crate::clock;
use crate::library::{
    Extractor, Format, PageRest, declared_encoding, decode_text, encoding_label, import_page,
    import_pages, import_text,
};

/// What we say that we can read.
pub(super) const ACCEPTED: &str = "text/html, application/xhtml+xml, text/markdown;q=0.9, text/plain;q=0.9, application/pdf;q=0.8, application/json;q=0.7";

/// The largest page, and the largest PDF.
const MAX_BYTES: u64 = 5 << 20;
const MAX_PDF_BYTES: u64 = 20 << 20;

/// A page of the web.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Where the page was found in the end, after redirects and without a fragment.
    pub url: Url,
    /// Title, date, author, text and blocks, as the library stores documents. `path` and `url` are the address,
    /// `date` and `author` what the page says of itself, as it says it.
    pub document: StoredDocument,
    /// The main content as HTML, without scripts and styles; empty when the page was not HTML. It is not made safe:
    /// it must never be shown as HTML.
    pub html: String,
    /// Pages that this one links to, in order, each once.
    pub links: Vec<Link>,
    /// The addresses of pictures, in order, each once.
    pub images: Vec<String>,
    /// The picture that stands for the page.
    pub image: Option<String>,
    /// The small picture of the site, where the page names one.
    pub favicon: Option<String>,
    /// When the page was fetched, in milliseconds since 1970.
    pub fetched_ms: i64,
}

/// A link of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads, without a fragment.
    pub url: Url,
    /// Its words, with single spaces.
    pub text: String,
}

impl Page {
    /// About how many bytes the page takes in memory.
    pub(super) fn weight(&self) -> usize {
        let links: usize =
            self.links.iter().map(|link| link.text.len() + link.url.as_str().len()).sum();
        let images: usize = self.images.iter().map(String::len).sum();
        self.document.text.len() + self.html.len() + 2 * links + images + 1024
    }

    /// A page without anything in it.
    #[cfg(test)]
    pub(super) fn empty(url: Url) -> Self {
        build(url, StoredDocument::default(), PageRest::default())
    }
}

/// The most bytes that are read of a kind of content; kinds that cannot be read are refused.
pub(super) fn max_bytes(content_type: &str) -> Result<u64, Error> {
    match essence(content_type).as_str() {
        "application/pdf" => Ok(MAX_PDF_BYTES),
        ""
        | "application/octet-stream"
        | "application/xhtml+xml"
        | "application/json"
        | "application/ld+json"
        | "text/html"
        | "text/plain"
        | "text/markdown"
        | "text/x-markdown"
        | "text/csv" => Ok(MAX_BYTES),
        other => Err(unsupported(other)),
    }
}

/// Reads a page. PDFs are read in a process of their own.
pub(super) fn read(fetched: Fetched, extractor: &Extractor) -> Result<Page, Error> {
    let Fetched { url, content_type, bytes } = fetched;
    let format = format(&content_type, &url, &bytes)?;
    let path = url.as_str().to_owned();
    let unreadable = |reason: &str| Error::new(ErrorKind::Malformed, format!("the page {reason}"));
    if format == Format::Pdf {
        let pages = extractor.pages_of(bytes).map_err(|reason| unreadable(&reason))?;
        let document =
            import_pages(&path, &pages).map_err(|skipped| unreadable(&skipped.reason))?;
        return Ok(build(url, document, PageRest::default()));
    }
    let named = encoding_label(&content_type).or_else(|| declared_encoding(&bytes));
    let text = decode_text(&bytes, named).map_err(|reason| unreadable(&reason))?;
    let read = match format {
        Format::Html => import_page(&path, &text),
        format => import_text(&path, format, &text).map(|document| (document, PageRest::default())),
    };
    let (document, rest) = read.map_err(|skipped| unreadable(&skipped.reason))?;
    Ok(build(url, document, rest))
}

fn build(url: Url, document: StoredDocument, rest: PageRest) -> Page {
    let base = rest.base.as_deref().and_then(|base| url.join(base).ok());
    let base = base.as_ref().unwrap_or(&url);
    let links = links::resolve(base, &url, rest.links);
    let images = links::pictures(base, &rest.images);
    let one = |found: Option<String>| links::pictures(base, found.as_slice()).pop();
    Page {
        image: one(rest.image),
        favicon: one(rest.favicon),
        document: StoredDocument { url: Some(url.as_str().to_owned()), ..document },
        html: rest.html,
        links,
        images,
        fetched_ms: clock::now_ms(),
        url,
    }
}

/// By the type that the server names; where it names none that says anything, by the first bytes.
fn format(content_type: &str, url: &Url, bytes: &[u8]) -> Result<Format, Error> {
    let is_pdf = bytes.starts_with(b"%PDF-");
    match essence(content_type).as_str() {
        "text/html" | "application/xhtml+xml" => Ok(Format::Html),
        "text/markdown" | "text/x-markdown" => Ok(Format::Markdown),
        "text/plain" if Format::of(url.path()) == Some(Format::Markdown) => Ok(Format::Markdown),
        "text/plain" | "text/csv" | "application/json" | "application/ld+json" => Ok(Format::Text),
        "application/pdf" => Ok(Format::Pdf),
        "" | "application/octet-stream" if is_pdf => Ok(Format::Pdf),
        "" if bytes.trim_ascii_start().starts_with(b"<") => Ok(Format::Html),
        "" if std::str::from_utf8(bytes).is_ok() => Ok(Format::Text),
        other => Err(unsupported(other)),
    }
}

fn unsupported(kind: &str) -> Error {
    let kind = if kind.is_empty() { "unnamed" } else { kind };
    Error::new(ErrorKind::Unsupported, format!("pages of the kind {kind} cannot be read"))
}

/// The type without its parameters, in small letters, at most as long as a real one.
fn essence(content_type: &str) -> String {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    kind.chars().take(100).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_a_page_is_what_the_server_says_and_else_what_it_looks_like() {
        let read = |kind: &str, path: &str, bytes: &[u8]| {
            let url = Url::parse(&format!("https://example.org/{path}")).unwrap();
            format(kind, &url, bytes)
        };
        assert_eq!(read("Text/HTML; charset=x", "", b"%PDF-").unwrap(), Format::Html);
        assert_eq!(read("text/plain", "README.md", b"#").unwrap(), Format::Markdown);
        assert_eq!(read("text/plain", "a.txt", b"#").unwrap(), Format::Text);
        assert_eq!(read("", "a", b"%PDF-1.7").unwrap(), Format::Pdf);
        assert_eq!(read("", "a", b" <!doctype html>").unwrap(), Format::Html);
        assert_eq!(read("", "a", b"text").unwrap(), Format::Text);
        for (kind, bytes) in [("", &b"\xff\xfe\0"[..]), ("application/octet-stream", b"MZ")] {
            assert_eq!(read(kind, "a", bytes).unwrap_err().kind(), ErrorKind::Unsupported);
        }
        assert!(max_bytes("application/pdf").unwrap() > max_bytes("text/html").unwrap());
        assert_eq!(max_bytes("image/png").unwrap_err().kind(), ErrorKind::Unsupported);
    }
}
