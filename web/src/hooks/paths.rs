//! The paths of the library's documents.

use fathom_core::{
    Access,
    providers::local::{request, wire::DocumentPage},
};
use leptos::{prelude::*, task::spawn_local};

use super::ask::ask;

/// How many are asked for at once.
const PAGE: u32 = 100;
/// How many pages of them are worth asking for; a larger library is not counted.
const PAGES: usize = 20;

/// All paths, asked for once they are wanted; nothing until then, and for a large library.
pub fn use_paths(wanted: Memo<bool>) -> Signal<Option<Vec<String>>> {
    let paths = RwSignal::new(None);
    let asked = StoredValue::new(false);
    Effect::new(move |_| {
        if wanted.get() && !asked.get_value() {
            asked.set_value(true);
            spawn_local(async move {
                // The page may have been left by now.
                paths.try_set(all().await);
            });
        }
    });
    paths.into()
}

async fn all() -> Option<Vec<String>> {
    let (mut paths, mut cursor) = (Vec::new(), None::<String>);
    for _ in 0..PAGES {
        let request = request::documents(Some(PAGE), cursor.as_deref(), None, &Access::default());
        let page: DocumentPage = ask(&request).await.ok()?;
        paths.extend(page.documents.into_iter().map(|document| document.path));
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Some(paths);
        }
    }
    None
}
