use super::*;

fn record(id: u64, event: Event) -> Record {
    Record { id, at_ms: id * 10, event }
}

fn text(id: u64, text: &str) -> Record {
    record(id, Event::TextDelta { text: text.to_owned() })
}

fn run() -> RunState {
    RunState::new("ours".to_owned(), "local".to_owned(), Task::default(), 1_000)
}

#[test]
fn an_event_counts_once_however_often_it_comes() {
    let mut run = run();
    for _ in 0..3 {
        run.apply(record(1, Event::RunStarted));
        run.apply(text(2, "a"));
        run.apply(record(3, Event::ReadEnded { documents: 2, sentences: 9 }));
    }
    assert_eq!((run.text.as_str(), run.records.len(), run.counts().documents_read), ("a", 2, 2));
    assert_eq!(run.last_event_ms, Some(1_030));
}

#[test]
fn a_new_attempt_drops_what_came_of_the_lost_one_and_keeps_what_was_before() {
    let mut run = run();
    run.apply(record(1, Event::RunSubmitted { job: "job".to_owned() }));
    run.apply(record(2, Event::RunStarted));
    run.apply(record(3, Event::SourceFound { source: Source::default() }));
    run.apply(text(4, "lost"));
    run.apply(record(9, Event::RunStarted));
    run.apply(text(10, "found"));
    assert_eq!((run.text.as_str(), run.sources.len()), ("found", 0));
    assert_eq!(run.records.iter().map(|record| record.id).collect::<Vec<_>>(), [1, 9]);
}

#[test]
fn phases_go_on_and_never_back() {
    let mut run = run();
    run.apply(record(1, Event::RunStarted));
    run.told(Status::Queued);
    assert_eq!(run.phase, Phase::Running);
    run.cancelling();
    run.told(Status::Running);
    assert_eq!((run.phase, run.status()), (Phase::Cancelling, Status::Running));
    assert!(run.end(Outcome::Cancelled(None), 5_000));
    run.cancelling();
    assert_eq!((run.phase, run.finished_ms), (Phase::Ended(Status::Cancelled), Some(5_000)));
}

#[test]
fn a_pause_is_trouble_and_no_end() {
    let mut run = run();
    let error = Error::new(ErrorKind::Unauthorized, "The key is wrong.");
    assert!(!run.end(Outcome::Paused(Some(error)), 1));
    assert!(!run.has_ended() && run.trouble.is_some());
    run.apply(record(1, Event::RunStarted));
    assert_eq!(run.trouble, None);
}
