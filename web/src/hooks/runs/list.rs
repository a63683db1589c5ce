//! The list of runs that the program keeps.

use std::rc::Rc;

use fathom_core::{
    Access, Error, Provider,
    providers::local::{Local, request, wire::RunPage},
};
use leptos::task::spawn_local;

use super::desk::Desk;
use crate::{hooks::ask::ask, state::history::Summary};

/// How many runs are asked for at once.
const PAGE: u32 = 100;

/// Asks for the newest runs, or for the newest whose question holds these words.
pub(super) fn refresh(desk: &Rc<Desk>, words: Option<String>) {
    let desk = Rc::downgrade(desk);
    spawn_local(async move {
        let answer = page(None, words.as_deref()).await;
        if let (Some(desk), Ok(page)) = (desk.upgrade(), answer) {
            // A search finds some runs; it says nothing of where the list ends.
            if words.is_none() {
                desk.set_older(page.next_cursor.clone());
            }
            desk.add_from_server(summaries(page));
        }
    });
}

/// Asks for the runs after `cursor`.
pub(super) fn go_on(desk: &Rc<Desk>, cursor: String) {
    let desk = Rc::downgrade(desk);
    spawn_local(async move {
        let answer = page(Some(&cursor), None).await;
        if let (Some(desk), Ok(page)) = (desk.upgrade(), answer) {
            desk.set_older(page.next_cursor.clone());
            desk.add_from_server(summaries(page));
        }
    });
}

async fn page(cursor: Option<&str>, words: Option<&str>) -> Result<RunPage, Error> {
    ask(&request::runs(Some(PAGE), cursor, words, &Access::default())).await
}

fn summaries(page: RunPage) -> Vec<Summary> {
    let provider = &Local.info().id;
    page.runs.into_iter().map(|run| Summary::of_server(run, provider)).collect()
}
