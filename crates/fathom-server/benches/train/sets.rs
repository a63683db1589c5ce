//! What is asked, of which libraries.

use std::path::Path;

use fathom_core::{Block, BlockKind, StoredDocument};

use crate::common::fold::{folded, words};
use crate::common::places::Places;
use crate::common::questions::{self, Role};
use crate::common::xquad::{self, Article, Asked, LeftOut, Page};
use crate::library::documents;
use crate::rows::{Kind, Library, Row, Why};

/// Every so many of a language's questions are asked.
const EVERY: usize = 5;
/// Every so many are asked of four documents.
const EVERY_FOUR: usize = 17;
/// Every so many profiles are left out of the second demo library.
const PROFILES: usize = 6;
/// So many questions about something else are asked of each library.
const FOREIGN: usize = 40;
/// Questions about a field of a profile, each with the heading that answers it.
const FIELDS: &str = include_str!("../engine/sets/fields.txt");

pub fn all(places: &Places) -> Vec<Row> {
    let mut rows = Vec::new();
    let folder = places.data.join("xquad");
    for language in xquad::SEEN.into_iter().chain(xquad::UNSEEN) {
        let Some(articles) = xquad::read(&folder, language) else { continue };
        println!("asking xquad {language}");
        rows.extend(articles_out(language, &articles));
        rows.extend(four_documents(language, &articles));
    }
    let foreign = foreign(&folder);
    for (name, file) in questions::read_all(&places.manuals) {
        let folder = places.package(&file.package, &file.folder);
        let documents = documents(&folder);
        if file.role == Role::Train && !documents.is_empty() {
            println!("asking {name}");
            rows.extend(manual(&name, &file.questions, &documents, &foreign));
        }
    }
    let profiles = documents(&places.demo);
    if !profiles.is_empty() {
        println!("asking profiles");
        rows.extend(fields(&profiles, &foreign));
    }
    rows
}

fn articles_out(language: &str, articles: &[Article]) -> Vec<Row> {
    let mut rows = Vec::new();
    for left_out in [LeftOut::Paragraph, LeftOut::Article] {
        let made = xquad::library(articles, left_out);
        let library = Library::of(&made.pages.iter().map(page).collect::<Vec<_>>());
        let why = match left_out {
            LeftOut::Paragraph => Why::PassageOut,
            LeftOut::Article => Why::ArticleOut,
        };
        let answerable = made.answerable.iter().filter(|_| left_out == LeftOut::Paragraph);
        for asked in answerable.step_by(EVERY) {
            rows.push(row(language, Why::Answerable, asked, &library));
        }
        for asked in made.left_out.iter().step_by(2) {
            rows.push(row(language, why, asked, &library));
        }
    }
    rows
}

/// The same questions of four documents each: one of them has the answer, or another stands in its place.
fn four_documents(language: &str, articles: &[Article]) -> Vec<Row> {
    let made = xquad::library(articles, LeftOut::Article);
    let pages: Vec<StoredDocument> = made.pages.iter().map(page).collect();
    let mut rows = Vec::new();
    for (number, asked) in made.answerable.iter().enumerate().step_by(EVERY_FOUR) {
        let others = (1..=4).filter_map(|step| pages.get((number + step * 37) % pages.len()));
        let others: Vec<_> =
            others.filter(|page| article(&page.path) != article(&asked.page)).cloned().collect();
        let own = pages.iter().find(|page| page.path == asked.page);
        let three = others.iter().take(3).cloned();
        let with: Vec<_> = three.clone().chain(own.cloned()).collect();
        let set = format!("{language} of four");
        rows.push(row(&set, Why::Answerable, asked, &Library::of(&with)));
        rows.push(row(&set, Why::ArticleOut, asked, &Library::of(&others)));
    }
    rows
}

fn row(set: &str, why: Why, asked: &Asked, library: &Library) -> Row {
    let answer = words(&asked.question.answer);
    let (signals, found) =
        library.ask(&asked.question.text, |quote| folded(&quote.quote).contains(&answer));
    let language = set.split(' ').next().unwrap_or_default();
    Row {
        set: set.to_owned(),
        kind: Kind::Articles,
        why,
        group: article(&asked.page),
        is_seen: xquad::SEEN.contains(&language),
        signals,
        answers: why == Why::Answerable && found,
    }
}

