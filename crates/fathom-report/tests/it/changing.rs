//! Changes between readings, applied as another language would apply them.

use fathom_report::{Document, Pieces, block::Changes};
use serde_json::{Value, json};

use crate::random::{self, Random};

/// Somebody who only sees the changes.
#[derive(Default)]
struct Follower {
    shown: Pieces<fathom_report::Block>,
    blocks: Vec<Value>,
}

impl Follower {
    /// Takes in what changed and says how many bytes crossed.
    fn follow(&mut self, document: &Document) -> usize {
        let now = document.blocks();
        let changes = serde_json::to_value(Changes::between(&self.shown, &now)).unwrap();
        apply(&mut self.blocks, &changes);
        self.shown = now;
        changes.to_string().len()
    }
}

fn apply(list: &mut Vec<Value>, changes: &Value) {
    let from = usize::try_from(changes["from"].as_u64().unwrap()).unwrap();
    let grown = changes.get("grow").map(|grow| {
        let mut entry = list[from].take();
        let inner = match entry["kind"].as_str() {
            Some("list") => "items",
            Some("table") => "rows",
            Some("code") => "text",
            _ => "blocks",
        };
        apply(entry[inner].as_array_mut().unwrap(), grow);
        entry
    });
    list.truncate(from);
    list.extend(grown);
    list.extend(changes["new"].as_array().unwrap().iter().cloned());
}

#[test]
fn following_the_changes_gives_every_reading() {
    let mut grown = 0;
    for seed in 0..100 {
        let mut random = Random::new(6000 + seed);
        let text = random::markdown(&mut random, 80);
        let (mut document, mut follower) = (Document::new(), Follower::default());
        for piece in random::pieces(&mut random, &text, 9) {
            document.push(piece);
            follower.follow(&document);
            assert_eq!(json!(follower.blocks), json!(document.blocks()), "seed {seed}, {text:?}");
        }
        document.finish();
        follower.follow(&document);
        assert_eq!(json!(follower.blocks), json!(Document::read(&text).frozen()), "seed {seed}");
        grown += usize::from(follower.blocks.iter().any(|block| !block["items"].is_null()));
    }
    assert!(grown > 15, "{grown}");
}

#[test]
fn what_crosses_does_not_grow_with_what_came_before() {
    let table = std::iter::once("| a | b |\n|---|---|\n".to_owned())
        .chain((0..500).map(|row| format!("| row {row} | [1] |\n")));
    let list = (0..500).map(|item| format!("- item {item}\n  - inner\n"));
    let code =
        std::iter::once("```rust\n".to_owned()).chain((0..500).map(|_| "let x = 1;\n".to_owned()));
    let quote = (0..500).map(|line| format!("> line {line}\n>\n"));
    for lines in [table.collect::<Vec<_>>(), list.collect(), code.collect(), quote.collect()] {
        let (mut document, mut follower) = (Document::new(), Follower::default());
        for line in lines {
            document.push(&line);
            let bytes = follower.follow(&document);
            assert!(bytes < 2_000, "{bytes} bytes for {line:?}");
        }
        assert_eq!(follower.blocks.len(), 1);
    }
}

#[test]
fn nothing_new_is_said_as_nothing() {
    let mut document = Document::new();
    document.push("# A\n\n- b\n- c");
    let (before, now) = (document.blocks(), document.blocks());
    let changes = serde_json::to_value(Changes::between(&before, &now)).unwrap();
    assert_eq!(changes, json!({ "from": 2, "new": [] }));
}
