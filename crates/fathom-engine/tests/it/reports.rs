//! What reports say about small libraries.

use fathom_core::{Effort, Event, Grade, StoredDocument, Task, WarningKind};
use fathom_engine::{EngineError, MemoryIndex, PreviousRun, research, testing::document};

use super::watch::{Watch, ask, check, index, rendered, run, task};

fn profile(name: &str, population: &str, exports: &str) -> StoredDocument {
    document(
        &format!("{}.md", name.to_lowercase()),
        name,
        &format!(
            "# {name}\n## People\n### Population\nPopulation: {population} (July 2015 est.)\n## Economy\n### Overview\n\
             The economy of {name} rests on trade, and exports pay for most of what the country buys abroad.\n\
             ### Exports\nExports: $10 billion (2014 est.)\n### Exports - commodities\nExports - commodities: {exports}"
        ),
    )
}

fn north() -> Vec<StoredDocument> {
    vec![
        profile("Norway", "5,207,689", "petroleum, machinery, fish"),
        profile("Sweden", "9,801,616", "machinery, motor vehicles, paper"),
        profile("Finland", "5,476,922", "electrical equipment, machinery, timber"),
    ]
}

fn speech(year: u16, speaker: &str, text: &str) -> StoredDocument {
    let mut made = document(&format!("{year}.md"), &format!("Address of {year}, {speaker}"), text);
    made.date = Some(year.to_string());
    made.author = Some(speaker.to_owned());
    made
}

#[test]
fn compares_entities_in_a_table_and_says_the_values_in_short() {
    let report =
        ask("Compare the population and main exports of Norway, Sweden and Finland", &north());
    let text = rendered(&report.markdown);
    assert!(
        text.starts_with(
            "In short Population: Norway 5,207,689 (July 2015 est.) [1]; Sweden 9,801,616"
        ),
        "{text}"
    );
    assert!(
        report.markdown.contains(
            "| Norway | 5,207,689 (July 2015 est.) [1] | petroleum, machinery, fish [1] |"
        )
    );
    assert!(!text.contains("What was not found"));
}

#[test]
fn a_cell_without_a_value_says_so_and_becomes_a_gap() {
    let report = ask("Compare the population and literacy of Norway and Sweden", &north());
    assert!(report.markdown.contains("## What was not found"));
    assert!(
        report
            .warnings
            .iter()
            .any(|warning| warning.kind == WarningKind::Gap && warning.message.contains("Norway"))
    );
}

#[test]
fn refuses_what_the_library_does_not_hold() {
    for question in [
        "What is the melting point of tungsten carbide?",
        "What is the population of Wakanda?",
        "Who won the 2022 FIFA World Cup?",
    ] {
        let report = ask(question, &north());
        assert!(report.citations.is_empty(), "{}", report.markdown);
        assert!(report.markdown.contains("3 documents"));
        assert!(report.markdown.contains("No passage holds: \u{201c}"));
        assert_eq!(report.grade, Some(Grade::Nothing));
        assert!(report.warnings.iter().any(|warning| warning.kind == WarningKind::Gap));
    }
}

#[test]
fn an_exact_value_is_not_followed_by_what_others_say() {
    let report = ask("What is the population of Norway?", &north());
    assert!(report.markdown.contains("5,207,689"), "{}", report.markdown);
    assert_eq!(report.sources.len(), 1, "{}", report.markdown);
}

#[test]
fn names_that_nothing_is_called_by_are_looked_for_together() {
    let library = [
        speech(1969, "Johnson", "The laws that we wrote in those years are a matter of pride."),
        speech(1949, "Truman", "The days of prejudice are numbered in this country."),
    ];
    let report = ask("Who wrote Pride and Prejudice?", &library);
    let apart = report.warnings.iter().any(|warning| warning.message.contains("nothing on Pride"));
    assert!(!apart && !report.markdown.contains("## Pride"), "{}", report.markdown);
    assert!(report.confidence.unwrap() < 0.9, "{:?}", report.confidence);
}

#[test]
fn an_empty_library_holds_nothing() {
    let report = ask("What is the population of Norway?", &[]);
    assert!(report.sources.is_empty());
    assert!(!report.partial);
}

#[test]
fn two_sources_that_agree_stand_behind_one_sentence() {
    let sentence = "The harbour of Bergen was closed by ice for eleven weeks in the cold winter.";
    let documents =
        [document("a.md", "Chronicle", sentence), document("b.md", "Almanac", sentence)];
    let report = ask("How long was the harbour of Bergen closed by ice?", &documents);
    assert!(report.markdown.contains("[1][2]"), "{}", report.markdown);
    assert_eq!(report.markdown.matches("harbour").count(), 1);
}

#[test]
fn sources_that_disagree_are_both_quoted() {
    let mut other = profile("Norway", "5,400,000", "petroleum");
    other.path = "other/norway.md".to_owned();
    other.document = "other/norway.md@111111111111".to_owned();
    let documents = [profile("Norway", "5,207,689", "petroleum"), other];
    let report = ask("What is the population of Norway?", &documents);
    let (_, disagreement) = report.markdown.split_once("## Where sources disagree").unwrap();
    assert!(
        disagreement.contains("5,207,689") && disagreement.contains("against 5,400,000"),
        "{disagreement}"
    );
    assert!(report.warnings.iter().any(|warning| warning.kind == WarningKind::Disagreement));
}

