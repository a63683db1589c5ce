//! A line of figures for every set, all in the same columns.

use crate::judge::Figures;

/// What the columns say.
pub fn legend() {
    println!(
        "n: questions that something answers; first, three, any: the answer is in the first quote, in the first three, in \
         any; answ.: the report is graded answered; right: of those, the answer is in the first three; not: reports \
         graded answered of those on questions that nothing answers; none: reports without a quote on questions that \
         something answers; chars: shown in the mean; broken: quotes that are not in the stored text"
    );
}

pub fn heading() {
    println!(
        "\n{:<26} {:>4} {:>6} {:>6} {:>6} {:>6} {:>6} {:>10} {:>5} {:>6} {:>8} {:>8} {:>6}",
        "set",
        "n",
        "first",
        "three",
        "any",
        "answ.",
        "right",
        "not",
        "none",
        "chars",
        "p50",
        "p95",
        "broken"
    );
}

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
        "{} {:>6} {:>6} {wrongly:>10} {:>5} {:>6.0} {:>8} {:>8} {:>6}",
        places(name, figures),
        figure(figures.answered(), answerable),
        figure(figures.trusted(), answerable),
        figures.without_quote(),
        figures.characters(),
        time(50),
        time(95),
        figures.broken,
    );
}

/// The five best passages of plain full-text search, which say nothing of their worth.
pub fn beside(figures: &Figures) {
    println!(
        "{} {:>6} {:>6} {:>10} {:>5} {:>6.0}",
        places("  plain BM25, 5 passages", figures),
        "-",
        "-",
        "-",
        figures.without_quote(),
        figures.characters(),
    );
}

fn places(name: &str, figures: &Figures) -> String {
    let n = figures.counts().0;
    let within = |depth| figure(figures.within(depth), n);
    let (first, three, any) = (within(1), within(3), within(usize::MAX));
    format!("{name:<26} {n:>4} {first:>6} {three:>6} {any:>6}")
}

fn figure(value: f64, of: usize) -> String {
    if of == 0 { "-".to_owned() } else { format!("{value:.3}") }
}
