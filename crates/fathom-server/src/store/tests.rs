use fathom_core::{Event, Report, Status, Task};

use super::{
    Created, End, Failure, Filter, NewRun, Progress, SqliteStore, Store, StoreError, Timed,
};

fn store() -> (tempfile::TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("runs.db")).unwrap();
    (folder, store)
}

fn create(store: &dyn Store) -> String {
    let task = Task { question: "Why?".to_owned(), ..Task::default() };
    match store.create(&NewRun { task: &task, token: None, queue_limit: 10 }).unwrap() {
        Created::New(run) => run.id,
        other => panic!("{other:?}"),
    }
}

fn kinds(store: &dyn Store, id: &str) -> Vec<(u64, String)> {
    store.events(id, 0, 100).unwrap().into_iter().map(|event| (event.id, event.kind)).collect()
}

#[test]
fn a_lost_run_is_claimed_again_under_new_event_ids() {
    let (_folder, store) = store();
    let id = create(&store);
    assert_eq!(store.claim().unwrap().unwrap().attempt, 1);
    let found = Timed { at_ms: 0, event: Event::TextDelta { text: "half".to_owned() } };
    store.append(&id, &[found], &Progress::default()).unwrap();
    assert_eq!(store.reclaim().unwrap(), 1);
    assert_eq!(store.get(&id).unwrap().unwrap().status, Status::Queued);
    assert!(kinds(&store, &id).is_empty());
    assert_eq!(store.claim().unwrap().unwrap().attempt, 2);
    assert_eq!(kinds(&store, &id), [(3, "run-started".to_owned())]);
}

#[test]
fn a_lost_run_that_was_to_be_cancelled_ends() {
    let (_folder, store) = store();
    let id = create(&store);
    store.claim().unwrap().unwrap();
    assert_eq!(store.cancel(&id).unwrap().unwrap().status, Status::Running);
    store.reclaim().unwrap();
    assert_eq!(store.get(&id).unwrap().unwrap().status, Status::Cancelled);
    assert_eq!(kinds(&store, &id), [(2, "run-ended".to_owned())]);
}

#[test]
fn a_run_that_always_takes_the_program_down_is_given_up() {
    let (_folder, store) = store();
    let id = create(&store);
    for _ in 0..25 {
        assert!(store.claim().unwrap().is_some());
        store.reclaim().unwrap();
    }
    assert!(store.claim().unwrap().is_none());
    let run = store.get(&id).unwrap().unwrap();
    assert_eq!((run.status, run.error.unwrap().kind.as_str()), (Status::Failed, "internal"));
}

#[test]
fn an_ended_run_refuses_every_change() {
    let (_folder, store) = store();
    let id = create(&store);
    store.claim().unwrap();
    store.finish(&id, &End::Completed(Box::default())).unwrap();
    let before = kinds(&store, &id);
    let failure = Failure { kind: "internal".to_owned(), message: String::new() };
    assert!(matches!(store.finish(&id, &End::Failed(failure)), Err(StoreError::Broken(_))));
    assert!(store.append(&id, &[], &Progress::default()).is_err());
    assert_eq!(store.cancel(&id).unwrap().unwrap().status, Status::Completed);
    let run = store.get(&id).unwrap().unwrap();
    let report: Report = serde_json::from_str(run.report.unwrap().get()).unwrap();
    assert_eq!((report, kinds(&store, &id)), (Report::default(), before));
}

#[test]
fn the_queue_has_a_limit_and_runs_leave_it_in_order() {
    let (_folder, store) = store();
    let ids: Vec<String> = (0..10).map(|_| create(&store)).collect();
    let task = Task { question: "One more?".to_owned(), ..Task::default() };
    let full = store.create(&NewRun { task: &task, token: None, queue_limit: 10 }).unwrap();
    assert!(matches!(full, Created::QueueFull));
    for id in &ids {
        assert_eq!(store.claim().unwrap().unwrap().id, *id);
    }
    assert!(store.claim().unwrap().is_none() && store.is_working().unwrap());
    let newest = store.list(&Filter { limit: 1, before: None, text: None }).unwrap();
    assert_eq!(newest[0].id, ids[9]);
}

#[test]
fn a_store_of_another_version_is_left_alone() {
    let (folder, store) = store();
    drop(store);
    let path = folder.path().join("runs.db");
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let error = SqliteStore::open(&path).unwrap_err();
    assert!(error.to_string().contains("another version of fathom"), "{error}");
}
