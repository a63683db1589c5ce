use fathom_core::StoredDocument;

use super::document;
use crate::index::{Index, IndexError, Query, Years};

/// Checks everything that the engine relies on, against an index that `build` makes of some documents.
///
/// # Errors
/// When the index cannot be read.
///
/// # Panics
/// When the index breaks the contract.
pub fn check<I: Index>(mut build: impl FnMut(&[StoredDocument]) -> I) -> Result<(), IndexError> {
    empty(&build(&[]))?;
    let index = build(&library());
    ranks_titles_first(&index)?;
    filters(&index)?;
    counts(&index)?;
    finds_documents(&index)?;
    survives_odd_terms(&index)
}

fn library() -> Vec<StoredDocument> {
    let mut norway = document(
        "europe/no.md",
        "Norway",
        "# Economy\nThe country exports petroleum and fish.\n# People\nFive million.",
    );
    norway.date = Some("2015-07-01".to_owned());
    let mut sweden = document(
        "europe/se.md",
        "Sweden",
        "# Economy\nIt trades with Norway and others and exports cars, paper and steel.",
    );
    sweden.date = Some("2014".to_owned());
    let china = document("asia/cn.md", "中国", "# 经济\n中国的首都是北京。");
    vec![norway, sweden, china]
}

fn paths(index: &impl Index, query: &Query) -> Result<Vec<String>, IndexError> {
    let hits = index.search(query, 10)?;
    Ok(hits
        .iter()
        .map(|hit| hit.document.split('@').next().unwrap_or_default().to_owned())
        .collect())
}

fn empty(index: &impl Index) -> Result<(), IndexError> {
    assert!(index.search(&Query::new(["norway"]), 10)?.is_empty(), "an empty index finds nothing");
    assert_eq!(index.size()?.passages, 0, "an empty index has no passages");
    assert_eq!(index.document_frequency("norway")?, 0, "an empty index knows no term");
    Ok(())
}

fn ranks_titles_first(index: &impl Index) -> Result<(), IndexError> {
    let hits = index.search(&Query::new(["norway", "economi"]), 10)?;
    assert!(
        hits.windows(2)
            .all(|pair| pair.first().map(|hit| hit.score) >= pair.last().map(|hit| hit.score)),
        "best first"
    );
    let Some(best) = hits.first() else { return Err(IndexError::new("nothing found")) };
    assert!(
        best.document.starts_with("europe/no.md@"),
        "title and heading outweigh the text, and ids name the version"
    );
    let document = index.document(&best.document)?;
    let text = document.as_ref().and_then(|document| document.text.get(best.start..best.end));
    assert_eq!(
        text,
        Some("The country exports petroleum and fish."),
        "a hit gives the bytes of its passage"
    );
    assert_eq!(index.search(&Query::new(["norway", "economi"]), 1)?.len(), 1, "the limit holds");
    Ok(())
}

fn filters(index: &impl Index) -> Result<(), IndexError> {
    let query = Query::new(["export"]);
    assert_eq!(paths(index, &query)?.len(), 2, "both export");
    let required = Query { required: vec!["steel".to_owned()], ..query.clone() };
    assert_eq!(paths(index, &required)?, ["europe/se.md"], "what is required is held");
    let unheld = Query { required: vec!["steel".to_owned(), "fish".to_owned()], ..query.clone() };
    assert!(paths(index, &unheld)?.is_empty(), "all that is required is held");
    let mut alike = index.terms("ex", 10)?;
    alike.sort();
    assert_eq!(alike, ["export"], "terms are found by their beginning");
    let only = Query { include: vec!["**/se.md".to_owned()], ..query.clone() };
    assert_eq!(paths(index, &only)?, ["europe/se.md"], "globs hold");
    let dated = Query { years: Some(Years { from: 2015, to: 2020 }), ..query };
    assert_eq!(paths(index, &dated)?, ["europe/no.md"], "years hold");
    assert_eq!(
        paths(index, &Query::new(["首都"]))?,
        ["asia/cn.md"],
        "pairs of characters are terms"
    );
    Ok(())
}

fn counts(index: &impl Index) -> Result<(), IndexError> {
    let size = index.size()?;
    assert_eq!((size.documents, size.passages), (3, 4), "documents and passages are counted");
    assert_eq!(index.document_frequency("norway")?, 3, "title and text count, once a passage");
    assert_eq!(index.document_frequency("petroleum")?, 1, "one passage holds it");
    assert_eq!(index.document_frequency("nothing")?, 0, "no passage holds it");
    Ok(())
}

fn finds_documents(index: &impl Index) -> Result<(), IndexError> {
    let current = index.document("europe/no.md")?;
    let Some(current) = current else {
        return Err(IndexError::new("a path names the current version"));
    };
    assert_eq!(index.document(&current.document)?, Some(current), "an id names the same document");
    assert!(index.document("europe/no.md@000000000000")?.is_none(), "another version is not there");
    assert!(index.document("nowhere.md")?.is_none(), "another path is not there");
    Ok(())
}

fn survives_odd_terms(index: &impl Index) -> Result<(), IndexError> {
    for odd in ["\"", "'", "*", "a\"b", "", " ", "NEAR", "-", "col:umn", "\0", "OR"] {
        index.search(&Query::new([odd, "norway"]), 10)?;
        index.document_frequency(odd)?;
    }
    assert!(index.search(&Query::default(), 10)?.is_empty(), "no terms, no hits");
    assert!(index.search(&Query::new([""]), 10)?.is_empty(), "an empty term finds nothing");
    Ok(())
}
