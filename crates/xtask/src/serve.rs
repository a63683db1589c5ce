//! The program in the foreground.

use std::process::Command;

use anyhow::Result;

use crate::paths::Paths;
use crate::shell;

/// Starts the built program on the demo library, unless `arguments` name another one. Signals
/// reach it directly and its exit code is ours.
pub(crate) fn serve(paths: &Paths, arguments: &[String]) -> Result<()> {
    let mut fathom = shell::program(paths, paths.program());
    fathom.arg("serve");
    let given = |flag: &str| {
        let twin = format!("{flag}=");
        arguments.iter().any(|argument| argument == flag || argument.starts_with(&twin))
    };
    if !given("--library") && std::env::var_os("FATHOM_LIBRARY").is_none() {
        fathom.arg("--library").arg(paths.demo_library());
    }
    if !given("--data") && std::env::var_os("FATHOM_DATA").is_none() {
        fathom.arg("--data").arg(paths.target.join("fathom-data"));
    }
    become_program(fathom.args(arguments))
}

#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;

    let error = command.exec();
    Err(anyhow::Error::from(error).context("cannot start the program"))
}

#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<()> {
    let status = command.status()?;
    std::process::exit(status.code().unwrap_or(1))
}
