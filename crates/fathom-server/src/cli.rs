//! The command line. Every flag has an environment twin.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use fathom_core::Effort;

/// Researches your documents and reports with a source behind every sentence.
#[derive(Debug, Parser)]
#[command(name = "fathom", version, about, arg_required_else_help = true, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  fathom serve --library ~/notes --open
  fathom research \"What did we decide about prices?\" --library ~/notes > report.md";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serves the app and the API on this machine.
    Serve(ServeArgs),
    /// Researches one question and prints the report.
    Research(ResearchArgs),
    /// Prints the text of a PDF as JSON; the program calls itself this way to read untrusted files.
    #[command(hide = true)]
    Extract {
        /// The PDF; - reads it from standard input.
        file: PathBuf,
    },
}

const SERVE_EXAMPLES: &str = "\
Examples:
  fathom serve --library ~/notes --library ~/papers
  FATHOM_LIBRARY=~/notes fathom serve --open
  fathom serve --library ~/notes --listen 0.0.0.0:8787 --token \"$(openssl rand -hex 16)\"

Keys of vendors come from the environment, never from a flag; docs/api.md names the variables.

Documents may be markdown (.md), plain text (.txt), HTML (.html) or PDF (.pdf). They are only read, never changed.
Stop with Ctrl+C; runs that were under way go on at the next start.";

#[derive(Args, Debug)]
#[command(after_help = SERVE_EXAMPLES)]
pub(crate) struct ServeArgs {
    /// Address and port to listen on; port 0 takes any free one.
    #[arg(long, env = "FATHOM_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:8787")]
    pub listen: SocketAddr,
    #[command(flatten)]
    pub library: LibraryArgs,
    /// Folder for runs and index [default: fathom in the user's data folder].
    #[arg(long, env = "FATHOM_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Opens the app in the browser.
    #[arg(long, env = "FATHOM_OPEN")]
    pub open: bool,
    /// Secret that every client must show; needed to listen on more than this machine.
    #[arg(long, env = "FATHOM_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// Runs that are researched at the same time [default: the number of processors, at most 4].
    #[arg(long, env = "FATHOM_WORKERS", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub workers: Option<u16>,
    /// Runs that may wait; more are answered with 429.
    #[arg(long, env = "FATHOM_QUEUE", value_name = "N", default_value_t = 256)]
    pub queue: u64,
    /// Seconds between two looks at the library for changed files.
    #[arg(long, env = "FATHOM_RESCAN", value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    pub rescan: u64,
    #[command(flatten)]
    pub live: LiveArgs,
}

/// Pages of the web, fetched when a request asks for them.
#[derive(Args, Debug)]
pub(crate) struct LiveArgs {
    /// Lets requests fetch public web pages; without it no request leaves for a page.
    #[arg(long, env = "FATHOM_LIVE")]
    pub live: bool,
    /// Port that pages may be fetched from besides 80 and 443; may be given more than once.
    #[arg(long, env = "FATHOM_LIVE_PORT", value_name = "PORT", value_delimiter = ',')]
    pub live_port: Vec<u16>,
    /// Milliseconds between two requests to one host.
    #[arg(long, env = "FATHOM_LIVE_PAUSE", value_name = "MS", default_value_t = 250)]
    pub live_pause: u64,
    /// Also fetches pages from this machine itself; only for tests.
    #[arg(long, env = "FATHOM_LIVE_ALLOW_LOOPBACK", hide = true, requires = "live")]
    pub live_allow_loopback: bool,
}

#[derive(Args, Debug)]
pub(crate) struct LibraryArgs {
    /// Folder of documents to research; may be given more than once, or as a list like PATH.
    #[arg(long, env = "FATHOM_LIBRARY", value_name = "DIR")]
    pub library: Vec<PathBuf>,
}

impl LibraryArgs {
    /// The folders. A value that is no folder itself is taken apart as PATH is.
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        let list = |folder: &PathBuf| match folder.exists() {
            true => vec![folder.clone()],
            false => {
                std::env::split_paths(folder).filter(|part| !part.as_os_str().is_empty()).collect()
            }
        };
        self.library.iter().flat_map(list).collect()
    }
}

const RESEARCH_EXAMPLES: &str = "\
Examples:
  fathom research \"Compare the exports of Norway and Sweden\" --library ~/factbook > report.md
  fathom research \"Who chaired the meetings?\" --library ~/minutes --schema chairs.json --json

The report goes to standard output, progress to standard error.
Exit codes: 0 report written (also when the library holds nothing on the question), 1 failed, 2 wrong usage.";

#[derive(Args, Debug)]
#[command(after_help = RESEARCH_EXAMPLES)]
pub(crate) struct ResearchArgs {
    /// The question.
    pub question: String,
    #[command(flatten)]
    pub library: LibraryArgs,
    /// How deep to go: quick, standard or deep.
    #[arg(long, env = "FATHOM_EFFORT", value_name = "EFFORT", default_value = "standard", value_parser = effort)]
    pub effort: Effort,
    /// JSON Schema file; the report then also holds a value of that shape.
    #[arg(long, env = "FATHOM_SCHEMA", value_name = "FILE")]
    pub schema: Option<PathBuf>,
    /// Prints the report as JSON instead of markdown.
    #[arg(long, env = "FATHOM_JSON")]
    pub json: bool,
    /// Folder for the index [default: fathom/research in the user's data folder].
    #[arg(long, env = "FATHOM_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
}

fn effort(word: &str) -> Result<Effort, String> {
    let known = Effort::ALL.into_iter().find(|effort| effort.as_str() == word);
    known.ok_or_else(|| "expected quick, standard or deep".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Cli;

    #[test]
    fn every_flag_has_an_environment_twin() {
        Cli::command().debug_assert();
        for command in Cli::command().get_subcommands() {
            for flag in command.get_arguments().filter(|arg| arg.get_long().is_some()) {
                let name = flag.get_long().unwrap_or_default();
                let twin = format!("FATHOM_{}", name.to_uppercase().replace('-', "_"));
                assert_eq!(flag.get_env().and_then(|env| env.to_str()), Some(&*twin));
            }
        }
    }
}
