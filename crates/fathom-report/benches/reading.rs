//! How long reading takes: a report at once, and a piece at the start and at the end of a stream.
//!
//! The last column is the figure that matters: what a piece costs must not depend on what came before.

#![expect(clippy::print_stdout, reason = "the figures are what this is for")]
#![expect(clippy::indexing_slicing, reason = "a bench without measurements should fail")]

use std::time::{Duration, Instant};

use fathom_report::Document;

const SIZE: usize = 200 * 1024;
const PIECE: usize = 40;

fn main() {
    println!(
        "{:<12} {:>12} {:>16} {:>16} {:>7}",
        "text", "at once", "piece at start", "piece at end", "ratio"
    );
    for (name, text) in texts() {
        let text: String = text.chars().take(SIZE).collect();
        let (start, end) = pieces(&text);
        println!(
            "{name:<12} {:>9.2} ms {:>13.2} us {:>13.2} us {:>7.2}",
            at_once(&text).as_secs_f64() * 1e3,
            start.as_secs_f64() * 1e6,
            end.as_secs_f64() * 1e6,
            end.as_secs_f64() / start.as_secs_f64()
        );
    }
}

fn texts() -> Vec<(&'static str, String)> {
    let sentence = "Norway exported **natural gas** worth 90.1 billion [1][4], see [the table](https://a.example/t). ";
    let section = |n: usize| {
        format!(
            "## Part {n}\n\n{}\n\n- one [2]\n- *two* [3]\n\n| a | b |\n|---|--:|\n| x [1] | 2 |\n\n",
            sentence.repeat(5)
        )
    };
    let repeat = |head: &str, unit: &str| format!("{head}{}", unit.repeat(SIZE / unit.len() + 1));
    vec![
        ("report", (0..400).map(section).collect()),
        (
            "table",
            repeat(
                "| a | b | c |\n|---|---|---|\n",
                "| Norway [1] | 5,509,733 | *natural gas* |\n",
            ),
        ),
        ("list", repeat("", "- Norway exported gas [1] and **fish** [2]\n")),
        ("nested list", repeat("- outer\n", "  - Norway exported gas [1] and **fish** [2]\n")),
        ("code", repeat("```\n", "let exports = [1, 2, 3]; // not a citation\n")),
        ("paragraph", repeat("", &sentence.replace('\n', " "))),
        ("quote", repeat("", "> Norway exported gas [1].\n>\n")),
    ]
}

fn at_once(text: &str) -> Duration {
    best(5, || {
        std::hint::black_box(Document::read(text));
    })
}

/// The median cost of a piece and of the blocks after it, in the first and the last tenth.
fn pieces(text: &str) -> (Duration, Duration) {
    let characters: Vec<char> = text.chars().collect();
    let pieces: Vec<String> =
        characters.chunks(PIECE).map(|piece| piece.iter().collect()).collect();
    let mut document = Document::new();
    let mut times = Vec::with_capacity(pieces.len());
    for piece in &pieces {
        let start = Instant::now();
        document.push(piece);
        std::hint::black_box(document.blocks());
        times.push(start.elapsed());
    }
    let tenth = times.len() / 10;
    (median(&times[tenth / 2..tenth + tenth / 2]), median(&times[times.len() - tenth..]))
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times[times.len() / 2]
}

fn best(count: usize, mut work: impl FnMut()) -> Duration {
    let times = (0..count).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}