#[test]
fn sentences_with_other_numbers_disagree() {
    let documents = [
        document(
            "a.md",
            "Chronicle",
            "The great bridge across the Trondheim fjord is 700 metres long and was opened by the king.",
        ),
        document(
            "b.md",
            "Almanac",
            "The great bridge across the Trondheim fjord is 900 metres long and was opened by the king.",
        ),
    ];
    let report = ask("How long is the great bridge across the fjord?", &documents);
    assert!(report.markdown.contains("## Where sources disagree"), "{}", report.markdown);
}

#[test]
fn dated_words_are_told_by_speaker_in_the_order_of_time() {
    let documents = [
        speech(
            1984,
            "Ronald Reagan",
            "The national debt grew while we were told not to worry about it at all.",
        ),
        speech(
            1982,
            "Ronald Reagan",
            "We must stop the growth of the national debt before our children pay for it.",
        ),
        speech(
            1999,
            "William Clinton",
            "We can pay off the national debt within fifteen years from this very night.",
        ),
        speech(
            1994,
            "William Clinton",
            "The national debt has quadrupled in only twelve years of easy promises.",
        ),
        speech(
            1950,
            "Harry Truman",
            "The national debt is lower than it was at the end of the war.",
        ),
    ];
    let report =
        ask("How did presidents speak of the national debt between 1981 and 2000?", &documents);
    assert!(!report.markdown.contains("lower than it was"));
    assert_eq!(report.sources.len(), 4);
}

#[test]
fn a_name_alone_gives_a_profile_by_headings() {
    let report = ask("Tell me about Norway", &north());
    assert!(
        report.markdown.contains("## People") && report.markdown.contains("## Economy"),
        "{}",
        report.markdown
    );
    assert_eq!(report.sources.len(), 1);
}

#[test]
fn superlatives_become_a_ranking() {
    let mut documents = north();
    documents.push(profile("Denmark", "5,581,503", "machinery, meat"));
    documents.push(profile("Iceland", "331,918", "fish, aluminum"));
    let report = ask("Which country has the largest population?", &documents);
    let (_, table) = report.markdown.split_once("| --- |").unwrap();
    assert!(table.trim_start_matches([' ', '-', '|', '\n']).starts_with("Sweden"), "{table}");
}

#[test]
fn globs_bound_what_is_read() {
    let narrow = Task { include: vec!["sweden.md".to_owned()], ..task("population") };
    let report = run(&narrow, &index(&north()));
    assert!(report.sources.iter().all(|source| source.title == "Sweden"));
    assert!(!report.sources.is_empty());
}

#[test]
fn a_follow_up_is_about_whom_the_earlier_question_was_about() {
    let index = index(&north());
    let earlier =
        PreviousRun { question: "What is the population of Sweden?".to_owned(), report: None };
    let mut watch = Watch::default();
    let report = research(&task("And its exports?"), Some(&earlier), &index, &mut watch).unwrap();
    check(&report, &index, &watch.events);
    assert!(report.sources.iter().all(|source| source.title == "Sweden"));
    assert!(report.markdown.contains("$10 billion"), "{}", report.markdown);
}

#[test]
fn questions_in_other_languages_find_documents_in_them() {
    let documents = [document(
        "de.md",
        "Fjord",
        "Die Brücke über den Fjord wurde im Jahre 1932 von den Bauern der Gegend gebaut.",
    )];
    let report = ask("Wann wurde die Brücke über den Fjord gebaut?", &documents);
    assert!(report.markdown.contains("1932"));
}

#[test]
fn every_effort_gives_a_sound_report_with_true_counts() {
    let index = index(&north());
    for effort in Effort::ALL {
        let mut watch = Watch::default();
        let asked = Task { effort, ..task("How do exports pay for what the country buys abroad?") };
        let report = research(&asked, None, &index, &mut watch).unwrap();
        check(&report, &index, &watch.events);
        let started = watch
            .events
            .iter()
            .filter(|event| matches!(event, Event::SearchStarted { .. }))
            .count();
        let ended =
            watch.events.iter().filter(|event| matches!(event, Event::SearchEnded { .. })).count();
        assert_eq!(started, ended);
        assert!(started > 0);
        let quotes: usize = report.citations.len();
        let checked = watch.events.iter().find_map(|event| match event {
            Event::CheckEnded { checked, dropped: 0 } => Some(*checked as usize),
            _ => None,
        });
        assert_eq!(checked, Some(quotes));
    }
}

#[test]
fn cancelling_at_any_moment_keeps_what_was_found() {
    let index = index(&north());
    let asked = task("Compare the population and main exports of Norway, Sweden and Finland");
    for cancel_after in 0..40 {
        let mut watch = Watch { cancel_after: Some(cancel_after), ..Watch::default() };
        let report = research(&asked, None, &index, &mut watch).unwrap();
        check(&report, &index, &watch.events);
        if report.partial {
            assert!(report.warnings.iter().any(|warning| warning.kind == WarningKind::Partial));
        }
    }
}

#[test]
fn a_question_without_words_is_an_error() {
    let nothing = research(&task("  ?!"), None, &MemoryIndex::new(), &mut Watch::default());
    assert_eq!(nothing, Err(EngineError::EmptyQuestion));
}
