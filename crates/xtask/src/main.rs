//! The chores of this workspace; `cargo xtask help` lists them.
#![expect(clippy::print_stdout, reason = "a chore tells the terminal what it does")]

mod app;
mod bench;
mod build;
mod ci;
mod debian;
mod demo_library;
mod fuzz;
mod metadata;
mod npm;
mod paths;
mod serve;
mod shell;
mod stamp;
mod step;
mod test;
#[cfg(test)]
mod testing;
mod tidy;
mod tools;
mod wasm;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use paths::Paths;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  serve [ARGUMENTS]       build what is missing and start Fathom; arguments go to `fathom serve`
  build                   the same without starting
  tools                   install what the other commands need
  test [PART]...          every test, or the parts named: native, api, wasm, npm, e2e, sdk, secrets
  npm                     build the npm package and pack it into target/npm
  bench NAME [ARGUMENTS]  measure: engine, module, render, server, sizes
  train engine [-- --write] what the grade of a report is told by, and what it reached
  fuzz TARGET [SECONDS]   a fuzz target for a while, see fuzz/README.md
  check                   format, clippy (native and wasm) and tidy
  tidy                    arrows between crates, licences, duplicates, names, sizes
  ci                      check and test: the whole truth
  demo-library DIR        write the demo library to an empty folder
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let (command, rest) = arguments
        .split_first()
        .map_or(("help", arguments), |(command, rest)| (command.as_str(), rest));
    let paths = Paths::find()?;
    match command {
        "serve" => {
            timed_build(&paths)?;
            let rest = rest.strip_prefix(&["--".to_owned()]).unwrap_or(rest);
            serve::serve(&paths, rest)
        }
        "build" => timed_build(&paths),
        "tools" => build::prepare(&paths).map(drop),
        "test" => test::test(&paths, rest),
        "npm" => npm::npm(&paths),
        "bench" | "train" => {
            let (name, rest) =
                rest.split_first().map_or((None, rest), |(name, rest)| (Some(name.as_str()), rest));
            let run = if command == "bench" { bench::bench } else { bench::train };
            run(&paths, name, rest)
        }
        "fuzz" => fuzz::fuzz(&paths, rest),
        "check" => ci::check(&paths),
        "tidy" => tidy::tidy(&paths),
        "ci" => {
            ci::check(&paths)?;
            test::test(&paths, &[])
        }
        "demo-library" => write_demo_library(&paths, rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        _ => bail!("there is no command `{command}`; `cargo xtask help` lists them"),
    }
}

fn timed_build(paths: &Paths) -> Result<()> {
    let start = Instant::now();
    build::build(paths)?;
    println!("{:<28} {:<10} {:>7.1} s", "everything", "built", start.elapsed().as_secs_f64());
    Ok(())
}

fn write_demo_library(paths: &Paths, arguments: &[String]) -> Result<()> {
    let [folder] = arguments else { bail!("name one folder: cargo xtask demo-library DIR") };
    let folder = std::path::absolute(folder).context("that is not a folder's name")?;
    step::step("npm packages", || build::npm(paths))?;
    step::step("demo library", || demo_library::ensure(paths, &folder).map(step::Outcome::of))
}
