//! Other programs, run so that a failure says what failed.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

use crate::paths::Paths;

/// A program to be run in the repository.
pub(crate) fn program(paths: &Paths, name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(&paths.root);
    command
}

/// The cargo that runs us, and so the toolchain that rust-toolchain.toml names.
pub(crate) fn cargo(paths: &Paths) -> Command {
    program(paths, env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// `PATH` with our own tools in front.
pub(crate) fn path_with(folders: &[PathBuf]) -> Result<OsString> {
    let given = env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(env::split_paths(&given));
    env::join_paths(all).context("a folder on PATH has a separator in its name")
}

/// Runs to the end, the terminal shared; anything but success is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    println!("$ {}", line(command));
    let status = command.status().with_context(|| missing(command))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Runs quietly and returns what was printed.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| missing(command))?;
    if !output.status.success() {
        bail!("`{}` failed ({})", line(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{}` printed no text", line(command)))
}

/// Runs to the end and shows each line of its output to `look`; says whether it succeeded.
pub(crate) fn watch(command: &mut Command, look: impl FnMut(&str)) -> Result<bool> {
    println!("$ {}", line(command));
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| missing(command))?;
    show(child.stdout.take(), &mut io::sink(), look)?;
    Ok(child.wait()?.success())
}

/// The same, and copies all that it writes, errors too, into a file.
pub(crate) fn record(
    command: &mut Command,
    mut file: File,
    look: impl FnMut(&str),
) -> Result<bool> {
    println!("$ {}", line(command));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| missing(command))?;
    let (errors, mut copy) = (child.stderr.take(), file.try_clone()?);
    let errors = thread::spawn(move || tee(errors, &mut copy));
    show(child.stdout.take(), &mut file, look)?;
    let errors = errors.join().ok().context("the errors were not read")?;
    errors.context("the errors were not copied")?;
    Ok(child.wait()?.success())
}

fn show(
    output: Option<impl Read>,
    copy: &mut impl Write,
    mut look: impl FnMut(&str),
) -> Result<()> {
    let output = output.context("the output was not connected")?;
    for bytes in BufReader::new(output).split(b'\n') {
        let bytes = bytes?;
        copy.write_all(&bytes)?;
        copy.write_all(b"\n")?;
        let text = String::from_utf8_lossy(&bytes);
        println!("{text}");
        look(&text);
    }
    Ok(())
}

/// Passes on what comes as it comes.
fn tee(source: Option<impl Read>, copy: &mut impl Write) -> io::Result<()> {
    let Some(mut source) = source else { return Ok(()) };
    let mut buffer = [0; 4096];
    loop {
        let length = source.read(&mut buffer)?;
        let bytes = buffer.get(..length).unwrap_or_default();
        if bytes.is_empty() {
            return Ok(());
        }
        io::stderr().write_all(bytes)?;
        copy.write_all(bytes)?;
    }
}

fn line(command: &Command) -> String {
    let name = PathBuf::from(command.get_program());
    let words = command.get_args().map(|word| word.to_string_lossy().into_owned());
    let name = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
    std::iter::once(name).chain(words).collect::<Vec<_>>().join(" ")
}

fn missing(command: &Command) -> String {
    format!(
        "cannot start `{}`; install it or put it on PATH",
        command.get_program().to_string_lossy()
    )
}
