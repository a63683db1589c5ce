//! Reads PDFs in a child process: a file that makes the reader crash, hang or swallow memory costs one
//! skipped entry and nothing else.

use std::ffi::OsStr;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::import::MAX_TEXT_BYTES;
use crate::extract;

/// How often a wait looks whether the program ends.
const GLANCE: Duration = Duration::from_millis(100);

/// Starts `fathom extract` for a file.
#[derive(Clone, Debug)]
pub(crate) struct Extractor {
    /// The program to start: this one, except in tests.
    pub program: PathBuf,
    /// A file that takes longer is skipped.
    pub limit: Duration,
}

impl Extractor {
    /// The text of each page, or the reason why there is none. Gives up when `stop` is set.
    pub(super) fn pages(&self, file: &Path, stop: &AtomicBool) -> Result<Vec<String>, String> {
        self.read(self.start(file.as_os_str(), Stdio::null())?, stop)
    }

    /// The same for a PDF that is in no file.
    pub(crate) fn pages_of(&self, pdf: Vec<u8>) -> Result<Vec<String>, String> {
        let mut child = self.start(extract::INPUT.as_ref(), Stdio::piped())?;
        let input = child.stdin.take();
        thread::spawn(move || {
            // A child that ends before it has read everything says why by its exit code.
            let _ = input.map(|mut input| input.write_all(&pdf));
        });
        self.read(child, &AtomicBool::new(false))
    }

    fn start(&self, file: &OsStr, input: Stdio) -> Result<Child, String> {
        let child = Command::new(&self.program)
            .arg("extract")
            .arg(file)
            .env_clear()
            .stdin(input)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        child.map_err(|error| {
            format!("cannot be read, because no process could be started ({error})")
        })
    }

    fn read(&self, child: Child, stop: &AtomicBool) -> Result<Vec<String>, String> {
        let (status, output) = self.wait(child, stop)?;
        if status.success() {
            return serde_json::from_slice(&output)
                .map_err(|_| "holds more text than is read from one file; split it".to_owned());
        }
        Err(reason(status))
    }

    fn wait(&self, mut child: Child, stop: &AtomicBool) -> Result<(ExitStatus, Vec<u8>), String> {
        let lost = |error| format!("cannot be read ({error})");
        let Some(stdout) = child.stdout.take() else { return Err("cannot be read".to_owned()) };
        let (sender, receiver) = mpsc::sync_channel(1);
        thread::spawn(move || {
            let mut output = Vec::new();
            let read = stdout.take(MAX_TEXT_BYTES).read_to_end(&mut output).map(|_| output);
            let _ = sender.send(read);
        });
        let Some(output) = self.receive(&receiver, stop) else {
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!(
                "took longer than {} s to read; save the PDF again, or as text",
                self.limit.as_secs()
            ));
        };
        let output = output.map_err(lost)?;
        // All output is here, or more than is read: either way the child has nothing left to do.
        let _ = if output.len() as u64 == MAX_TEXT_BYTES { child.kill() } else { Ok(()) };
        Ok((child.wait().map_err(lost)?, output))
    }

    fn receive<T>(&self, receiver: &Receiver<T>, stop: &AtomicBool) -> Option<T> {
        let end = Instant::now() + self.limit;
        while !stop.load(Ordering::Relaxed) && Instant::now() < end {
            match receiver.recv_timeout(GLANCE) {
                Ok(value) => return Some(value),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        None
    }
}

fn reason(status: ExitStatus) -> String {
    match status.code() {
        Some(extract::ENCRYPTED) => "is encrypted; save a copy without a password".to_owned(),
        Some(extract::DAMAGED) => "is not a PDF, or a damaged one; save it again".to_owned(),
        Some(_) => {
            "is a PDF that the reader cannot understand; save it again, or as text".to_owned()
        }
        None => "needs more memory than one file may have; split it".to_owned(),
    }
}
