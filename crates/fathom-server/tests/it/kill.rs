//! kill -9 at many moments: every acknowledged run finishes, and no finished report changes.

use std::collections::HashMap;

use crate::support::{Folder, Program};

/// Enough documents that indexing takes several batches.
fn library() -> Folder {
    let folder = Folder::new();
    for number in 0..300 {
        let sentence = format!(
            "The station number {number} was built in {} and exports {} tons of copper.",
            1800 + number % 200,
            number * 7
        );
        folder.write(
            &format!("part{}/station{number}.md", number % 5),
            format!("# Station {number}\n\n## History\n\n{}\n", sentence.repeat(3)),
        );
    }
    folder
}

/// The report as it stands in the answer, byte for byte.
fn report_of(body: &str) -> Option<String> {
    let (_, report) = body.split_once("\"report\":")?;
    Some(report.to_owned())
}

#[test]
fn runs_and_index_survive_kills_at_any_moment() {
    let (library, data) = (library(), Folder::new());
    let mut ids: Vec<String> = Vec::new();
    let mut finished: HashMap<String, String> = HashMap::new();
    // Each round kills after one more event of its newest run, the first ones while the library is indexed.
    for round in 0..8_usize {
        let program = Program::serve(library.path(), data.path());
        let client = program.client;
        for (id, report) in &finished {
            assert_eq!(
                report_of(&client.get(&format!("/api/v1/runs/{id}")).body).as_ref(),
                Some(report)
            );
        }
        let id = client.ask(&format!("When was station number {} built?", round * 31));
        ids.push(id.clone());
        ids.push(client.ask("Which stations export copper?"));
        let mut last = 0;
        for record in client.events(&id, 0).take(1 + round * 2) {
            let number = record["id"].as_u64().unwrap();
            assert!(number > last);
            last = number;
        }
        for id in &ids {
            let answer = client.get(&format!("/api/v1/runs/{id}"));
            assert_eq!(answer.status, 200);
            if answer.json()["status"] == "completed" {
                finished.insert(id.clone(), report_of(&answer.body).unwrap());
            }
        }
        program.kill();
    }
    let program = Program::serve(library.path(), data.path());
    for id in &ids {
        assert_eq!(program.client.ended(id)["status"], "completed");
        let first = program.client.events(id, 0).next().unwrap();
        assert_eq!(first["event"]["type"], "run-started", "a fresh follower sees one attempt");
        let text: String = program
            .client
            .events(id, 0)
            .filter_map(|record| record["event"]["text"].as_str().map(str::to_owned))
            .collect();
        assert_eq!(text, program.client.run(id)["report"]["markdown"].as_str().unwrap());
    }
    for (id, report) in &finished {
        assert_eq!(
            report_of(&program.client.get(&format!("/api/v1/runs/{id}")).body).as_ref(),
            Some(report)
        );
    }
    assert_eq!(program.client.get("/api/v1/library").json()["documents"], 300);
}

#[test]
fn a_polite_end_leaves_runs_for_the_next_start() {
    let (library, data) = (library(), Folder::new());
    let program = Program::serve(library.path(), data.path());
    let id = program.client.ask("When was station number 7 built?");
    let begun = program.client.events(&id, 0).next().unwrap();
    assert_eq!(begun["event"]["type"], "run-started");
    let killed = std::process::Command::new("kill").arg(program.id().to_string()).status().unwrap();
    assert!(killed.success() && program.wait());
    let program = Program::serve(library.path(), data.path());
    assert_eq!(program.client.ended(&id)["status"], "completed");
}
