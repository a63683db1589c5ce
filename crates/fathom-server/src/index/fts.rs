use std::sync::Arc;

use fathom_core::StoredDocument;
use fathom_engine::index::{Hit, Index, IndexError, Query, Size};
use rusqlite::{Connection, OptionalExtension, Result, Row};

use super::{About, Scope};

/// The engine's view of the index, over a connection of the caller's; a read-only one is enough.
#[derive(Debug)]
pub struct FtsIndex<'c> {
    connection: &'c Connection,
    scope: Option<&'c Scope>,
}

/// How much more a passage of a preferred site weighs.
const PREFERENCE: f64 = 1.5;

/// Which passages a walk down the ranking takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Take {
    All,
    Preferred,
    Others,
}

impl<'c> FtsIndex<'c> {
    /// The index that [`create`](super::create) made in this database.
    pub const fn new(connection: &'c Connection) -> Self {
        Self { connection, scope: None }
    }

    /// The same, where only the documents of `scope` can be found.
    #[must_use]
    pub fn within(self, scope: &'c Scope) -> Self {
        Self { scope: Some(scope).filter(|scope| !scope.is_everything()), ..self }
    }

    /// Both kinds of passages, as many of each as are wanted, the preferred ones weighing more.
    fn preferred(&self, query: &Query, expression: &str, limit: usize) -> Result<Vec<Hit>> {
        let mut hits = self.ranked(query, expression, limit, Take::Preferred)?;
        hits.iter_mut().for_each(|hit| hit.score *= PREFERENCE);
        hits.extend(self.ranked(query, expression, limit, Take::Others)?);
        hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        hits.truncate(limit);
        Ok(hits)
    }

    fn takes(&self, query: &Query, row: &Row<'_>, take: Take) -> Result<bool> {
        if !admits(query, row)? {
            return Ok(false);
        }
        let Some(scope) = self.scope else { return Ok(true) };
        let url = row.get_ref(6)?.as_str_or_null()?;
        let about = About {
            title: row.get_ref(7)?.as_str()?,
            url,
            date: row.get_ref(2)?.as_str_or_null()?,
        };
        let wanted = match take {
            Take::All => true,
            Take::Preferred => scope.prefers(url),
            Take::Others => !scope.prefers(url),
        };
        Ok(wanted && scope.admits(about))
    }

    /// Walks down the ranking until `limit` passages pass the filters of `query`.
    fn ranked(
        &self,
        query: &Query,
        expression: &str,
        limit: usize,
        take: Take,
    ) -> Result<Vec<Hit>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT documents.document, documents.path, documents.date, passages.first, passages.last, passages_fts.rank, documents.url, documents.title
             FROM passages_fts
             CROSS JOIN passages ON passages.id = passages_fts.rowid
             CROSS JOIN documents ON documents.id = passages.document
             WHERE passages_fts MATCH ?1 ORDER BY passages_fts.rank",
        )?;
        let mut rows = statement.query([expression])?;
        let mut hits = Vec::new();
        while let Some(row) = rows.next()? {
            if hits.len() >= limit {
                break;
            }
            if self.takes(query, row, take)? {
                hits.push(hit(row)?);
            }
        }
        Ok(hits)
    }

    fn stored(&self, id: &str) -> Result<Option<StoredDocument>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT document, path, title, url, date, author, blocks, text FROM documents
             WHERE document = ?1 OR (path = ?1 AND current = 1) ORDER BY document = ?1 DESC LIMIT 1",
        )?;
        statement.query_row([id], document).optional()
    }
}

