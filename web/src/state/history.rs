//! Runs in a list: what this browser remembers and what the server knows, as one.

use std::collections::HashMap;

use fathom_core::{Effort, Grade, Status, providers::local::wire::RunView};

use super::{date, format, provider_name, run::Phase, saved::Saved};

/// A run in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// What to put into an address: the provider's id if known, else ours.
    pub id: String,
    /// What was asked.
    pub question: String,
    /// How much work it was worth.
    pub effort: Effort,
    /// The name of who was asked.
    pub provider: String,
    /// When, in milliseconds since 1970.
    pub created_ms: u64,
    /// Where it is.
    pub status: Status,
    /// Whether it is not known if the question arrived.
    pub is_unclear: bool,
    /// How many sources its report cites.
    pub sources: Option<u64>,
    /// Whether its report answers.
    pub grade: Option<Grade>,
}

impl From<&Saved> for Summary {
    fn from(saved: &Saved) -> Self {
        let intent = &saved.intent;
        Self {
            id: saved.job.clone().unwrap_or_else(|| intent.id.clone()),
            question: intent.task.question.clone(),
            effort: intent.task.effort,
            provider: provider_name(&intent.provider),
            created_ms: intent.created_ms,
            status: saved.phase.status(),
            is_unclear: saved.phase == Phase::SubmitUnknown,
            sources: saved.sources,
            grade: saved.grade,
        }
    }
}

impl Summary {
    /// An entry of the list that the provider keeps.
    pub fn of_server(view: RunView, provider: &str) -> Self {
        Self {
            created_ms: date::parse(&view.created_at).unwrap_or(0),
            id: view.id,
            question: view.question,
            effort: view.effort,
            provider: provider_name(provider),
            status: view.status,
            is_unclear: false,
            sources: view.sources,
            grade: view.grade,
        }
    }

    /// What became of the run, beside its grade; nothing where the grade says it all.
    pub fn became(&self) -> Option<String> {
        Some(match (self.status, self.sources, self.grade) {
            _ if self.is_unclear => "not known whether it arrived".to_owned(),
            (Status::Completed, _, Some(Grade::Nothing)) => return None,
            (Status::Completed, Some(0), None) => "nothing found".to_owned(),
            (Status::Completed, Some(sources), _) => format::count(sources, "source", "sources"),
            (Status::Completed, None, _) => "done".to_owned(),
            (Status::Cancelled, ..) => "stopped".to_owned(),
            (other, ..) => other.as_str().to_owned(),
        })
    }
}

/// Both lists as one, newest first. Of a run that is in both, the account that says it has ended
/// counts, and the longer one.
pub fn merge(local: Vec<Summary>, server: Vec<Summary>) -> Vec<Summary> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut all: Vec<Summary> = Vec::with_capacity(local.len() + server.len());
    for summary in server.into_iter().chain(local) {
        match places.get(&summary.id).and_then(|place| all.get_mut(*place)) {
            Some(known) => join(known, summary),
            None => {
                places.insert(summary.id.clone(), all.len());
                all.push(summary);
            }
        }
    }
    all.sort_by(|a, b| b.created_ms.cmp(&a.created_ms).then_with(|| a.id.cmp(&b.id)));
    all
}

fn join(known: &mut Summary, other: Summary) {
    if other.status.has_ended() && !known.status.has_ended() {
        known.status = other.status;
        known.is_unclear = other.is_unclear;
    }
    known.sources = known.sources.or(other.sources);
    known.grade = known.grade.or(other.grade);
    if known.created_ms == 0 {
        known.created_ms = other.created_ms;
    }
}

/// The runs whose question holds every word of `query`, whatever the case.
pub fn filter(runs: &[Summary], query: &str) -> Vec<Summary> {
    let query = query.to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let fits = |run: &&Summary| {
        let question = run.question.to_lowercase();
        words.iter().all(|word| question.contains(word))
    };
    runs.iter().filter(fits).cloned().collect()
}

