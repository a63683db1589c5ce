use fathom_core::{Event, Grade, Report, Status, Task};

use super::{
    Created, Early, End, Failure, Filter, Foreign, NewRun, Progress, SqliteStore, Store,
    StoreError, Timed,
};

fn store() -> (tempfile::TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("runs.db")).unwrap();
    (folder, store)
}

fn new(task: &Task) -> NewRun<'_> {
    NewRun { task, token: None, queue_limit: 10, foreign: None }
}

fn create(store: &dyn Store) -> String {
    let task = Task { question: "Why?".to_owned(), ..Task::default() };
    match store.create(&new(&task)).unwrap() {
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
    let found = Timed::new(0, Event::TextDelta { text: "half".to_owned() });
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
    let full = store.create(&new(&task)).unwrap();
    assert!(matches!(full, Created::QueueFull));
    for id in &ids {
        assert_eq!(store.claim().unwrap().unwrap().id, *id);
    }
    assert!(store.claim().unwrap().is_none() && store.is_working().unwrap());
    let newest = store.list(&Filter { limit: 1, ..Filter::default() }).unwrap();
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

#[test]
fn a_store_of_the_first_version_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("runs.db");
    let first = rusqlite::Connection::open(&path).unwrap();
    first.execute_batch(super::schema::TABLES).unwrap();
    first
        .execute_batch(
            "INSERT INTO runs (id, status, question, task, created_ms, progress)
             VALUES ('run_1', 'queued', 'Why?', '{\"question\":\"Why?\"}', 5, '{}');
             PRAGMA user_version = 1;",
        )
        .unwrap();
    drop(first);
    for _ in 0..2 {
        let store = SqliteStore::open(&path).unwrap();
        let run = store.get("run_1").unwrap().unwrap();
        assert_eq!((run.created_ms, run.protocol.as_str(), run.early), (5, "", None));
    }
}

#[test]
fn a_list_knows_the_grade_of_each_report() {
    let (_folder, store) = store();
    for grade in [None, Some(Grade::Related)] {
        let id = create(&store);
        store.claim().unwrap();
        let report = Report { grade, ..Report::default() };
        store.finish(&id, &End::Completed(Box::new(report))).unwrap();
    }
    let listed = store.list(&Filter { limit: 9, ..Filter::default() }).unwrap();
    let grades: Vec<_> = listed.iter().map(|run| run.grade.as_deref()).collect();
    assert_eq!(grades, [Some("related"), None]);
}

#[test]
fn a_run_of_another_api_keeps_its_id_and_request_and_is_listed_there() {
    let (_folder, store) = store();
    let ours = create(&store);
    let task = Task { question: "Why?".to_owned(), ..Task::default() };
    let request = serde_json::json!({ "brief": "Why?" });
    let foreign = Foreign { protocol: "other", id: "t-1", request: &request, material: None };
    store.create(&NewRun { foreign: Some(foreign), ..new(&task) }).unwrap();
    let theirs = Filter { limit: 9, protocol: Some("other"), ..Filter::default() };
    let listed = store.list(&theirs).unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].id, "t-1");
    assert_eq!(listed[0].request.as_ref().unwrap().get(), request.to_string());
    assert!(store.list(&Filter { offset: 1, ..theirs }).unwrap().is_empty());
    let all = store.list(&Filter { limit: 9, ..Filter::default() }).unwrap();
    assert_eq!([&*all[0].id, &*all[1].id], ["t-1", &*ours]);
}

#[test]
fn only_a_run_that_has_ended_can_be_deleted() {
    let (_folder, store) = store();
    let id = create(&store);
    assert!(!store.delete(&id).unwrap());
    store.claim().unwrap();
    assert!(!store.delete(&id).unwrap());
    store.finish(&id, &End::Early(Box::default(), Early::Stopped)).unwrap();
    let run = store.get(&id).unwrap().unwrap();
    assert_eq!((run.status, run.early), (Status::Completed, Some(Early::Stopped)));
    assert!(store.delete(&id).unwrap());
    assert!(store.get(&id).unwrap().is_none() && kinds(&store, &id).is_empty());
    assert!(!store.delete(&id).unwrap());
}
