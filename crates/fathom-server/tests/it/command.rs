//! The command line: clear lines for people, exit codes for scripts.

use std::net::TcpListener;
use std::process::Output;

use crate::support::{Folder, Program, small_library};

fn fathom(args: &[&str]) -> Output {
    Program::command().args(args).output().unwrap()
}

/// The one line on standard error.
fn complaint(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.starts_with("fathom: "));
    text
}

fn text(path: &std::path::Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn what_keeps_the_program_from_starting_is_said_in_one_line() {
    let (library, data) = (small_library(), Folder::new());
    library.write("file.md", "text");
    let (folder, data) = (text(library.path()), text(data.path()));
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let file = format!("{folder}/file.md");
    let below_file = format!("{file}/data");
    let free = "127.0.0.1:0";
    let cases: [(&[&str], &str); 6] = [
        (&["serve", "--listen", free, "--data", data], "--library DIR or FATHOM_LIBRARY"),
        (
            &["serve", "--listen", free, "--data", data, "--library", "/no/such/folder"],
            "does not exist",
        ),
        (&["serve", "--listen", free, "--data", data, "--library", &file], "is not a folder"),
        (
            &["serve", "--listen", &address, "--data", data, "--library", folder],
            "is in use by another program",
        ),
        (
            &["serve", "--listen", free, "--data", &below_file, "--library", folder],
            "cannot be used",
        ),
        (&["serve", "--listen", "0.0.0.0:0", "--data", data, "--library", folder], "--token"),
    ];
    for (args, words) in cases {
        let line = complaint(&fathom(args));
        assert!(line.contains(words), "{line}");
    }
}

#[test]
fn a_second_program_on_the_same_data_folder_is_refused() {
    let (library, data) = (small_library(), Folder::new());
    let first = Program::serve(library.path(), data.path());
    let args = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--data",
        text(data.path()),
        "--library",
        text(library.path()),
    ];
    let line = complaint(&fathom(&args));
    assert!(line.contains("another fathom is using the data folder"), "{line}");
    assert_eq!(first.client.get("/healthz").status, 200);
    // The lock goes away with the process, also when that is killed.
    first.kill();
    assert_eq!(Program::serve(library.path(), data.path()).client.get("/healthz").status, 200);
}

#[test]
fn one_question_prints_one_report() {
    let (library, data) = (small_library(), Folder::new());
    let common = ["--library", text(library.path()), "--data", text(data.path())];
    let question = "What are the main exports of Sweden?";
    let page = fathom(&[&["research", question][..], &common].concat());
    assert!(page.status.success(), "{page:?}");
    let said = String::from_utf8(page.stderr).unwrap();
    let grade = said.lines().last().unwrap();
    assert!(grade.starts_with("answered, ") && grade.ends_with(" % sure"), "{said}");
    let page = String::from_utf8(page.stdout).unwrap();
    let (_, below) = page.split_once("\n\n").unwrap();
    assert!(below.to_lowercase().starts_with(&format!("*{grade}.*\n")), "{page}");
    assert!(page.starts_with(&format!("# {question}\n")), "{page}");
    assert!(page.contains("packaged medicaments") && page.contains("## Sources"), "{page}");
    let json = fathom(&[&["research", question, "--json"][..], &common].concat());
    let report: fathom_core::Report = serde_json::from_slice(&json.stdout).unwrap();
    assert!(!report.sources.is_empty());
    assert_eq!(report.grade, Some(fathom_core::Grade::Answered));
    assert!(report.confidence.is_some_and(|confidence| confidence > 0.5));
}

#[test]
fn a_question_without_an_answer_is_told_as_such() {
    let (library, data) = (small_library(), Folder::new());
    let common = ["--library", text(library.path()), "--data", text(data.path())];
    let asked = fathom(&[&["research", "Zugspitze"][..], &common].concat());
    assert!(asked.status.success(), "{asked:?}");
    let said = String::from_utf8(asked.stderr).unwrap();
    assert_eq!(said.lines().last(), Some("nothing found"), "{said}");
    let page = String::from_utf8(asked.stdout).unwrap();
    assert!(page.starts_with("# Zugspitze\n\n*Nothing found.*\n\n"), "{page}");
}

#[test]
fn a_schema_that_cannot_be_used_is_refused_before_any_work() {
    let (library, data) = (small_library(), Folder::new());
    library.write("schema.json", "{\"$ref\": \"http://example.org/x.json\"}");
    let schema = library.join("schema.json");
    let args = [
        "research",
        "x",
        "--library",
        text(library.path()),
        "--data",
        text(data.path()),
        "--schema",
        text(&schema),
    ];
    assert!(complaint(&fathom(&args)).contains("schema.json"));
}

#[test]
fn pages_of_this_machine_are_let_in_only_by_a_flag_that_the_log_warns_of() {
    let (library, data, logs) = (small_library(), Folder::new(), Folder::new());
    assert_eq!(fathom(&["serve", "--live-allow-loopback"]).status.code(), Some(2));
    for (variables, words) in [
        (&["FATHOM_LIVE"][..], &["live-pages-on"][..]),
        (
            &["FATHOM_LIVE", "FATHOM_LIVE_ALLOW_LOOPBACK"],
            &["live-pages-on", "error live-pages-of-this-machine-on"],
        ),
    ] {
        let log = logs.join("log");
        let mut command = Program::command();
        command.envs(variables.iter().map(|name| (name, "true")));
        command.stderr(std::fs::File::create(&log).unwrap());
        Program::start(library.path(), data.path(), &mut command).kill();
        let log = std::fs::read_to_string(log).unwrap();
        assert!(words.iter().all(|words| log.contains(words)), "{log}");
        assert_eq!(log.contains("danger"), words.len() == 2, "{log}");
    }
}

#[test]
fn wrong_usage_is_told_apart_from_failure_and_help_is_complete() {
    assert_eq!(fathom(&["serve", "--nonsense"]).status.code(), Some(2));
    assert_eq!(fathom(&["research"]).status.code(), Some(2));
    let help = String::from_utf8(fathom(&["serve", "--help"]).stdout).unwrap();
    for words in [
        "--listen",
        "FATHOM_LISTEN",
        "127.0.0.1:8787",
        "--library",
        "--data",
        "--open",
        "--token",
        "--live",
        "FATHOM_LIVE_PORT",
        "Examples:",
    ] {
        assert!(help.contains(words), "{words} is not in {help}");
    }
    assert!(!help.contains("loopback"));
    assert!(!String::from_utf8(fathom(&["--help"]).stdout).unwrap().contains("extract"));
}
