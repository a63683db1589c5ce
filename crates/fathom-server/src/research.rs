//! `fathom research`: one question, one report, no server.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use fathom_core::{Event, Report, Task};
use fathom_engine::{Observer, research};
use fathom_report::export::{grade, markdown};

use crate::cli::ResearchArgs;
use crate::data::{self, DataFolder};
use crate::index::FtsIndex;
use crate::library::{self, Extractor, Library, Readiness};
use crate::program::{no_home, this_program};
use crate::serve::StartError;

/// How long one PDF may take.
const PDF_LIMIT: Duration = Duration::from_secs(60);
/// How often progress is shown while the library is indexed.
const GLANCE: Duration = Duration::from_millis(500);

/// Researches and prints.
pub(crate) fn run(args: &ResearchArgs) -> Result<(), StartError> {
    let task = task(args)?;
    let folders = args.library.folders();
    if folders.is_empty() {
        return Err(StartError::new(
            "no library: name a folder of documents with --library DIR or FATHOM_LIBRARY",
        ));
    }
    let roots = library::roots(&folders).map_err(StartError::new)?;
    let folder =
        args.data.clone().or_else(|| data::default_folder().map(|folder| folder.join("research")));
    let data = DataFolder::open(&folder.ok_or_else(no_home)?).map_err(StartError::new)?;
    let extractor = Extractor { program: this_program()?, limit: PDF_LIMIT };
    let library =
        Arc::new(Library::open(&data.library(), roots, extractor).map_err(StartError::new)?);
    index(&library)?;
    let report = library.read(|conn| research(&task, None, &FtsIndex::new(conn), &mut Progress));
    let mut report = report.map_err(StartError::new)?.map_err(StartError::new)?;
    report.warnings.extend(library.warning());
    print(&task, &report, args.json)
}

fn task(args: &ResearchArgs) -> Result<Task, StartError> {
    let schema = args.schema.as_deref().map(read_schema).transpose()?;
    Ok(Task {
        question: args.question.trim().to_owned(),
        effort: args.effort,
        output_schema: schema,
        ..Task::default()
    })
}

fn read_schema(file: &Path) -> Result<serde_json::Value, StartError> {
    let say = |problem: &dyn std::fmt::Display| {
        StartError::new(format!("the schema {} cannot be used: {problem}", file.display()))
    };
    let bytes = fs::read(file).map_err(|error| say(&error))?;
    let schema = serde_json::from_slice(&bytes).map_err(|error| say(&error))?;
    fathom_engine::check_schema(&schema).map_err(|error| say(&error))?;
    Ok(schema)
}

fn index(library: &Arc<Library>) -> Result<(), StartError> {
    let scan = Arc::clone(library);
    let scanning =
        std::thread::Builder::new().name("library".to_owned()).spawn(move || scan.scan_once(None));
    let scanning = scanning.map_err(StartError::new)?;
    while !scanning.is_finished() {
        if let Readiness::Indexing { indexed, total } = library.readiness(GLANCE) {
            say(&format!("indexing: {indexed} of {total}"));
        } else {
            break;
        }
    }
    // A library that was ready before is brought up to date all the same.
    let _ = scanning.join();
    match library.readiness(Duration::ZERO) {
        Readiness::Ready => Ok(()),
        Readiness::Broken(problem) => Err(StartError::new(problem)),
        Readiness::Indexing { .. } => Err(StartError::new("the library could not be indexed")),
    }
}

fn print(task: &Task, report: &Report, json: bool) -> Result<(), StartError> {
    let text = if json {
        serde_json::to_string_pretty(report).map_err(StartError::new)? + "\n"
    } else {
        markdown(&task.question, report)
    };
    std::io::stdout().lock().write_all(text.as_bytes()).map_err(StartError::new)?;
    if let Some(line) = grade(report) {
        say(&line);
    }
    Ok(())
}

/// Tells on standard error what happens.
struct Progress;

impl Observer for Progress {
    fn event(&mut self, event: Event) {
        match event {
            Event::SearchEnded { query, passages, .. } => {
                say(&format!("searched {query:?}: {passages} passages"))
            }
            Event::ReadEnded { documents, sentences } => {
                say(&format!("read {documents} documents, {sentences} sentences"))
            }
            Event::SelectEnded { kept, merged } => {
                say(&format!("kept {kept} sentences, merged {merged}"))
            }
            Event::CheckEnded { checked, dropped } => {
                say(&format!("checked {checked} quotes, dropped {dropped}"))
            }
            Event::WarningRaised { warning } => say(&format!("note: {}", warning.message)),
            _ => {}
        }
    }

    fn is_cancelled(&self) -> bool {
        false
    }
}

fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
