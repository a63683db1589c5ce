//! The server inside the test's own process.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::thread::JoinHandle;
use std::time::Duration;

use fathom_server::Config;
use tokio::sync::oneshot;

use super::{Client, Folder};

/// A running server; it ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) client: Client,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts on a free port.
    pub(crate) fn start(library: &Folder, data: &Folder) -> Self {
        Self::with(Self::config(library, data))
    }

    /// Settings for tests: a free port, and a library that is looked at all the time.
    pub(crate) fn config(library: &Folder, data: &Folder) -> Config {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_fathom"));
        let config = Config::new(vec![library.path().to_owned()], data.path().to_owned(), program);
        Config {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            rescan: Duration::from_millis(20),
            ..config
        }
    }

    pub(crate) fn with(config: Config) -> Self {
        let server = fathom_server::Server::start(&config).unwrap();
        let client = Client { address: server.address() };
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            server.run(async { drop(stopped.await) }).unwrap();
        });
        Self { client, stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.thread.take().unwrap().join();
        assert!(ended.is_ok() || std::thread::panicking());
    }
}
