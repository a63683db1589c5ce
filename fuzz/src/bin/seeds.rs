//! Writes the corpus: small pieces of the transcripts, from which the fuzzer starts.
//!
//! `cargo run --manifest-path fuzz/Cargo.toml --bin seeds`

use std::{collections::BTreeSet, error::Error, fs, path::PathBuf};

use fathom_core::{
    fixture::{Entry, Fixture},
    http::Head,
    providers,
};

/// The largest seed, in bytes, and the most for one target.
const LARGEST: usize = 4_500;
const MOST: usize = 48;

fn main() -> Result<(), Box<dyn Error>> {
    let mut corpus = Corpus::default();
    for (id, fixtures) in providers::FIXTURES {
        let vendor = providers::find(id).map_or("", |provider| &provider.info().vendor);
        for (name, text) in *fixtures {
            for (number, entry) in pairs(&Fixture::parse(text)?).into_iter().enumerate() {
                let (kind, head, body) = entry;
                let name = format!("{id}-{name}-{number}");
                corpus.add(vendor, &name, [kind, &body].concat())?;
                if head.is_event_stream() {
                    corpus.add("sse", &name, [" ", &body].concat())?;
                } else {
                    corpus.add("json", &name, body)?;
                }
            }
        }
    }
    texts(&mut corpus)?;
    requests(&mut corpus)
}

/// The replies of a transcript with what they answer.
fn pairs(fixture: &Fixture) -> Vec<(&'static str, Head, String)> {
    let pairs = fixture.entries.windows(2).filter_map(|pair| {
        let [Entry::Request(request), Entry::Reply(head, body)] = pair else { return None };
        let kind = match (request.method.as_str(), head.is_event_stream()) {
            _ if !head.is_success() => "5",
            ("POST", true) => "6",
            (_, true) => "1",
            ("POST", _) if request.path.ends_with("/cancel") => "3",
            ("POST", _) => "0",
            _ if body.starts_with('[') => "4",
            _ => "2",
        };
        Some((kind, head.clone(), body.clone()))
    });
    pairs.collect()
}

/// Every form of a marker, and a report with most of what Markdown has.
fn texts(corpus: &mut Corpus) -> Result<(), Box<dyn Error>> {
    let snippets = include_str!("../../../crates/fathom-report/tests/it/snippets.txt");
    let (mut part, mut number) = (String::new(), 0);
    for line in snippets.lines().filter(|line| !line.starts_with("//")) {
        part.push_str(line.split(" => ").next().unwrap_or_default());
        part.push('\n');
        if part.len() > 300 {
            number += 1;
            corpus.add("markdown", &format!("snippets-{number}"), ["\u{5}", &part].concat())?;
            corpus.add(
                "citations",
                &format!("snippets-{number}"),
                ["companies[0].name\n", &part].concat(),
            )?;
            part.clear();
        }
    }
    let report = "# A\n\nOne *two* **three** `four` [1](https://a.example).\n\n- a\n  - b [2]\n\n1. c\n\n> d\n\n| e | f |\n|---|:-:|\n| g | h [3] |\n\n```rust\nlet i = 1;\n```\n\n$$j^2$$ and $k$\n\n[^1]: l\n\n[1]: https://a.example \"m\"\n";
    corpus.add("markdown", "report", ["\u{10}", report].concat())?;
    corpus.add("citations", "report", ["$.year\n", report].concat())
}

fn requests(corpus: &mut Corpus) -> Result<(), Box<dyn Error>> {
    for vendor in providers::VENDORS {
        for (number, route) in vendor.routes.iter().enumerate() {
            let path = route.path.replace("{id}", "run_01:a.b-c%2D");
            let line = format!("{} /{}{path}?limit=3&a=%20\n", route.method.as_str(), vendor.id);
            let headers = "content-type: application/json\naccept: text/event-stream\nx-fathom-key: k\nconnection: close\nlast-event-id: 7\nretry-after: 3\ncontent-length: 5\n";
            corpus.add("gateway", &format!("{}-{number}", vendor.id), line + headers)?;
        }
    }
    Ok(())
}

#[derive(Default)]
struct Corpus {
    seen: BTreeSet<(String, String)>,
    counts: std::collections::BTreeMap<String, usize>,
}

impl Corpus {
    fn add(&mut self, target: &str, name: &str, text: String) -> Result<(), Box<dyn Error>> {
        let count = self.counts.entry(target.to_owned()).or_default();
        let is_new = self.seen.insert((target.to_owned(), text.clone()));
        if text.len() > LARGEST || *count >= MOST || !is_new {
            return Ok(());
        }
        *count += 1;
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
        fs::create_dir_all(&folder)?;
        Ok(fs::write(folder.join(name), text)?)
    }
}
