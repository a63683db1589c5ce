//! The built program with a real browser.

use anyhow::Result;

use super::browser;
use super::count::Count;
use super::traces::Traces;
use crate::paths::Paths;
use crate::shell;

pub(super) fn run(paths: &Paths, traces: &Traces) -> Result<Count> {
    let browser = browser::find(paths)?;
    let mut node = shell::program(paths, "node");
    node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]);
    let mut tests: Vec<_> = std::fs::read_dir(paths.root.join("web").join("e2e"))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    tests.sort();
    node.args(tests);
    node.env("FATHOM_PROGRAM", paths.program());
    node.env("FATHOM_DEMO_LIBRARY", paths.demo_library());
    node.env("FATHOM_PICTURES", paths.target.join("pictures"));
    node.env("CHROMIUM", &browser.program);
    let mut count = Count::default();
    let succeeded = traces.watch(&mut node, |line| count.read_node(line))?;
    Ok(count.finish(succeeded))
}
