//! The server in a process of its own, whose memory can be read.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::routing::get;
use fathom_server::{Config, Server};

/// The first argument of the child.
pub const WORD: &str = "serve-for-bench";

/// While this file is there, the library is not ready and no run goes on.
const HOLD: &str = "hold";

/// Countries with the same headings, so that questions have something to compare.
const DOCUMENTS: usize = 200;

/// A running server; it is killed when it is dropped.
pub struct Host {
    pub api: SocketAddr,
    /// The bare route, `/`.
    pub bare: SocketAddr,
    folder: tempfile::TempDir,
    child: Child,
}

impl Host {
    /// Starts a server. When it is held, runs wait until [`Host::release`].
    pub fn start(held: bool) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        write_library(&folder.path().join("library"), held);
        if held {
            fs::write(folder.path().join(HOLD), "").expect("the folder can be written");
        }
        let program = std::env::current_exe().expect("the bench knows itself");
        let mut child = Command::new(program)
            .arg(WORD)
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the bench can start itself");
        let mut lines = BufReader::new(child.stdout.take().expect("the output is piped")).lines();
        let mut address = || {
            let line = lines.next().and_then(Result::ok).expect("the child says where it listens");
            line.parse().expect("an address")
        };
        Self { api: address(), bare: address(), folder, child }
    }

    /// Lets the runs begin.
    pub fn release(&self) {
        let _ = fs::remove_file(self.folder.path().join(HOLD));
    }

    /// Says what the bare route answers from now on.
    pub fn set_bare(&mut self, body: &[u8]) {
        let input = self.child.stdin.as_mut().expect("the input is piped");
        let line = String::from_utf8_lossy(body).replace('\n', " ");
        writeln!(input, "{line}").expect("the child reads");
    }

    /// Resident memory in KB; 0 on systems that do not show it as Linux does.
    pub fn memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.trim().split(' ').next()?.parse().ok()).unwrap_or_default()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn write_library(folder: &Path, held: bool) {
    fs::create_dir_all(folder).expect("the folder can be made");
    for number in 0..DOCUMENTS {
        let name = format!("Country{number}");
        let text = format!(
            "---\ntitle: {name}\nurl: https://example.org/{name}\n---\n# {name}\n\n## Population\n\nThe population of {name} is {number}.5 million people.\n\n## Exports\n\nThe main exports of {name} are fish, paper and {number} kinds of steel.\n"
        );
        fs::write(folder.join(format!("{number}.md")), text).expect("a document is written");
    }
    if held {
        fs::write(folder.join("last.pdf"), "%PDF-1.4\n").expect("a document is written");
    }
}

/// The child: the server on one port, the bare route on another, until the parent goes away.
pub fn serve(folder: &Path) -> ExitCode {
    #[cfg(unix)]
    let _ = rlimit::increase_nofile_limit(4096);
    let mut config = Config::new(vec![folder.join("library")], folder.join("data"), reader(folder));
    config.listen = SocketAddr::from(([127, 0, 0, 1], 0));
    config.queue = 10_000;
    config.pdf_limit = Duration::from_secs(600);
    let server = Server::start(&config).expect("the server starts");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    println!("{}\n{}", server.address(), listener.local_addr().expect("it listens"));
    std::thread::spawn(move || bare(listener));
    server.run(std::future::pending()).expect("the server runs");
    ExitCode::SUCCESS
}

/// A program that reads the one PDF when it is let go. The library waits for it, and runs wait for the library.
fn reader(folder: &Path) -> PathBuf {
    let script = folder.join("reader");
    let hold = folder.join(HOLD);
    let text =
        format!("#!/bin/sh\nwhile [ -e '{}' ]; do sleep 0.05; done\nexit 4\n", hold.display());
    fs::write(&script, text).expect("the folder can be written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(&script, mode).expect("the script can be started");
    }
    script
}

/// The peer: axum with nothing but a body. Each line of the input is a new body.
fn bare(listener: TcpListener) {
    listener.set_nonblocking(true).expect("the socket takes options");
    let body = std::sync::Arc::new(std::sync::RwLock::new(Bytes::new()));
    let shared = std::sync::Arc::clone(&body);
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            *shared.write().expect("nobody panics here") = Bytes::from(line);
        }
        // The parent is gone.
        std::process::exit(0);
    });
    let answer = move || {
        let body = body.read().expect("nobody panics here").clone();
        std::future::ready(([(header::CONTENT_TYPE, "application/json")], body))
    };
    let router = Router::new().route("/", get(answer));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
        let _ = axum::serve(listener, router).await;
    });
}
