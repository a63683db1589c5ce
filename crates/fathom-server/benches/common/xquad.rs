//! XQuAD: 240 paragraphs of 48 articles and 1,190 questions with their answers, the same in every language.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::fold::{folded, spaced, words};

/// The languages whose questions the method was made with, and others.
pub const SEEN: [&str; 4] = ["en", "de", "ru", "zh"];
pub const UNSEEN: [&str; 3] = ["th", "ar", "tr"];

/// Which paragraph of each article is left out, and which articles are: every so many, the last of them.
const PARAGRAPHS: usize = 5;
const ARTICLES: usize = 6;

pub struct Article {
    pub title: String,
    pub paragraphs: Vec<Paragraph>,
}

pub struct Paragraph {
    /// With single spaces, as the library stores it.
    pub text: String,
    pub questions: Vec<Question>,
}

#[derive(Clone)]
pub struct Question {
    pub text: String,
    pub answer: String,
    /// Where the answer begins, in bytes of the paragraph.
    pub at: usize,
}

/// A paragraph as a document of its own.
pub struct Page {
    pub path: String,
    pub title: String,
    pub text: String,
}

/// A question and where its answer stands, or would stand.
#[derive(Clone)]
pub struct Asked {
    pub question: Question,
    /// The path of the page.
    pub page: String,
    /// The text of the page.
    pub paragraph: String,
}

/// What is left out of a library.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// The fifth paragraph of each article: its neighbours are about the same.
    Paragraph,
    /// Every sixth article: nothing is about the same.
    Article,
}

/// Some of the pages, and the questions that they answer and do not answer.
#[derive(Default)]
pub struct Library {
    pub pages: Vec<Page>,
    pub answerable: Vec<Asked>,
    pub left_out: Vec<Asked>,
}

/// Reads one language; nothing where its file is not there.
///
/// # Panics
/// When the file is there and is not of the known form.
pub fn read(folder: &Path, language: &str) -> Option<Vec<Article>> {
    #[derive(Deserialize)]
    struct File {
        data: Vec<Value>,
    }
    let text = fs::read_to_string(folder.join(format!("xquad.{language}.json"))).ok()?;
    let file: File = serde_json::from_str(&text).expect("XQuAD is JSON of the known form");
    Some(file.data.iter().map(article).collect())
}

fn article(value: &Value) -> Article {
    let paragraphs = list(value, "paragraphs").iter().map(paragraph).collect();
    Article { title: text(value, "title").replace('_', " "), paragraphs }
}

fn paragraph(value: &Value) -> Paragraph {
    let context = text(value, "context");
    let questions = list(value, "qas").iter().filter_map(|asked| question(asked, context));
    Paragraph { text: spaced(context), questions: questions.collect() }
}

fn question(value: &Value, context: &str) -> Option<Question> {
    let answer = list(value, "answers").first()?;
    let start = usize::try_from(answer.get("answer_start")?.as_u64()?).ok()?;
    let before: String = context.chars().take(start).collect();
    let mut at = spaced(&before).len();
    // The space before the answer is one, however many there were.
    at += usize::from(at > 0 && before.ends_with(char::is_whitespace));
    let answer = spaced(text(answer, "text"));
    Some(Question { text: text(value, "question").to_owned(), answer, at })
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The library of one language with something left out of it.
pub fn library(articles: &[Article], left_out: LeftOut) -> Library {
    let mut library = Library::default();
    for (number, article) in articles.iter().enumerate() {
        for (at, paragraph) in article.paragraphs.iter().enumerate() {
            let path = format!("{number:02}-{at}.md");
            let asked = asked(&path, paragraph);
            if is_out(left_out, number, at) {
                let alone = |asked: &Asked| {
                    left_out == LeftOut::Article || !stands_elsewhere(asked, article)
                };
                library.left_out.extend(asked.into_iter().filter(alone));
            } else {
                library.answerable.extend(asked);
                let (title, text) = (article.title.clone(), paragraph.text.clone());
                library.pages.push(Page { path, title, text });
            }
        }
    }
    library
}

fn is_out(left_out: LeftOut, article: usize, paragraph: usize) -> bool {
    match left_out {
        LeftOut::Paragraph => paragraph % PARAGRAPHS == PARAGRAPHS - 1,
        LeftOut::Article => article % ARTICLES == ARTICLES - 1,
    }
}

fn asked(path: &str, paragraph: &Paragraph) -> Vec<Asked> {
    let asked = |question: &Question| Asked {
        question: question.clone(),
        page: path.to_owned(),
        paragraph: paragraph.text.clone(),
    };
    paragraph.questions.iter().map(asked).collect()
}

/// Whether the answer's words stand in another paragraph of the article: then who knows whether that answers too.
fn stands_elsewhere(asked: &Asked, article: &Article) -> bool {
    let answer = words(&asked.question.answer);
    let others = article.paragraphs.iter().filter(|paragraph| paragraph.text != asked.paragraph);
    others.into_iter().any(|paragraph| folded(&paragraph.text).contains(&answer))
}

impl Page {
    /// The page as a file that is read back to the very text.
    pub fn markdown(&self) -> String {
        let title = self.title.replace('\\', "\\\\").replace('"', "\\\"");
        let mut file = format!("---\ntitle: \"{title}\"\n---\n");
        for c in self.text.chars() {
            if c.is_ascii_punctuation() {
                file.push('\\');
            }
            file.push(c);
        }
        file.push('\n');
        file
    }
}