impl Index for FtsIndex<'_> {
    fn search(&self, query: &Query, limit: usize) -> Result<Vec<Hit>, IndexError> {
        let expression = expression(query);
        if expression.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        match self.scope {
            Some(scope) if scope.prefer => self.preferred(query, &expression, limit),
            _ => self.ranked(query, &expression, limit, Take::All),
        }
        .map_err(failed)
    }

    fn document_frequency(&self, term: &str) -> Result<u64, IndexError> {
        self.connection
            .prepare_cached("SELECT doc FROM passages_terms WHERE term = ?1")
            .and_then(|mut statement| statement.query_row([term], |row| count(row, 0)).optional())
            .map(Option::unwrap_or_default)
            .map_err(failed)
    }

    fn terms(&self, prefix: &str, limit: usize) -> Result<Vec<String>, IndexError> {
        // The next text after all that begin with the prefix.
        let end = format!("{prefix}\u{10ffff}");
        self.connection
            .prepare_cached(
                "SELECT term FROM passages_terms WHERE term >= ?1 AND term < ?2 LIMIT ?3",
            )
            .and_then(|mut statement| {
                let limit = i64::try_from(limit).unwrap_or(i64::MAX);
                statement
                    .query_map(rusqlite::params![prefix, end, limit], |row| row.get(0))?
                    .collect()
            })
            .map_err(failed)
    }

    fn document(&self, id: &str) -> Result<Option<Arc<StoredDocument>>, IndexError> {
        self.stored(id).map(|found| found.map(Arc::new)).map_err(failed)
    }

    fn size(&self) -> Result<Size, IndexError> {
        self.connection
            .prepare_cached("SELECT (SELECT count(*) FROM documents WHERE current = 1), (SELECT count(*) FROM passages)")
            .and_then(|mut statement| {
                statement.query_row([], |row| Ok(Size { documents: count(row, 0)?, passages: count(row, 1)? }))
            })
            .map_err(failed)
    }
}

fn failed(error: rusqlite::Error) -> IndexError {
    IndexError::new(error.to_string())
}

/// Any of the terms, and all that are required.
fn expression(query: &Query) -> String {
    let any = joined(&query.terms, " OR ");
    let all = joined(&query.required, " AND ");
    if any.is_empty() || all.is_empty() { any } else { format!("({any}) AND ({all})") }
}

/// The terms, each in quotes so that nothing in it is an operator.
fn joined(terms: &[String], operator: &str) -> String {
    let mut out = String::new();
    for (at, term) in terms.iter().enumerate() {
        let repeated = terms.iter().take(at).any(|earlier| earlier == term);
        let word: String = term.chars().filter(|c| *c != '"' && *c != '\0').collect();
        if repeated || !word.chars().any(char::is_alphanumeric) {
            continue;
        }
        if !out.is_empty() {
            out.push_str(operator);
        }
        out.push('"');
        out.push_str(&word);
        out.push('"');
    }
    out
}

fn admits(query: &Query, row: &Row<'_>) -> Result<bool> {
    if query.include.is_empty() && query.years.is_none() {
        return Ok(true);
    }
    let path = row.get_ref(1)?.as_str()?;
    Ok(query.admits(path, row.get_ref(2)?.as_str_or_null()?))
}

fn hit(row: &Row<'_>) -> Result<Hit> {
    Ok(Hit {
        document: row.get(0)?,
        start: count(row, 3)?,
        end: count(row, 4)?,
        score: -row.get::<_, f64>(5)?,
    })
}

/// SQLite's numbers are signed; counts and offsets are not.
fn count<T: TryFrom<i64>>(row: &Row<'_>, column: usize) -> Result<T> {
    let stored: i64 = row.get(column)?;
    T::try_from(stored).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, stored))
}

fn document(row: &Row<'_>) -> Result<StoredDocument> {
    let blocks = serde_json::from_str(row.get_ref(6)?.as_str()?).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(6, rusqlite::types::Type::Text, error.into())
    })?;
    Ok(StoredDocument {
        document: row.get(0)?,
        path: row.get(1)?,
        title: row.get(2)?,
        url: row.get(3)?,
        date: row.get(4)?,
        author: row.get(5)?,
        blocks,
        text: row.get(7)?,
    })
}
