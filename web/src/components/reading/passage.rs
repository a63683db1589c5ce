//! A quoted passage cut into what the claim repeats and what it does not.

use fathom_core::Span;
use fathom_report::check;

/// Words that stand this close (in bytes) are marked as one run.
const CLOSE: usize = 9;

/// A stretch of a passage; all stretches together are the passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The text.
    pub(super) text: String,
    /// Whether the claim has it too.
    pub(super) matched: bool,
}

/// Cuts a passage. One that the claim repeats as a whole has no marks: where everything is marked,
/// nothing is.
pub(super) fn stretches(passage: &str, claim: &str) -> Vec<Stretch> {
    let marks = runs(check::marks(claim, passage));
    let marked: usize = marks.iter().map(|mark| mark.end - mark.start).sum();
    let repeats = claim.contains(passage.trim()) || marked * 10 >= passage.len() * 8;
    if repeats { cut(passage, &[]) } else { cut(passage, &marks) }
}

fn runs(marks: Vec<Span>) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    for mark in marks {
        match runs.last_mut() {
            Some(run) if mark.start <= run.end + CLOSE => run.end = mark.end,
            _ => runs.push(mark),
        }
    }
    runs
}

fn cut(passage: &str, marks: &[Span]) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut push = |start: usize, end: usize, matched| {
        if let Some(text) = passage.get(start..end).filter(|text| !text.is_empty()) {
            stretches.push(Stretch { text: text.to_owned(), matched });
        }
    };
    let mut from = 0;
    for mark in marks {
        push(from, mark.start, false);
        push(mark.start, mark.end, true);
        from = mark.end;
    }
    push(from, passage.len(), false);
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(passage: &str, claim: &str) -> Vec<String> {
        let all = stretches(passage, claim);
        assert_eq!(all.iter().map(|part| part.text.as_str()).collect::<String>(), passage);
        all.into_iter().filter(|part| part.matched).map(|part| part.text).collect()
    }

    #[test]
    fn words_close_to_each_other_are_marked_as_one_run() {
        let passage = "forests; it is highly dependent on the petroleum sector, which pays a third";
        let claim = "Norway is highly dependent on the petroleum sector";
        assert_eq!(marked(passage, claim), ["highly dependent on the petroleum sector"]);
    }

    #[test]
    fn a_passage_that_the_claim_repeats_has_no_marks() {
        assert!(marked("Timber is a resource.", "Timber is a resource").is_empty());
        // Small words carry no mark of their own, so not all of this would be marked.
        assert!(
            marked("9,801,616 (July 2015 est.)", "Sweden 9,801,616 (July 2015 est.)").is_empty()
        );
    }

    #[test]
    fn a_number_is_marked_with_its_separators() {
        assert_eq!(marked("9,801,616 (July 2015 est.)", "Sweden 9,801,616,"), ["9,801,616"]);
    }
}
