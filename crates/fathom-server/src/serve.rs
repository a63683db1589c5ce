//! `fathom serve`: everything that can fail comes first, each with a line that says what to do.

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use axum::serve::ListenerExt as _;
use tokio::sync::watch;

use crate::compat::Engine;
use crate::data::DataFolder;
use crate::gateway::{Gateway, Settings};
use crate::library::{self, Extractor, Library};
use crate::log::{self, Level};
use crate::routes::{self, Answers, Shared};
use crate::store::{SqliteStore, Store};
use crate::token::Token;
use crate::web::{Live, Web};
use crate::worker::Worker;

/// How long open connections may go on after the program was told to end.
const GRACE: Duration = Duration::from_secs(3);

/// What a server is made of.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen; port 0 takes any free one.
    pub listen: SocketAddr,
    /// The folders of documents.
    pub library: Vec<PathBuf>,
    /// The folder for runs and index.
    pub data: PathBuf,
    /// What clients must show; needed to listen on more than this machine.
    pub token: Option<fathom_core::Secret>,
    /// Runs researched at the same time.
    pub workers: usize,
    /// Runs that may wait.
    pub queue: u64,
    /// The time between two looks at the library.
    pub rescan: Duration,
    /// The program that is started to read PDFs: `fathom` itself.
    pub program: PathBuf,
    /// The longest time for one PDF.
    pub pdf_limit: Duration,
    /// The most bytes that stored runs may take; unlimited when absent.
    pub max_store_bytes: Option<u64>,
    /// Keys and addresses of vendors.
    pub gateway: Settings,
    /// How live pages are fetched; absent when they are not.
    pub live: Option<Live>,
}

impl Config {
    /// The usual settings for these folders.
    pub fn new(library: Vec<PathBuf>, data: PathBuf, program: PathBuf) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8787)),
            library,
            data,
            token: None,
            workers: default_workers(),
            queue: 256,
            rescan: Duration::from_secs(30),
            program,
            pdf_limit: Duration::from_secs(60),
            max_store_bytes: None,
            gateway: Settings::default(),
            live: None,
        }
    }
}

/// The number of processors, at most 4.
pub(crate) fn default_workers() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(4)
}

/// Why the server did not start, in one line that says what to do.
#[derive(Debug)]
pub struct StartError(String);

impl StartError {
    pub(crate) fn new(message: impl fmt::Display) -> Self {
        Self(message.to_string())
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StartError {}

/// A server that listens but does not answer yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
    ending: watch::Sender<bool>,
    // Held until the last thread has ended.
    _data: DataFolder,
}

impl Server {
    /// Opens everything and starts the threads that index and research.
    ///
    /// # Errors
    /// When the address, the library or the data folder cannot be used.
    pub fn start(config: &Config) -> Result<Self, StartError> {
        check_address(config)?;
        let roots = library::roots(&config.library).map_err(StartError::new)?;
        let data = DataFolder::open(&config.data).map_err(StartError::new)?;
        let listener = listen(config.listen)?;
        let address = listener.local_addr().map_err(StartError::new)?;
        let store = SqliteStore::open(&data.runs()).map_err(StartError::new)?;
        if let Some(bytes) = config.max_store_bytes {
            store.limit_bytes(bytes).map_err(StartError::new)?;
        }
        let again = store.reclaim().map_err(StartError::new)?;
        if again > 0 {
            log::line(Level::Info, "runs-reclaimed", &[("count", &again)]);
        }
        let extractor = Extractor { program: config.program.clone(), limit: config.pdf_limit };
        let web = config.live.as_ref().map(|live| start_web(live, &config.program));
        let library = Library::open(&data.library(), roots, extractor).map_err(StartError::new)?;
        let (ending, told) = watch::channel(false);
        let shared = Arc::new(Shared {
            store: Arc::new(store),
            library: Arc::new(library),
            desk: Arc::default(),
            hub: Arc::default(),
            answers: Answers::default(),
            engine: Engine::new(config.workers),
            metrics: Arc::default(),
            gateway: Gateway::new(config.gateway.clone()),
            web,
            token: config.token.as_ref().map(|token| Token::new(token.reveal())),
            queue_limit: config.queue,
            ending: told,
        });
        let threads = start_threads(config, &shared).map_err(StartError::new)?;
        Ok(Self { listener, address, shared, threads, ending, _data: data })
    }

