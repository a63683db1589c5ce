//! What `cargo xtask test` searches for the planted key in the end, once all parts have run.

use std::env;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Mutex, OnceLock};

/// A key that is found nowhere by chance; the whole run plants the same one.
pub(crate) fn key() -> &'static str {
    static KEY: OnceLock<String> = OnceLock::new();
    KEY.get_or_init(|| {
        env::var("FATHOM_PLANTED_KEY").unwrap_or_else(|_| "planted-key-8f3a1c".to_owned())
    })
}

/// Where folders, logs and replies are to stay after their tests.
pub(crate) fn folder() -> Option<PathBuf> {
    env::var_os("FATHOM_TRACES").map(PathBuf::from)
}

/// Keeps what a client has read.
pub(crate) fn keep_reply(text: &str) {
    static REPLIES: OnceLock<Option<Mutex<File>>> = OnceLock::new();
    let file = REPLIES.get_or_init(|| folder().map(|_| Mutex::new(file("replies"))));
    if let Some(file) = file {
        file.lock().unwrap().write_all(text.as_bytes()).unwrap();
    }
}

/// Where a program's log goes.
pub(crate) fn log() -> Stdio {
    if folder().is_some() { Stdio::from(file("logs")) } else { Stdio::null() }
}

/// A file that this process adds to.
fn file(name: &str) -> File {
    let name = format!("{name}-{}.txt", std::process::id());
    let path = folder().unwrap_or_default().join(name);
    OpenOptions::new().create(true).append(true).open(path).unwrap()
}
