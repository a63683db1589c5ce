//! The real binary in a process of its own.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::{Client, traces};

/// A running `fathom serve`; it is killed when it is dropped.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) client: Client,
    child: Child,
}

impl Program {
    pub(crate) fn command() -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fathom"));
        for (name, _) in
            std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"FATHOM_"))
        {
            command.env_remove(name);
        }
        command
    }

    /// Starts the binary and waits for its line.
    pub(crate) fn serve(library: &Path, data: &Path) -> Self {
        Self::start(library, data, Self::command().stderr(traces::log()))
    }

    /// The same with what the command has been given before.
    pub(crate) fn start(library: &Path, data: &Path, command: &mut Command) -> Self {
        command.args(["serve", "--listen", "127.0.0.1:0", "--rescan", "1"]);
        command.arg("--library").arg(library).arg("--data").arg(data);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address =
            line.trim_end().strip_prefix("Fathom is ready on http://").expect("the ready line");
        Self { client: Client { address: address.parse().unwrap() }, child }
    }

    /// kill -9.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until the process ends by itself; says whether it ended well.
    pub(crate) fn wait(mut self) -> bool {
        self.child.wait().unwrap().success()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
