//! 240 passages and 1,190 questions with their answers, in four languages.

use std::{fs, path::Path};

use fathom_core::Evidence;
use fathom_engine::evidence;
use fathom_server::index::FtsIndex;
use rusqlite::Connection;
use serde_json::Value;

use super::{
    board::Board,
    library::{document, index, ranked},
    score::{mean, ndcg10, share},
};

const RETRIEVAL: [(&str, f64); 4] = [("en", 0.96), ("de", 0.94), ("ru", 0.95), ("zh", 0.96)];
const ANSWERS: [(usize, f64); 3] = [(1, 0.77), (3, 0.92), (5, 0.96)];

/// A question, the passage that answers it, and the answer.
struct Question {
    text: String,
    passage: String,
    answer: String,
}

pub fn measure(folder: &Path, board: &mut Board) {
    for (language, floor) in RETRIEVAL {
        let Some((connection, questions)) = read(&folder.join(format!("xquad.{language}.json")))
        else {
            board.missing(
                &format!("XQuAD {language}"),
                "its file is not in ../shared/bench-data; set FATHOM_BENCH_DATA",
            );
            continue;
        };
        let scores: Vec<f64> =
            questions.iter().map(|question| retrieval(&connection, question)).collect();
        board.at_least(&format!("XQuAD {language} nDCG@10"), mean(&scores), floor);
        answers(language, &connection, &questions, board);
    }
}

fn retrieval(connection: &Connection, question: &Question) -> f64 {
    let found: Vec<f64> = ranked(connection, &question.text)
        .iter()
        .map(|path| f64::from(u8::from(*path == question.passage)))
        .collect();
    ndcg10(&found, &[1.0])
}

/// In English the figures have floors; in the other languages they are told.
fn answers(language: &str, connection: &Connection, questions: &[Question], board: &mut Board) {
    let index = FtsIndex::new(connection);
    let ranks: Vec<Option<usize>> = questions
        .iter()
        .map(|question| {
            let found = evidence(&question.text, &index, 10).expect("the index can be searched");
            found.iter().position(|piece| answered(piece, question))
        })
        .collect();
    for (depth, floor) in ANSWERS {
        let met = ranks.iter().flatten().filter(|rank| **rank < depth).count();
        let value = share(met, questions.len());
        let name = format!("XQuAD {language} answer in the top {depth} sentences");
        if language == "en" {
            board.at_least(&name, value, floor);
        } else {
            board.tell(&name, &format!("{value:.4}"));
        }
    }
}

fn answered(piece: &Evidence, question: &Question) -> bool {
    piece.quote.contains(&question.answer)
}

fn read(file: &Path) -> Option<(Connection, Vec<Question>)> {
    let data: Value = serde_json::from_str(&fs::read_to_string(file).ok()?).ok()?;
    let mut documents = Vec::new();
    let mut questions = Vec::new();
    let text = |value: &Value, key: &str| {
        value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let list = |value: &Value, key: &str| {
        value.get(key).and_then(Value::as_array).cloned().unwrap_or_default()
    };
    for article in list(&data, "data") {
        let title = text(&article, "title").replace('_', " ");
        for paragraph in list(&article, "paragraphs") {
            let path = documents.len().to_string();
            documents.push(document(&path, &title, &text(&paragraph, "context")));
            for question in list(&paragraph, "qas") {
                let answer = list(&question, "answers")
                    .first()
                    .map(|answer| text(answer, "text"))
                    .unwrap_or_default();
                questions.push(Question {
                    text: text(&question, "question"),
                    passage: path.clone(),
                    answer,
                });
            }
        }
    }
    Some((index(&documents), questions))
}
