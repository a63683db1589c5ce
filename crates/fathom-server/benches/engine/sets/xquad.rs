//! XQuAD in seven languages: ordinary questions that one paragraph answers, and questions whose paragraph is not there.

use std::fs;
use std::path::Path;

use fathom_core::StoredDocument;
use fathom_engine::text::sentence::sentences;
use tempfile::TempDir;

use crate::baseline::Baseline;
use crate::bench::Bench;
use crate::board::Board;
use crate::common::fold::{folded, words};
use crate::common::sample::spread;
use crate::common::xquad::{self, Asked, LeftOut, Library, Page, SEEN, UNSEEN};
use crate::judge::{Case, Figures, Gold};
use crate::program::Answer;
use crate::score::{mean, share};
use crate::table;

/// So many questions of a kind are asked unless all are wanted.
const SAMPLE: usize = 240;

/// What the mean over some languages must reach.
struct Floors {
    first: f64,
    three: f64,
    answered: f64,
    paragraph_out: f64,
    article_out: f64,
}

const FOR_SEEN: Floors =
    Floors { first: 0.82, three: 0.90, answered: 0.72, paragraph_out: 0.12, article_out: 0.03 };
const FOR_UNSEEN: Floors =
    Floors { first: 0.76, three: 0.86, answered: 0.65, paragraph_out: 0.14, article_out: 0.03 };
const TRUSTED: f64 = 0.95;
const PRECISION: f64 = 0.60;

/// What one language came to.
struct Scores {
    near: Figures,
    far: Figures,
    /// Of the quotes in the part that answers, those at the gold sentence or beside it.
    precision: f64,
}

pub fn measure(bench: &mut Bench) {
    for (name, languages, floors) in
        [("seen", &SEEN[..], FOR_SEEN), ("unseen", &UNSEEN[..], FOR_UNSEEN)]
    {
        let mut scores = Vec::new();
        for language in languages {
            if bench.arguments.wants_language(language) {
                scores.extend(measure_one(bench, language));
            }
        }
        if !scores.is_empty() {
            judge(&format!("XQuAD {name}"), &scores, &floors, &mut bench.board);
        }
    }
}

fn judge(name: &str, scores: &[Scores], floors: &Floors, board: &mut Board) {
    let all = |figure: fn(&Scores) -> f64| mean(&scores.iter().map(figure).collect::<Vec<_>>());
    println!();
    board.at_least(&format!("{name}: first quote"), all(|s| s.near.within(1)), floors.first);
    board.at_least(&format!("{name}: first three"), all(|s| s.near.within(3)), floors.three);
    board.at_least(&format!("{name}: answered"), all(|s| s.near.answered()), floors.answered);
    let (near, far) = (all(|s| s.near.wrongly()), all(|s| s.far.wrongly()));
    board.at_most(&format!("{name}: answered, paragraph left out"), near, floors.paragraph_out);
    board.at_most(&format!("{name}: answered, article left out"), far, floors.article_out);
    board.at_least(&format!("{name}: right where answered"), all(|s| s.near.trusted()), TRUSTED);
    board.at_least(&format!("{name}: precision of the answer"), all(|s| s.precision), PRECISION);
}

fn measure_one(bench: &mut Bench, language: &str) -> Option<Scores> {
    let name = format!("xquad {language}");
    let Some(articles) = xquad::read(&bench.places.data.join("xquad"), language) else {
        bench
            .board
            .missing(&name, "its file is not in ../shared/bench-data; set FATHOM_BENCH_DATA");
        return None;
    };
    let most = if bench.arguments.all { usize::MAX } else { SAMPLE };
    table::heading();
    let far = xquad::library(&articles, LeftOut::Article);
    let (far, _) =
        ask(bench, &format!("{name}, article out"), &far, &[], &spread(&far.left_out, most))?;
    let near = xquad::library(&articles, LeftOut::Paragraph);
    let (asked, out) = (spread(&near.answerable, most), spread(&near.left_out, most));
    let (figures, answers) = ask(bench, &name, &near, &asked, &out)?;
    let baseline = Baseline::of(&stored(&near.pages));
    table::beside(&baseline.figures(&cases(&asked, &out)));
    tell_strict(&bench.board, &name, &asked, &answers);
    let precision = precision(&asked, &answers);
    bench.board.tell(&format!("{name}: precision of the answer"), &format!("{precision:.4}"));
    Some(Scores { near: figures, far, precision })
}

