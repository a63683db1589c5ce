//! Questions made from the demo library itself: one heading of one profile each, and topics of the speeches.

use fathom_core::StoredDocument;

use super::demo::Demo;
use crate::bench::Bench;
use crate::judge::{Case, Gold};
use crate::table;

/// Questions about fields of a profile, each with the heading that answers it.
const FIELDS: &str = include_str!("fields.txt");
/// Questions about speeches and across documents.
const TOPICS: &str = include_str!("topics.txt");

/// So many questions are generated from fields.
const GENERATED: usize = 220;

pub fn measure(bench: &mut Bench, demo: &Demo) {
    // Which quote is right is not known, only that there is something to quote.
    let case = |question: String| {
        let gold: Gold = Box::new(|_, _| true);
        Case { question, gold: Some(gold) }
    };
    let cases: Vec<Case> = answerable(&demo.documents).into_iter().map(case).collect();
    table::heading();
    let (figures, _) = bench.ask("generated, any quote", &demo.program, &cases);
    bench.board.exactly("generated: reports without a quote", figures.without_quote(), 0);
}

/// Questions whose answers the library holds: one heading of one profile each, and the topics.
fn answerable(documents: &[StoredDocument]) -> Vec<String> {
    let profiles: Vec<&StoredDocument> =
        documents.iter().filter(|document| document.path.starts_with("factbook/")).collect();
    let fields: Vec<(&str, &str)> =
        FIELDS.lines().filter_map(|line| line.split_once(" | ")).collect();
    let mut questions = Vec::new();
    for at in 0..GENERATED {
        let Some((question, heading)) = fields.get(at % fields.len().max(1)) else { break };
        let holds = |document: &&&StoredDocument| has_value(&document.text, heading);
        // A step that shares no factor with the number of profiles walks through all of them.
        let places = (0..profiles.len()).map(|step| (at * 37 + step) % profiles.len());
        if let Some(document) = places.filter_map(|place| profiles.get(place)).find(holds) {
            questions.push(question.replace("{}", &document.title));
        }
    }
    questions.extend(TOPICS.lines().map(str::to_owned));
    questions
}

/// Whether a profile has a value under the heading, and not only the note that nothing is known or that there is none.
fn has_value(text: &str, heading: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.is_empty());
    let value = lines.by_ref().find(|line| *line == heading).and_then(|_| lines.next());
    let value = value.map(|line| line.split_once(": ").map_or(line, |(_, value)| value));
    let nothing =
        |value: &str| ["NA", "$NA", "none", "0 km"].iter().any(|sign| value.starts_with(sign));
    value.is_some_and(|value| !nothing(value))
}
