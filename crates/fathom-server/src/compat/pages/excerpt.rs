//! Parts of one document: passages that fit a question, a summary, the values a schema asks for.

use std::ops::Range;

use fathom_core::{BlockKind, Effort, StoredDocument, Task};
use fathom_engine::text::sentence::sentences;
use fathom_engine::{
    EngineError, Highlight, Index, MemoryIndex, Observer, Reweighted, highlights, research,
};
use serde_json::Value;

/// A part of a document's text.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::compat) struct Excerpt {
    pub text: String,
    /// From 0 to 1, higher is better.
    pub score: f64,
}

/// Sentences of a summary.
const SUMMARY: usize = 3;
/// What stands for a document in which nothing fits, in bytes.
const LEAD: usize = 600;

/// The passages that fit `question` best, best first, each of about so many sentences.
pub(in crate::compat) fn excerpts(
    library: &dyn Index,
    document: &StoredDocument,
    question: &str,
    count: usize,
    length: usize,
) -> Result<Vec<Excerpt>, EngineError> {
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut found = Vec::new();
    // Passages of several sentences swallow their neighbours, so more are looked at than are wanted.
    for highlight in best(library, document, question, count * length.max(1))? {
        let range = widened(document, highlight.evidence.start..highlight.evidence.end, length);
        if found.len() == count || taken.iter().any(|known| overlap(known, &range)) {
            continue;
        }
        if let Some(text) = document.text.get(range.clone()) {
            found.push(Excerpt { text: text.to_owned(), score: highlight.score.clamp(0.0, 1.0) });
            taken.push(range);
        }
    }
    Ok(found)
}

fn best(
    library: &dyn Index,
    document: &StoredDocument,
    question: &str,
    count: usize,
) -> Result<Vec<Highlight>, EngineError> {
    let alone: MemoryIndex = [document.clone()].into_iter().collect();
    highlights(question, &Reweighted::new(library, &alone), count)
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// A piece with the sentences after it in the same block, so many in all.
fn widened(document: &StoredDocument, piece: Range<usize>, length: usize) -> Range<usize> {
    let block =
        document.blocks.iter().find(|block| block.start <= piece.start && piece.end <= block.end);
    let rest = block.and_then(|block| document.text.get(piece.end..block.end));
    let more = rest.into_iter().flat_map(sentences).take(length.saturating_sub(1)).last();
    more.map_or(piece.clone(), |more| piece.start..piece.end + more.end)
}

/// What a document says in short: its sentences that fit best, in its own order; how it begins, where nothing is asked.
pub(in crate::compat) fn summary(
    library: &dyn Index,
    document: &StoredDocument,
    question: Option<&str>,
) -> Result<String, EngineError> {
    let Some(question) = question.filter(|question| !question.trim().is_empty()) else {
        return Ok(lead(document).to_owned());
    };
    let mut best = best(library, document, question, SUMMARY)?;
    if best.is_empty() {
        return Ok(lead(document).to_owned());
    }
    best.sort_by_key(|highlight| highlight.evidence.start);
    let quotes: Vec<&str> = best.iter().map(|highlight| highlight.evidence.quote.trim()).collect();
    Ok(quotes.join(" "))
}

/// How a document begins.
pub(in crate::compat) fn lead(document: &StoredDocument) -> &str {
    let body = document.blocks.iter().find(|block| block.kind != BlockKind::Heading);
    let text = body.and_then(|block| document.text.get(block.start..)).unwrap_or(&document.text);
    let end = sentences(text)
        .into_iter()
        .map(|sentence| sentence.end)
        .take_while(|end| *end <= LEAD)
        .last();
    end.and_then(|end| text.get(..end)).unwrap_or_else(|| clip(text, LEAD))
}

/// The value of `schema` as far as this one document supports it.
pub(in crate::compat) fn filled(
    document: &StoredDocument,
    question: Option<&str>,
    schema: &Value,
) -> Result<Value, EngineError> {
    let question = question.filter(|question| !question.trim().is_empty());
    let task = Task {
        question: [question.unwrap_or_default(), "\"", &document.title, "\""].concat(),
        effort: Effort::Quick,
        output_schema: Some(schema.clone()),
        ..Task::default()
    };
    let index: MemoryIndex = [document.clone()].into_iter().collect();
    let report = research(&task, None, &index, &mut Nobody)?;
    Ok(report.structured.unwrap_or_default())
}

/// Nobody listens.
struct Nobody;

impl Observer for Nobody {
    fn event(&mut self, _: fathom_core::Event) {}

    fn is_cancelled(&self) -> bool {
        false
    }
}

/// The beginning of a text, at most so many characters.
pub(in crate::compat) fn clip(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use fathom_engine::MemoryIndex;
    use serde_json::json;

    use super::{clip, excerpts, filled, lead, summary};
    use crate::library::import;

    const PAGE: &str = "# Norway\n\nNorway lies in the north. It is long.\n\n## Exports\n\nThe main exports are petroleum and fish. \
        They go to the United Kingdom. Some stay at home.\n\n## Facts\n\n- Capital: Oslo\n- Population: 5,207,689\n";

    #[test]
    fn the_passages_of_a_page_that_fit_come_with_their_neighbours() {
        let page = import("norway.md", PAGE.as_bytes()).unwrap();
        let library = MemoryIndex::from_iter([page.clone()]);
        let one = excerpts(&library, &page, "What are the exports?", 1, 1).unwrap();
        assert_eq!(one[0].text, "The main exports are petroleum and fish.");
        assert!(one[0].score > 0.0 && one[0].score <= 1.0);
        let wide = excerpts(&library, &page, "What are the exports?", 3, 2).unwrap();
        assert_eq!(
            wide[0].text,
            "The main exports are petroleum and fish. They go to the United Kingdom."
        );
        assert!(wide.iter().skip(1).all(|other| !wide[0].text.contains(&other.text)));
    }

    #[test]
    fn a_page_is_told_in_short_in_its_own_words() {
        let page = import("norway.md", PAGE.as_bytes()).unwrap();
        let library = MemoryIndex::from_iter([page.clone()]);
        let text = summary(&library, &page, Some("exports")).unwrap();
        assert!(text.contains("petroleum and fish."), "{text}");
        assert!(lead(&page).starts_with("Norway lies in the north. It is long."));
        let empty = summary(&library, &page, Some("quantum chromodynamics")).unwrap();
        assert!(page.text.contains(empty.trim()), "{empty}");
        assert_eq!(clip("äöü", 2), "äö");
    }

    #[test]
    fn a_schema_is_filled_from_the_page_alone() {
        let page = import("norway.md", PAGE.as_bytes()).unwrap();
        let schema = json!({ "type": "object", "properties": {
            "capital": { "type": "string" }, "population": { "type": "integer" }, "anthem": { "type": "string" }
        } });
        let value = filled(&page, None, &schema).unwrap();
        assert_eq!(value, json!({ "capital": "Oslo", "population": 5_207_689 }));
    }
}
