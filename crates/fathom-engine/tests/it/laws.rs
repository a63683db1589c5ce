//! Whatever the documents, the question and the schema are: no panic, no hang, and every law of a report holds.

use fathom_core::{Effort, Task};
use fathom_engine::{EngineError, MemoryIndex, highlights, passages, research};

use super::{
    random::Random,
    watch::{Watch, check},
};

#[test]
fn odd_documents_and_questions_keep_the_laws() {
    for seed in 0..250 {
        let mut random = Random::new(seed);
        let index: MemoryIndex =
            (0..random.below(6)).map(|number| random.document(number)).collect();
        let asked = Task {
            question: random.text(14),
            effort: Effort::ALL[random.below(3)],
            output_schema: (seed % 3 == 0).then(|| random.schema(0)),
            ..Task::default()
        };
        let mut watch =
            Watch { cancel_after: (seed % 7 == 0).then(|| random.below(20)), ..Watch::default() };
        match research(&asked, None, &index, &mut watch) {
            Ok(report) => check(&report, &index, &watch.events),
            Err(EngineError::EmptyQuestion | EngineError::Schema(_)) => {}
            Err(error) => panic!("{error}"),
        }
        let best = highlights(&asked.question, &index, 5).unwrap();
        assert!(best.iter().all(|found| (0.0..=1.0).contains(&found.score)));
    }
}

#[test]
fn passages_are_ordered_ranges_of_the_text() {
    for seed in 1_000..1_400 {
        let document = Random::new(seed).document(0);
        let mut reached = 0;
        for passage in passages(&document) {
            assert!(passage.start >= reached && passage.end > passage.start);
            assert!(document.text.get(passage.start..passage.end).is_some());
            reached = passage.end;
        }
    }
}

#[test]
fn a_text_without_any_border_is_cut_all_the_same() {
    let mut document = Random::new(5).document(0);
    document.blocks.clear();
    document.text = "x".repeat(200_000);
    assert!(passages(&document).len() > 100);
}

#[test]
fn very_long_questions_are_taken_apart_like_others() {
    let index: MemoryIndex =
        (0..4).map(|number| Random::new(number as u64 + 9).document(number)).collect();
    let mut random = Random::new(77);
    let question: String = (0..400).map(|_| random.text(12)).collect();
    let mut watch = Watch::default();
    let report = research(&Task { question, ..Task::default() }, None, &index, &mut watch).unwrap();
    check(&report, &index, &watch.events);
}