/// The number of the article that a page is of.
fn article(path: &str) -> usize {
    path.split('-').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

fn page(page: &Page) -> StoredDocument {
    let end = page.text.len();
    StoredDocument {
        document: format!("{}@0", page.path),
        path: page.path.clone(),
        title: page.title.clone(),
        text: page.text.clone(),
        blocks: vec![Block { kind: BlockKind::Paragraph, level: 0, start: 0, end }],
        ..StoredDocument::default()
    }
}

/// Questions about encyclopedia articles, for libraries that know nothing of them.
fn foreign(folder: &Path) -> Vec<String> {
    let articles = xquad::read(folder, "en").unwrap_or_default();
    let paragraphs = articles.iter().flat_map(|article| &article.paragraphs);
    let firsts = paragraphs.filter_map(|paragraph| paragraph.questions.first());
    firsts.step_by(6).take(FOREIGN).map(|question| question.text.clone()).collect()
}

fn manual(
    name: &str,
    questions: &[questions::Question],
    documents: &[StoredDocument],
    foreign: &[String],
) -> Vec<Row> {
    let library = Library::of(documents);
    let made = |why, group, (signals, answers)| Row {
        set: name.to_owned(),
        kind: Kind::Manual,
        why,
        group,
        is_seen: true,
        signals,
        answers,
    };
    let mut rows = Vec::new();
    for (group, question) in questions.iter().enumerate() {
        let accepted = question.accepted();
        let why = if question.absent { Why::Absent } else { Why::Answerable };
        let asked = library.ask(&question.q, |quote| {
            !question.absent && accepted.takes(&quote.document, &quote.quote)
        });
        rows.push(made(why, group, asked));
    }
    for (group, question) in foreign.iter().enumerate() {
        rows.push(made(Why::Foreign, group, library.ask(question, |_| false)));
    }
    rows
}

/// Fields of profiles, asked of the demo library and of one that lacks the profile.
fn fields(documents: &[StoredDocument], foreign: &[String]) -> Vec<Row> {
    let is_profile = |document: &&StoredDocument| document.path.starts_with("factbook/");
    let profiles: Vec<&StoredDocument> = documents.iter().filter(is_profile).collect();
    let out: Vec<&StoredDocument> = profiles.iter().step_by(PROFILES).copied().collect();
    let left: Vec<StoredDocument> = documents
        .iter()
        .filter(|document| !out.iter().any(|profile| profile.path == document.path))
        .cloned()
        .collect();
    let (whole, without) = (Library::of(documents), Library::of(&left));
    let mut rows = Vec::new();
    let fields = FIELDS.lines().filter_map(|line| line.split_once(" | "));
    for (group, (question, heading)) in fields.enumerate() {
        let holds = |profile: &&&StoredDocument| section(profile, heading).is_some();
        let Some(profile) = out.iter().cycle().skip(group * 7).take(out.len()).find(holds) else {
            continue;
        };
        let question = question.replace("{}", &profile.title);
        let right = |quote: &fathom_core::Evidence| {
            let section = section(profile, heading).unwrap_or_default();
            quote.document == profile.document
                && quote.start < section.end
                && section.start < quote.end
        };
        for (library, why) in [(&whole, Why::Answerable), (&without, Why::PassageOut)] {
            let (signals, found) = library.ask(&question, right);
            rows.push(profile_row(why, group, signals, why == Why::Answerable && found));
        }
    }
    for (group, question) in foreign.iter().enumerate() {
        let (signals, _) = whole.ask(question, |_| false);
        rows.push(profile_row(Why::Foreign, group, signals, false));
    }
    rows
}

fn profile_row(why: Why, group: usize, signals: [f64; 8], answers: bool) -> Row {
    let set = "profiles".to_owned();
    Row { set, kind: Kind::Profiles, why, group, is_seen: true, signals, answers }
}

/// The bytes under a heading.
fn section(document: &StoredDocument, heading: &str) -> Option<std::ops::Range<usize>> {
    let is_it = |block: &&Block| {
        block.kind == BlockKind::Heading
            && document.text.get(block.start..block.end) == Some(heading)
    };
    let mut blocks = document.blocks.iter();
    let start = blocks.find(is_it)?.end;
    let next = blocks.find(|block| block.kind == BlockKind::Heading);
    Some(start..next.map_or(document.text.len(), |block| block.start))
}
