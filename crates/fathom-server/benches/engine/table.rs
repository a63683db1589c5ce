//! A line of figures for every set, all in the same columns.

use crate::judge::Figures;

pub fn heading() {
    println!(
        "\n{:<26} {:>5} {:>6} {:>6} {:>6} {:>6} {:>6} {:>11} {:>5} {:>6} {:>7} {:>7} {:>6}",
        "set",
        "n",
        "first",
        "three",
        "any",
        "answ.",
        "given",
        "not: answ.",
        "none",
        "chars",
        "p50",
        "p95",
        "broken"
    );
}

/// `given`: of those graded answered, the share with the answer in the first three quotes.
pub fn row(name: &str, figures: &Figures) {
    let (answerable, absent) = figures.counts();
    let wrongly = match absent {
        0 => "-".to_owned(),
        _ => format!("{} of {absent}", figures.wrongly_answered()),
    };
    let time = |percent| match figures.times.is_empty() {
        true => "-".to_owned(),
        false => format!("{:.1?}", figures.percentile(percent)),
    };
    println!(
        "{name:<26} {answerable:>5} {} {} {} {} {} {wrongly:>11} {:>5} {:>6.0} {:>7} {:>7} {:>6}",
        figure(figures.within(1), answerable),
        figure(figures.within(3), answerable),
        figure(figures.within(usize::MAX), answerable),
        figure(figures.answered(), answerable),
        figure(figures.trusted(), answerable),
        figures.without_quote(),
        figures.characters(),
        time(50),
        time(95),
        figures.broken,
    );
}

fn figure(value: f64, of: usize) -> String {
    if of == 0 { format!("{:>6}", "-") } else { format!("{value:>6.3}") }
}
