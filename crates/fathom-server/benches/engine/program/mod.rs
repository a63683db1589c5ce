//! The built program in a process of its own, asked as a user's client would.

mod answer;
mod ask;

use std::collections::HashMap;
use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::http::Connection;

pub use answer::{Answer, Grade, Quote};

/// How long a library may take until it is ready.
const PATIENCE: Duration = Duration::from_secs(3 * 3600);

/// A running program whose library is ready; it is killed when it is dropped.
pub struct Program {
    address: SocketAddr,
    child: Child,
    texts: Mutex<HashMap<String, Option<Arc<str>>>>,
    /// From the start until the library was ready.
    pub ready: Duration,
    pub documents: u64,
    pub passages: u64,
    // Removed in the end.
    _data: Option<TempDir>,
}

impl Program {
    /// Starts `program` on a library, with a data folder of its own.
    pub fn start(program: &Path, library: &Path) -> Self {
        let data = tempfile::tempdir().expect("a temporary folder can be made");
        let mut started =
            Self::start_in(program, library, data.path()).expect("the program starts");
        started._data = Some(data);
        started
    }

    /// The same with a data folder that stays.
    ///
    /// # Errors
    /// What the program says when it does not start.
    pub fn start_in(program: &Path, library: &Path, data: &Path) -> Result<Self, String> {
        let begun = Instant::now();
        let mut child = command(program, library, data).spawn().map_err(|error| {
            format!(
                "{} cannot be started ({error}); build it or set FATHOM_PROGRAM",
                program.display()
            )
        })?;
        let Some(address) = address(&mut child) else {
            let mut said = String::new();
            let _ = child.kill();
            let _ = child.stderr.take().map(|mut errors| errors.read_to_string(&mut said));
            let _ = child.wait();
            return Err(said);
        };
        let texts = Mutex::default();
        let (ready, documents, passages) = (Duration::ZERO, 0, 0);
        let mut started = Self { address, child, texts, ready, documents, passages, _data: None };
        started.drain();
        started.wait_for_library(begun);
        Ok(started)
    }

    /// Reads the log away, so that a full pipe never holds the program up.
    fn drain(&mut self) {
        if let Some(mut errors) = self.child.stderr.take() {
            thread::spawn(move || std::io::copy(&mut errors, &mut std::io::sink()));
        }
    }

    fn wait_for_library(&mut self, begun: Instant) {
        let mut connection = self.connect();
        loop {
            let library = connection.json("GET", "/api/v1/library", "");
            let count = |name| library.get(name).and_then(Value::as_u64).unwrap_or_default();
            (self.documents, self.passages) = (count("documents"), count("passages"));
            self.ready = begun.elapsed();
            if library.get("state").and_then(Value::as_str) == Some("ready") {
                return;
            }
            assert!(self.ready < PATIENCE, "the library becomes ready");
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn connect(&self) -> Connection {
        Connection::open(self.address)
    }

    /// The stored text of a document, by the id that a report cites.
    pub fn text(&self, document: &str) -> Option<Arc<str>> {
        let mut texts = self.texts.lock().expect("nobody panics here");
        texts.entry(document.to_owned()).or_insert_with(|| self.fetch_text(document)).clone()
    }

    fn fetch_text(&self, document: &str) -> Option<Arc<str>> {
        let path = format!("/api/v1/library/documents/{}", escaped(document));
        let (status, body) = self.connect().fetch("GET", &path, "");
        let stored: Value = serde_json::from_slice(&body).ok().filter(|_| status == 200)?;
        stored.get("text")?.as_str().map(Arc::from)
    }

    /// Resident memory in MB, where the system tells as Linux does.
    pub fn memory(&self) -> Option<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kilobytes: f64 = line.trim().split(' ').next()?.parse().ok()?;
        Some(kilobytes / 1024.0)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(program: &Path, library: &Path, data: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(["serve", "--listen", "127.0.0.1:0", "--rescan", "86400"]);
    command.arg("--library").arg(library).arg("--data").arg(data);
    // What the caller has set for a program of his own is not what is measured.
    for (name, _) in
        env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("FATHOM_"))
    {
        command.env_remove(name);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The address that the program says it listens on.
fn address(child: &mut Child) -> Option<SocketAddr> {
    let mut line = String::new();
    BufReader::new(child.stdout.take()?).read_line(&mut line).ok()?;
    line.trim().rsplit_once("http://")?.1.parse().ok()
}

/// An id as part of a path.
fn escaped(id: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/@".contains(&byte);
    let shown = |byte: u8| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    id.bytes().map(shown).collect()
}
