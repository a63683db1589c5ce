//! Files that come with a question: only its own run sees them.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use fathom_core::StoredDocument;
use fathom_core::providers::tavily::wire::{File, ResearchRequest};
use serde_json::Value;

use crate::error::ApiError;
use crate::library::{Format, import_text};

/// Files in one request.
pub(super) const MOST: usize = 5;
/// Words of one file, and of all together.
const WORDS: usize = 80_000;
/// Where such documents seem to stand: no path of a library begins like this.
const FOLDER: &str = "request:";
const NAME_MAX: usize = 255;

/// Reads files as documents.
pub(super) fn read(files: &[File]) -> Result<Vec<StoredDocument>, ApiError> {
    let mut words = 0;
    let mut read = Vec::new();
    for file in files {
        let text = text(file)?;
        words += text.split_whitespace().count();
        if words > WORDS {
            return Err(refuse(
                file,
                &format!("{WORDS} words are the most that files may have together"),
            ));
        }
        read.push(document(file, &text)?);
    }
    Ok(read)
}

fn refuse(file: &File, problem: &str) -> ApiError {
    ApiError::invalid("files", format!("the file {:?} cannot be used: {problem}", file.name))
}

fn text(file: &File) -> Result<String, ApiError> {
    if file.kind != "base64" {
        return Err(refuse(file, "its type must be base64"));
    }
    if file.name.is_empty() || file.name.len() > NAME_MAX || file.name.contains(char::is_control) {
        return Err(refuse(file, "its name must be plain text of 1 to 255 bytes"));
    }
    let bytes = BASE64_STANDARD.decode(file.data.as_bytes());
    let bytes =
        bytes.map_err(|error| refuse(file, &format!("its data is not base64 ({error})")))?;
    String::from_utf8(bytes).map_err(|_| refuse(file, "it is not text in UTF-8"))
}

fn document(file: &File, text: &str) -> Result<StoredDocument, ApiError> {
    let path = [FOLDER, &file.name].concat();
    let ending = file.name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let read = match ending.as_str() {
        "md" => import_text(&path, Format::Markdown, text),
        "txt" => import_text(&path, Format::Text, text),
        "json" => {
            let value: Value = serde_json::from_str(text)
                .map_err(|error| refuse(file, &format!("it is not JSON ({error})")))?;
            import_text(&path, Format::Markdown, &labelled(&value, &file.name))
        }
        _ => return Err(refuse(file, "its name must end with .txt, .md or .json")),
    };
    read.map_err(|skipped| refuse(file, &skipped.reason))
}

/// JSON as a list of labelled values, each with its path.
fn labelled(value: &Value, name: &str) -> String {
    let title = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut text = format!("# {title}\n\n");
    let mut open = vec![(String::new(), value)];
    while let Some((path, value)) = open.pop() {
        match value {
            Value::Object(fields) => {
                let inner = fields.iter().rev().map(|(name, value)| (join(&path, name), value));
                open.extend(inner);
            }
            Value::Array(items) => {
                open.extend(items.iter().rev().map(|item| (path.clone(), item)));
            }
            Value::Null => {}
            Value::String(words) => text += &format!("- {path}: {}\n", one_line(words)),
            other => text += &format!("- {path}: {other}\n"),
        }
    }
    text
}

fn join(path: &str, name: &str) -> String {
    let name = one_line(name);
    if path.is_empty() { name } else { format!("{path} {name}") }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The request without the contents of its files, which are kept as documents.
pub(super) fn without_contents(mut wanted: ResearchRequest) -> ResearchRequest {
    for file in wanted.files.iter_mut().flatten() {
        file.data.clear();
    }
    wanted
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::prelude::BASE64_STANDARD;
    use fathom_core::providers::tavily::wire::File;

    use super::read;

    fn file(name: &str, text: &str) -> File {
        File {
            name: name.to_owned(),
            data: BASE64_STANDARD.encode(text),
            kind: "base64".to_owned(),
        }
    }

    #[test]
    fn texts_become_documents() {
        let files = [
            file("a.md", "# Title\n\nText."),
            file("b.txt", "Plain."),
            file("c.json", r#"{"berth":{"price":12,"tags":["x","y"]},"none":null}"#),
        ];
        let read = read(&files).unwrap();
        assert_eq!(read[0].title, "Title");
        assert!(read[1].path == "request:b.txt" && read[1].text.contains("Plain."));
        assert!(read[2].text.contains("berth price: 12") && read[2].text.contains("berth tags: y"));
    }

    #[test]
    fn what_is_no_such_file_is_refused() {
        let long = "word ".repeat(50_000);
        for files in [
            vec![file("a.pdf", "x")],
            vec![file("", "x")],
            vec![file("a.json", "{")],
            vec![file("a.txt", "")],
            vec![File { kind: "url".to_owned(), ..file("a.txt", "x") }],
            vec![File { data: "???".to_owned(), ..file("a.txt", "x") }],
            vec![file("a.txt", &long), file("b.txt", &long)],
        ] {
            assert!(read(&files).unwrap_err().error().message().contains("cannot be used"));
        }
    }
}