/// Asks of a library of its own what its pages answer and do not answer.
fn ask(
    bench: &mut Bench,
    name: &str,
    library: &Library,
    asked: &[Asked],
    out: &[Asked],
) -> Option<(Figures, Vec<Answer>)> {
    let folder = write(&library.pages);
    let program = bench.start(name, folder.path())?;
    Some(bench.ask(name, &program, &cases(asked, out)))
}

fn write(pages: &[Page]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for page in pages {
        let file: &Path = &folder.path().join(&page.path);
        fs::write(file, page.markdown()).expect("a document is written");
    }
    folder
}

/// The pages as the program stores them, which must be the very texts: offsets of answers count in them.
fn stored(pages: &[Page]) -> Vec<StoredDocument> {
    let import = |page: &Page| {
        let read = fathom_server::library::import(&page.path, page.markdown().as_bytes());
        let document = read.expect("a page is a document");
        assert_eq!(document.text.trim_end(), page.text, "{} is stored as it is", page.path);
        document
    };
    pages.iter().map(import).collect()
}

fn cases(asked: &[Asked], out: &[Asked]) -> Vec<Case> {
    let answerable = asked.iter().map(|asked| {
        let answer = words(&asked.question.answer);
        let gold: Gold = Box::new(move |_, text| folded(text).contains(&answer));
        Case { question: asked.question.text.clone(), gold: Some(gold) }
    });
    let absent = out.iter().map(|out| Case { question: out.question.text.clone(), gold: None });
    answerable.chain(absent).collect()
}

/// How often the answer is quoted from the paragraph that the question was written about.
fn tell_strict(board: &Board, name: &str, asked: &[Asked], answers: &[Answer]) {
    let place = |(asked, answer): (&Asked, &Answer)| {
        let words = words(&asked.question.answer);
        answer
            .quotes
            .iter()
            .position(|quote| quote.path() == asked.page && folded(&quote.text).contains(&words))
    };
    let places: Vec<Option<usize>> = asked.iter().zip(answers).map(place).collect();
    let within = |depth| {
        share(places.iter().flatten().filter(|place| **place < depth).count(), places.len())
    };
    board.tell(
        &format!("{name}: from the gold paragraph, first, three, any"),
        &format!("{:.3} {:.3} {:.3}", within(1), within(3), within(usize::MAX)),
    );
}

fn precision(asked: &[Asked], answers: &[Answer]) -> f64 {
    let (mut near, mut all) = (0, 0);
    for (asked, answer) in asked.iter().zip(answers) {
        let gold = neighbourhood(asked);
        for quote in answer.quotes.iter().filter(|quote| quote.answers) {
            all += 1;
            near += usize::from(
                quote.path() == asked.page && quote.start < gold.end && quote.end > gold.start,
            );
        }
    }
    share(near, all)
}

/// The sentence that holds the answer, with the one before and the one after.
fn neighbourhood(asked: &Asked) -> std::ops::Range<usize> {
    let sentences = sentences(&asked.paragraph);
    let at =
        sentences.iter().rposition(|sentence| sentence.start <= asked.question.at).unwrap_or(0);
    let start = sentences.get(at.saturating_sub(1)).map_or(0, |sentence| sentence.start);
    let last = sentences.get(at + 1).or(sentences.last());
    start..last.map_or(asked.paragraph.len(), |sentence| sentence.end)
}
