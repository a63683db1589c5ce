//! Whether a report answers, in words that promise no more than it does.

use fathom_core::{Grade, Info, Task, provider::Key};
use fathom_report::export::percent;

use super::{filter, run::RunState, timeline::headline};

/// The grade in full.
pub const fn words(grade: Grade) -> &'static str {
    match grade {
        Grade::Answered => "Answered",
        Grade::Related => "Closest passages, may not answer",
        Grade::Nothing => "Nothing found",
    }
}

/// The grade in a line of a list.
pub const fn short(grade: Grade) -> &'static str {
    match grade {
        Grade::Answered => "answered",
        Grade::Related => "may not answer",
        Grade::Nothing => "nothing found",
    }
}

/// What stands behind the grade, with the probability where it is known.
pub fn explained(grade: Grade, confidence: Option<f64>) -> String {
    let sure = confidence.and_then(percent).filter(|_| grade != Grade::Nothing);
    match (grade, sure) {
        (Grade::Answered, Some(sure)) => format!("{sure} % sure that these passages answer"),
        (Grade::Related, Some(sure)) => format!("only {sure} % sure that these passages answer"),
        (Grade::Answered, None) => "the first passages quoted answer the question".to_owned(),
        (Grade::Related, None) => "the closest passages there are, shown to be judged".to_owned(),
        (Grade::Nothing, _) => "no passage of what was searched comes near the question".to_owned(),
    }
}

/// Where a run is, and once there is a graded report, what it is worth.
pub fn told(run: &RunState) -> String {
    let grade = run.report.as_ref().and_then(|report| report.grade);
    let headline = headline(run);
    match grade {
        Some(grade) => [&headline, " ", words(grade), "."].concat(),
        None => headline,
    }
}

/// What may help where nothing was found; `places` are the names of others who can be asked.
pub fn next_steps(task: &Task, places: &[String]) -> Vec<String> {
    let folder = match filter::only(task) {
        Some(only) => format!("Search all documents: this question looked {only}."),
        None => {
            "Add the folder that may hold it: start Fathom with --library and its path.".to_owned()
        }
    };
    let elsewhere =
        one_of(places).map(|names| format!("Ask elsewhere: {names} can be asked from here."));
    let own = "Use other words, such as those that the documents themselves use.".to_owned();
    [Some(own), Some(folder), elsewhere].into_iter().flatten().collect()
}

/// The names of those who can be asked now and look further than the documents here.
pub fn places(offered: &[Info], has_key: impl Fn(&str) -> bool) -> Vec<String> {
    let ready = |info: &&Info| match info.key {
        Key::NotNeeded => false,
        Key::Present => true,
        Key::Missing => has_key(&info.vendor),
    };
    offered.iter().filter(ready).map(|info| info.name.clone().into_owned()).collect()
}

/// `a`, `a or b`, `a, b or c`.
fn one_of(names: &[String]) -> Option<String> {
    let (last, before) = names.split_last()?;
    Some(if before.is_empty() { last.clone() } else { [&before.join(", "), " or ", last].concat() })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use fathom_core::{Outcome, Report, providers::ROSTER};

    use super::*;

    #[test]
    fn each_grade_says_how_sure_it_is_and_no_more() {
        let cases = [
            (Grade::Answered, Some(0.83), "83 % sure that these passages answer"),
            (Grade::Answered, Some(1.0), "99 % sure that these passages answer"),
            (Grade::Answered, None, "the first passages quoted answer the question"),
            (Grade::Related, Some(0.41), "only 41 % sure that these passages answer"),
            (Grade::Related, Some(7.0), "the closest passages there are, shown to be judged"),
            (Grade::Nothing, Some(0.02), "no passage of what was searched comes near the question"),
        ];
        for (grade, confidence, said) in cases {
            assert_eq!(explained(grade, confidence), said);
        }
    }

    #[test]
    fn a_grade_is_called_the_same_in_a_head_and_in_a_list() {
        let called = [Grade::Answered, Grade::Related, Grade::Nothing]
            .map(|grade| (words(grade), short(grade)));
        assert_eq!(
            called,
            [
                ("Answered", "answered"),
                ("Closest passages, may not answer", "may not answer"),
                ("Nothing found", "nothing found")
            ]
        );
    }

    #[test]
    fn the_end_of_a_run_is_told_with_its_grade() {
        let mut run = RunState::default();
        assert_eq!(told(&run), "Sending the question.");
        run.end(Outcome::Completed(Report::default()), 900);
        let plain = told(&run);
        run.report = Some(Arc::new(Report { grade: Some(Grade::Related), ..Report::default() }));
        assert_eq!(told(&run), plain + " Closest passages, may not answer.");
    }

    #[test]
    fn what_to_try_next_depends_on_what_was_asked_and_who_is_there() {
        let steps = next_steps(&Task::default(), &[]);
        assert_eq!(steps.len(), 2);
        assert!(steps.iter().any(|step| step.contains("--library")));
        let task = Task { include: vec!["europe/**".to_owned()], ..Task::default() };
        let names = ["A".to_owned(), "B".to_owned(), "C".to_owned()];
        let steps = next_steps(&task, &names);
        assert_eq!(
            steps.get(1..).unwrap(),
            [
                "Search all documents: this question looked only into europe/**.",
                "Ask elsewhere: A, B or C can be asked from here."
            ]
        );
    }

    #[test]
    fn only_those_with_a_key_are_offered() {
        let all: Vec<Info> = ROSTER.iter().map(|provider| provider.info().clone()).collect();
        let with = |key| all.iter().map(|info| Info { key, ..info.clone() }).collect::<Vec<_>>();
        assert!(places(&with(Key::NotNeeded), |_| true).is_empty());
        assert!(places(&with(Key::Missing), |_| false).is_empty());
        assert_eq!(places(&with(Key::Missing), |_| true).len(), all.len());
        assert_eq!(places(&with(Key::Present), |_| false).len(), all.len());
    }
}
