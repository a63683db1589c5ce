//! Questions that a library can answer, made from its own titles and headings.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many examples are shown.
const WANTED: usize = 4;
/// Headings longer than this read badly inside a question.
const LONG: usize = 48;

/// A document as examples see it.
pub(super) struct Outline<'a> {
    pub title: &'a str,
    pub bytes: u64,
    pub headings: Vec<&'a str>,
}

/// Makes a few questions: comparisons where many documents share a heading, else one about a document.
pub(super) fn examples(documents: &[Outline<'_>]) -> Vec<String> {
    let mut questions: Vec<String> = comparisons(documents);
    let mut longest: Vec<&Outline<'_>> =
        documents.iter().filter(|document| fits(document.title)).collect();
    longest.sort_by_key(|document| Reverse(document.bytes));
    for document in longest {
        if questions.len() >= WANTED {
            break;
        }
        let heading = document.headings.iter().find(|heading| fits(heading));
        questions.push(heading.map_or_else(
            || format!("What does “{}” say?", document.title),
            |heading| format!("What does “{}” say about {}?", document.title, in_sentence(heading)),
        ));
    }
    questions
}

fn comparisons(documents: &[Outline<'_>]) -> Vec<String> {
    let mut shared: BTreeMap<&str, Vec<&Outline<'_>>> = BTreeMap::new();
    for document in documents.iter().filter(|document| fits(document.title)) {
        for heading in document.headings.iter().filter(|heading| reads_well(heading)) {
            let holders = shared.entry(heading).or_default();
            if holders.last().is_none_or(|last| last.title != document.title) {
                holders.push(document);
            }
        }
    }
    let mut shared: Vec<_> = shared.into_iter().filter(|(_, holders)| holders.len() >= 3).collect();
    shared.sort_by_key(|(_, holders)| Reverse(holders.len()));
    // Headings that most documents share say what the library is about; a stride through them picks
    // different ones.
    let most = shared.first().map_or(0, |(_, holders)| holders.len());
    shared.retain(|(_, holders)| holders.len() * 2 >= most);
    let usual: Vec<&str> = shared.iter().map(|(heading, _)| *heading).collect();
    let stride = (shared.len() / (WANTED - 1)).max(1);
    let picked = shared.iter().step_by(stride).take(WANTED - 1);
    picked
        .enumerate()
        .filter_map(|(turn, (heading, holders))| comparison(heading, holders, &usual, turn))
        .collect()
}

/// Documents that hold most of the usual headings are of one kind; the odd one out, such as a summary
/// of all the others, compares badly.
fn comparison(
    heading: &str,
    holders: &[&Outline<'_>],
    usual: &[&str],
    turn: usize,
) -> Option<String> {
    let mut holders = holders.to_vec();
    holders.sort_by_cached_key(|document| {
        let held = document.headings.iter().filter(|heading| usual.contains(heading)).count();
        Reverse((held, document.bytes))
    });
    let mut titles = holders.iter().skip(turn * 3).chain(&holders).map(|document| document.title);
    let (first, second, third) = (titles.next()?, titles.next()?, titles.next()?);
    Some(format!("Compare {} of {first}, {second} and {third}", in_sentence(heading)))
}

fn fits(text: &str) -> bool {
    (3..=LONG).contains(&text.chars().count()) && text.chars().any(char::is_alphabetic)
}

/// Whether a heading is a plain phrase: one with a remark, such as `Geography - note`, is none.
fn reads_well(heading: &str) -> bool {
    fits(heading) && heading.chars().all(|letter| letter.is_alphanumeric() || letter == ' ')
}

/// A heading inside a sentence: lower case, unless it looks like a name or an abbreviation.
fn in_sentence(heading: &str) -> String {
    let shouted = heading.contains(' ') && !heading.chars().any(char::is_lowercase);
    let mut chars = heading.chars();
    let first = chars.next();
    if shouted {
        heading.to_lowercase()
    } else if chars.as_str().chars().any(char::is_uppercase) {
        heading.to_owned()
    } else {
        first.into_iter().flat_map(char::to_lowercase).chain(chars).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Outline, examples};

    #[test]
    fn questions_name_what_the_library_holds() {
        let outline =
            |title, bytes| Outline { title, bytes, headings: vec!["Economy", "GDP per head"] };
        let questions =
            examples(&[outline("Norway", 30), outline("Sweden", 20), outline("Finland", 10)]);
        assert_eq!(
            questions.first().map(String::as_str),
            Some("Compare economy of Norway, Sweden and Finland")
        );
        assert!(questions.iter().any(|question| question.contains("GDP per head of")));
        assert!(
            questions.iter().any(|question| question == "What does “Norway” say about economy?")
        );
    }

    #[test]
    fn the_odd_one_out_is_not_compared() {
        let outline = |title, bytes, headings: &[&'static str]| Outline {
            title,
            bytes,
            headings: headings.to_vec(),
        };
        let usual = ["Economy", "Energy"];
        let questions = examples(&[
            outline("World", 90, &usual[..1]),
            outline("Norway", 30, &usual),
            outline("Sweden", 20, &usual),
            outline("Finland", 10, &usual),
        ]);
        assert_eq!(questions[0], "Compare economy of Norway, Sweden and Finland");
    }

    #[test]
    fn an_empty_library_has_no_examples() {
        assert!(examples(&[]).is_empty());
    }
}
