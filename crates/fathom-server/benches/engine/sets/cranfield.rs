//! 1,400 abstracts and 225 queries with graded judgements.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use fathom_core::{Block, BlockKind, StoredDocument};
use fathom_engine::{Index as _, query};
use fathom_server::index::FtsIndex;
use rusqlite::Connection;

use crate::board::Board;
use crate::library::index;
use crate::score::{mean, ndcg10};

const FLOOR: f64 = 0.52;

pub fn measure(folder: &Path, board: &mut Board) {
    let (Ok(all), Ok(queries), Ok(judged)) = (
        fs::read_to_string(folder.join("cran.all")),
        fs::read_to_string(folder.join("cran.qry")),
        fs::read_to_string(folder.join("cranqrel")),
    ) else {
        return board.missing(
            "Cranfield",
            "its files are not in ../shared/bench-data; set FATHOM_BENCH_DATA",
        );
    };
    let documents: Vec<_> = records(&all)
        .into_iter()
        .map(|(number, fields)| {
            let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
            document(&number, &field("T"), field("W").trim_start_matches(&field("T")).trim())
        })
        .collect();
    let connection = index(&documents);
    let grades = grades(&judged);
    let mut scores = Vec::new();
    for (at, (_, fields)) in records(&queries).into_iter().enumerate() {
        let Some(graded) = grades.get(&(at + 1)) else { continue };
        let question = fields.get("W").cloned().unwrap_or_default();
        let found: Vec<f64> = ranked(&connection, &question)
            .iter()
            .map(|path| graded.get(path).copied().unwrap_or_default())
            .collect();
        let possible: Vec<f64> = graded.values().copied().collect();
        scores.push(ndcg10(&found, &possible));
    }
    board.at_least("Cranfield nDCG@10", mean(&scores), FLOOR);
}

/// Records that begin with `.I number` and hold fields that begin with `.T`, `.A`, `.B` or `.W`.
fn records(text: &str) -> Vec<(String, HashMap<String, String>)> {
    let mut records: Vec<(String, HashMap<String, String>)> = Vec::new();
    let mut field = String::new();
    for line in text.lines() {
        if let Some(number) = line.strip_prefix(".I ") {
            records.push((number.trim().to_owned(), HashMap::new()));
        } else if matches!(line.trim(), ".T" | ".A" | ".B" | ".W") {
            line.trim().trim_start_matches('.').clone_into(&mut field);
        } else if let Some((_, fields)) = records.last_mut() {
            let text = fields.entry(field.clone()).or_default();
            text.push_str(line.trim());
            text.push(' ');
        }
    }
    records
}

/// For each query, by position, the grade of each document: code -1 and 1 are 4, 2 is 3, 3 is 2, 4 is 1, 5 is 0.
fn grades(text: &str) -> HashMap<usize, HashMap<String, f64>> {
    let mut grades: HashMap<usize, HashMap<String, f64>> = HashMap::new();
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let (Some(query), Some(document), Some(code)) = (words.next(), words.next(), words.next())
        else {
            continue;
        };
        let grade = match code {
            "-1" | "1" => 4.0,
            "2" => 3.0,
            "3" => 2.0,
            "4" => 1.0,
            _ => 0.0,
        };
        if let Ok(query) = query.parse() {
            grades.entry(query).or_default().insert(document.to_owned(), grade);
        }
    }
    grades
}

/// A document of one paragraph.
fn document(path: &str, title: &str, text: &str) -> StoredDocument {
    let block = Block { kind: BlockKind::Paragraph, level: 0, start: 0, end: text.len() };
    StoredDocument {
        document: format!("{path}@000000000000"),
        path: path.to_owned(),
        title: title.to_owned(),
        text: text.to_owned(),
        blocks: vec![block],
        ..StoredDocument::default()
    }
}

/// The paths of the best documents for a question, best first, each once.
fn ranked(connection: &Connection, question: &str) -> Vec<String> {
    let hits =
        FtsIndex::new(connection).search(&query(question), 60).expect("the index can be searched");
    let mut paths: Vec<String> = Vec::new();
    for hit in hits {
        let path = hit.document.split('@').next().unwrap_or_default().to_owned();
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths
}
