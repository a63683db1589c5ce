//! From the bytes of a file to a [`StoredDocument`]: pure, bounded, and never a panic.

mod builder;
mod charset;
mod date;
mod front_matter;
mod html;
mod markdown;
mod plain;

use fathom_core::{BlockKind, StoredDocument, providers::local::wire::Skipped};
use sha2::{Digest as _, Sha256};

use builder::Builder;
pub(crate) use charset::{
    declared as declared_encoding, decode as decode_text, label as encoding_label,
};
use front_matter::FrontMatter;
pub(crate) use html::Rest as PageRest;

/// The largest text, markdown or HTML file that is read.
pub const MAX_TEXT_BYTES: u64 = 16 << 20;
/// The largest PDF that is read.
pub const MAX_PDF_BYTES: u64 = 64 << 20;

/// The kinds of files a library is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown with optional front matter.
    Markdown,
    /// Plain text.
    Text,
    /// A web page.
    Html,
    /// A PDF, read in a child process.
    Pdf,
}

impl Format {
    /// The format that the name of a file promises; other files are no documents.
    pub fn of(path: &str) -> Option<Self> {
        let (_, extension) = path.rsplit('/').next()?.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "md" | "markdown" | "mdown" | "mkd" => Some(Self::Markdown),
            "txt" | "text" => Some(Self::Text),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }

    /// The size above which a file of this format is skipped.
    pub const fn max_bytes(self) -> u64 {
        match self {
            Self::Pdf => MAX_PDF_BYTES,
            Self::Markdown | Self::Text | Self::Html => MAX_TEXT_BYTES,
        }
    }
}

/// Reads a markdown, text or HTML file, told apart by the end of `path`.
///
/// # Errors
/// The reason for which the file is left out, in words that say what to do.
pub fn import(path: &str, bytes: &[u8]) -> Result<StoredDocument, Skipped> {
    let skip = |reason: String| Skipped { path: path.to_owned(), reason };
    let format = Format::of(path).filter(|format| *format != Format::Pdf);
    let format = format.ok_or_else(|| skip("is not markdown, text or HTML".to_owned()))?;
    if bytes.len() as u64 > format.max_bytes() {
        return Err(skip(too_big(bytes.len() as u64, format.max_bytes())));
    }
    if bytes.is_empty() {
        return Err(skip("is empty (0 bytes)".to_owned()));
    }
    let named = if format == Format::Html { charset::declared(bytes) } else { None };
    let text = charset::decode(bytes, named).map_err(skip)?;
    match format {
        Format::Html => {
            let read = html::read(&text, None).map_err(skip)?;
            finish(path, read.about, read.built)
        }
        format => import_text(path, format, &text),
    }
}

/// Makes a document of markdown; text of any other format is taken as plain.
///
/// # Errors
/// As [`import`].
pub(crate) fn import_text(
    path: &str,
    format: Format,
    text: &str,
) -> Result<StoredDocument, Skipped> {
    if format == Format::Markdown {
        let (about, body) = front_matter::split(text);
        return finish(path, about, markdown::read(body));
    }
    finish(path, FrontMatter::default(), plain::read(text))
}

/// Makes a document of a web page found at `url`, and says what else the page holds.
///
/// # Errors
/// As [`import`].
pub(crate) fn import_page(url: &str, html: &str) -> Result<(StoredDocument, PageRest), Skipped> {
    let read =
        html::read(html, Some(url)).map_err(|reason| Skipped { path: url.to_owned(), reason })?;
    let document = finish(url, read.about, read.built)?;
    Ok((StoredDocument { url: Some(url.to_owned()), ..document }, read.rest))
}

/// Makes a document of the text of a PDF's pages.
///
/// # Errors
/// As [`import`].
pub fn import_pages(path: &str, pages: &[String]) -> Result<StoredDocument, Skipped> {
    let built = plain::read(&pages.join("\n\n"));
    finish(path, FrontMatter::default(), built).map_err(|_| Skipped {
        path: path.to_owned(),
        reason: "holds no text, perhaps only scanned pages; run text recognition (OCR) over it"
            .to_owned(),
    })
}

/// Says that a file is larger than what is read.
pub(crate) fn too_big(bytes: u64, max: u64) -> String {
    format!(
        "is {} MB, more than the {} MB that are read; split it into smaller files",
        bytes >> 20,
        max >> 20
    )
}

fn finish(path: &str, about: FrontMatter, built: Builder) -> Result<StoredDocument, Skipped> {
    let (text, blocks) = built.into_parts();
    if text.is_empty() {
        return Err(Skipped { path: path.to_owned(), reason: "holds no text".to_owned() });
    }
    let heading = blocks.iter().find(|block| block.kind == BlockKind::Heading);
    let heading = heading.and_then(|block| text.get(block.start..block.end));
    let title =
        about.title.or_else(|| heading.map(str::to_owned)).unwrap_or_else(|| from_name(path));
    Ok(StoredDocument {
        document: format!("{path}@{}", version(&text)),
        path: path.to_owned(),
        title,
        url: about.url,
        date: about.date.as_deref().and_then(date::iso),
        author: about.author,
        text,
        blocks,
    })
}

/// The first 12 hex digits of the text's SHA-256.
fn version(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

fn from_name(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.replace(['_', '-'], " ").trim().to_owned()
}

#[cfg(test)]
mod tests;
