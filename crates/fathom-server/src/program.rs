//! From the command line to the part that does the work.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Command as Process, ExitCode, Stdio};
use std::time::Duration;

use clap::Parser as _;
use fathom_core::Secret;

use crate::cli::{Cli, Command, LiveArgs, ServeArgs};
use crate::gateway::Settings;
use crate::serve::{Config, Server, StartError};
use crate::web::Live;
use crate::{data, extract, research, serve};

/// Runs the program; the exit code says how it went.
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(args) => serve(args),
        Command::Research(args) => research::run(&args),
        Command::Extract { file } => return extract::run(&file),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "fathom: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(args: ServeArgs) -> Result<(), StartError> {
    let open = args.open;
    // Every follower holds a socket, and many systems begin with room for few.
    #[cfg(unix)]
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    let server = Server::start(&config(args)?)?;
    let address = server.address();
    let _ = writeln!(std::io::stdout(), "Fathom is ready on http://{address}");
    if open {
        open_browser(address);
    }
    server.run(told_to_end()).map_err(StartError::new)
}

fn config(args: ServeArgs) -> Result<Config, StartError> {
    let data = args.data.or_else(data::default_folder).ok_or_else(no_home)?;
    let config = Config::new(args.library.folders(), data, this_program()?);
    Ok(Config {
        listen: args.listen,
        token: args.token.map(Secret::new),
        workers: args.workers.map_or_else(serve::default_workers, usize::from),
        queue: args.queue,
        rescan: Duration::from_secs(args.rescan),
        gateway: Settings::from_environment().map_err(StartError::new)?,
        live: live(args.live),
        ..config
    })
}

fn live(args: LiveArgs) -> Option<Live> {
    args.live.then(|| Live {
        allow_loopback: args.live_allow_loopback,
        ports: args.live_port,
        pause: Duration::from_millis(args.live_pause),
        ..Live::default()
    })
}

pub(crate) fn no_home() -> StartError {
    StartError::new("this user has no data folder; name one with --data DIR")
}

pub(crate) fn this_program() -> Result<PathBuf, StartError> {
    std::env::current_exe()
        .map_err(|error| StartError::new(format!("the program does not find itself ({error})")))
}

/// Done when the user or the system asks the program to end.
async fn told_to_end() {
    let interrupt = async { tokio::signal::ctrl_c().await.is_ok() };
    #[cfg(unix)]
    {
        let Ok(mut terminate) =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        else {
            interrupt.await;
            return;
        };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}

/// Opens the app; a machine without a browser is no reason to fail.
fn open_browser(address: SocketAddr) {
    let opener = if cfg!(windows) {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let _ = Process::new(opener)
        .arg(format!("http://{address}/"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}