    /// Where the server listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` is done; then streams end, runs under way stay claimed, threads end.
    ///
    /// # Errors
    /// When the system refuses threads or the listener breaks.
    pub fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let Self { listener, shared, threads, ending, _data, .. } = self;
        let served = runtime.block_on(serve(listener, Arc::clone(&shared), ending, stop));
        shared.desk.stop();
        shared.library.stop();
        runtime.shutdown_timeout(GRACE);
        for thread in threads {
            // A thread that panicked has been reported already.
            let _ = thread.join();
        }
        served
    }
}

async fn serve(
    listener: TcpListener,
    shared: Arc<Shared>,
    ending: watch::Sender<bool>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let (stopped, mut has_stopped) = watch::channel(false);
    let told = async move {
        stop.await;
        log::line(Level::Info, "ending", &[]);
        ending.send_replace(true);
        stopped.send_replace(true);
    };
    // Small answers and small events must not wait for more to come.
    let listener = listener.tap_io(|socket| _ = socket.set_nodelay(true));
    let serving = axum::serve(listener, routes::router(shared)).with_graceful_shutdown(told);
    let overdue = async move {
        // The sender is only dropped together with the server, which then ends by itself.
        if has_stopped.wait_for(|stopped| *stopped).await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        served = async { serving.await } => served,
        () = overdue => Ok(()),
    }
}

fn start_threads(config: &Config, shared: &Arc<Shared>) -> io::Result<Vec<JoinHandle<()>>> {
    let mut threads = vec![shared.library.watch(config.rescan, Some(Arc::clone(&shared.store)))?];
    let worker = Worker {
        store: Arc::clone(&shared.store),
        library: Arc::clone(&shared.library),
        desk: Arc::clone(&shared.desk),
        hub: Arc::clone(&shared.hub),
        metrics: Arc::clone(&shared.metrics),
    };
    for _ in 0..config.workers.max(1) {
        threads.push(worker.start()?);
    }
    Ok(threads)
}

fn start_web(live: &Live, program: &Path) -> Arc<Web> {
    log::line(Level::Info, "live-pages-on", &[("pause_ms", &live.pause.as_millis())]);
    if live.allow_loopback {
        let danger = "requests can reach every service of this machine; this is for tests only";
        log::line(Level::Error, "live-pages-of-this-machine-on", &[("danger", &danger)]);
    }
    Arc::new(Web::new(live, program.to_owned()))
}

fn check_address(config: &Config) -> Result<(), StartError> {
    if config.library.is_empty() {
        return Err(StartError::new(
            "no library: name a folder of documents with --library DIR or FATHOM_LIBRARY",
        ));
    }
    if config.token.as_ref().is_some_and(|token| token.reveal().trim().is_empty()) {
        return Err(StartError::new(
            "the token is empty; choose a long one, for example with: openssl rand -hex 16",
        ));
    }
    if !config.listen.ip().is_loopback() && config.token.is_none() {
        return Err(StartError::new(format!(
            "{} can be reached from other machines; set a secret with --token, or listen on 127.0.0.1",
            config.listen
        )));
    }
    Ok(())
}

fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    let listener = TcpListener::bind(address).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => StartError::new(format!(
            "port {} is in use by another program; stop that, or choose another port with --listen {}:0",
            address.port(),
            address.ip()
        )),
        io::ErrorKind::PermissionDenied => StartError::new(format!("port {} needs more rights; choose one above 1023 with --listen", address.port())),
        io::ErrorKind::AddrNotAvailable => StartError::new(format!("{} is no address of this machine; check --listen", address.ip())),
        _ => StartError::new(format!("cannot listen on {address} ({error}); check --listen")),
    })?;
    listener.set_nonblocking(true).map_err(StartError::new)?;
    Ok(listener)
}