/// The runs by day, in the order given: `Today`, `Yesterday`, `21 November 2026`.
/// `offset_minutes` is how far east of Greenwich the clock on the wall is.
pub fn by_day(runs: Vec<Summary>, now_ms: u64, offset_minutes: i32) -> Vec<(String, Vec<Summary>)> {
    let today = date::day(now_ms, offset_minutes);
    let mut days: Vec<(String, Vec<Summary>)> = Vec::new();
    for run in runs {
        let name = day_name(date::day(run.created_ms, offset_minutes), today);
        match days.last_mut() {
            Some((last, runs)) if *last == name => runs.push(run),
            _ => days.push((name, vec![run])),
        }
    }
    days
}

fn day_name(day: i64, today: i64) -> String {
    match today - day {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        _ => date::words(day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(id: &str, question: &str, created_ms: u64, status: Status) -> Summary {
        let (id, question) = (id.to_owned(), question.to_owned());
        Summary { id, question, created_ms, status, ..Summary::default() }
    }

    #[test]
    fn a_run_in_both_lists_appears_once_and_ended_wins() {
        let local =
            vec![run("a", "One", 10, Status::Running), run("mine", "Offline", 30, Status::Queued)];
        let server = vec![
            Summary {
                sources: Some(4),
                grade: Some(Grade::Related),
                ..run("a", "One", 12, Status::Completed)
            },
            run("b", "Two", 20, Status::Failed),
        ];
        for (local, server) in [(local.clone(), server.clone()), (server, local)] {
            let merged = merge(local, server);
            let ids: Vec<_> = merged.iter().map(|run| run.id.as_str()).collect();
            assert_eq!(ids, ["mine", "b", "a"]);
            assert_eq!((merged[2].status, merged[2].sources), (Status::Completed, Some(4)));
            assert_eq!(merged[2].grade, Some(Grade::Related));
        }
    }

    #[test]
    fn a_line_says_what_became_of_a_run_once() {
        let became =
            |status, sources, grade| Summary { sources, grade, ..run("a", "", 0, status) }.became();
        let done = Status::Completed;
        let cases = [
            (done, Some(4), Some(Grade::Answered), Some("4 sources")),
            (done, Some(1), Some(Grade::Related), Some("1 source")),
            (done, Some(0), Some(Grade::Nothing), None),
            (done, Some(0), None, Some("nothing found")),
            (done, None, None, Some("done")),
            (Status::Cancelled, Some(2), Some(Grade::Related), Some("stopped")),
            (Status::Failed, None, None, Some("failed")),
        ];
        for (status, sources, grade, said) in cases {
            assert_eq!(became(status, sources, grade).as_deref(), said);
        }
        let unclear = Summary { is_unclear: true, ..run("a", "", 0, Status::Failed) };
        assert_eq!(unclear.became().as_deref(), Some("not known whether it arrived"));
    }

    #[test]
    fn a_filter_wants_every_word() {
        let runs = [
            run("a", "Exports of Ægypt", 0, Status::Queued),
            run("b", "Exports", 0, Status::Queued),
        ];
        assert_eq!(filter(&runs, " ÆGYPT exports ").len(), 1);
        assert_eq!(filter(&runs, "").len(), 2);
        assert_eq!(filter(&runs, "imports").len(), 0);
    }

    #[test]
    fn days_follow_the_clock_on_the_wall() {
        let now = date::parse("2026-11-22T00:30:00Z").unwrap();
        let runs = vec![
            run("a", "", now - 60_000, Status::Queued),
            run("b", "", now - 3_600_000, Status::Queued),
            run("c", "", now - 86_400_000, Status::Queued),
        ];
        let names = |offset| {
            let days = by_day(runs.clone(), now, offset);
            days.into_iter().map(|(name, runs)| (name, runs.len())).collect::<Vec<_>>()
        };
        assert_eq!(names(0), [("Today".to_owned(), 1), ("Yesterday".to_owned(), 2)]);
        assert_eq!(names(-60), [("Today".to_owned(), 2), ("Yesterday".to_owned(), 1)]);
        assert_eq!(by_day(runs, now + 86_400_000 * 3, 0)[1].0, "21 November 2026");
    }
}
