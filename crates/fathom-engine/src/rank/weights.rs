//! Every number by which passages and pieces are weighed, and the table of the grade.
//!
//! The mixes were chosen by hand in a study of eight terms, where learning them gained nothing; the grade is learned by
//! `cargo xtask train engine`, which prints this table.

/// BM25 over passages: how fast repetition stops paying.
pub(super) const K1: f64 = 1.2;
/// How much a passage's length counts against it.
pub(super) const B: f64 = 0.75;
/// Shorter passages count as this long, in bytes: a line under a long heading says little.
pub(super) const FLOOR: usize = 900;
/// What a word in the title, the headings or the header of a table counts for, in words of the passage.
pub(super) const CONTEXT: f64 = 1.5;

/// What a word counts for that the library spells differently.
pub(super) const SPELLED: f64 = 0.8;
/// A word that is frequent in its language.
pub(super) const FREQUENT: f64 = 0.4;
/// One that the library does not hold.
pub(super) const UNKNOWN_FREQUENT: f64 = 0.1;
/// A pair of characters at the border of a word that carries nothing.
pub(super) const BORDER: f64 = 0.6;
/// The same where the library does not hold the pair.
pub(super) const UNKNOWN_BORDER: f64 = 0.15;

/// The mix by which a piece is ranked.
pub(super) struct Mix {
    /// The rank of its passage.
    pub passage: f64,
    /// The weight of the question's words in the piece, its headings and its title.
    pub covered: f64,
    /// In the piece alone.
    pub own: f64,
    /// Words that stand side by side as in the question.
    pub pairs: f64,
    /// The share of the last heading that the question holds.
    pub heading: f64,
    /// Of the title.
    pub title: f64,
    /// Of the label.
    pub label: f64,
    /// It opens the section or the document that the question names.
    pub opening: f64,
    /// The piece or its document is of the years asked for.
    pub years: f64,
    /// It is a question itself.
    pub question: f64,
    /// It is a few words without a value.
    pub short: f64,
}

pub(super) const MIX: Mix = Mix {
    passage: 0.5,
    covered: 0.6,
    own: 0.15,
    pairs: 0.2,
    heading: 0.3,
    title: 0.3,
    label: 0.1,
    opening: 0.4,
    years: 0.3,
    question: -0.3,
    short: -0.15,
};

/// What a piece can come to.
pub(crate) const MOST: f64 = 2.85;

/// A piece of fewer words is short.
pub(super) const SHORT: usize = 6;

/// What two words of the question count for that stand so many places apart in a piece.
pub(super) const fn nearness(distance: usize) -> f64 {
    match distance {
        0 | 1 => 1.0,
        2 => 0.6,
        3 | 4 => 0.4,
        _ => 0.0,
    }
}

/// A quote is not longer than this to a reader, in letters; most end near 600.
pub(super) const LONGEST_QUOTE: usize = 750;
/// A second or third quote comes at least this near to the best.
pub(crate) const NEAR_BEST: f64 = 0.85;
/// Further passages come at least this near.
pub(crate) const WORTH_SHOWING: f64 = 0.5;

/// From this probability on, a report says that its quotes answer.
pub(crate) const ANSWERED: f64 = 0.5;
/// From this one on, the closest passages are shown.
pub(crate) const RELATED: f64 = 0.05;
/// A name or a part of a question that nothing reaches this for is told as not found.
pub(crate) const FOUND: f64 = 0.2;
/// A labelled value under exactly the label that was asked for.
pub(crate) const EXACT_VALUE: f64 = 0.95;
/// One under a label that fits.
pub(crate) const FITTING_VALUE: f64 = 0.8;
/// A label holds at least this much of what is asked for.
pub(crate) const FITTING_LABEL: f64 = 0.6;

/// The table of the grade: what each signal counts for.
pub(super) struct Table {
    pub base: f64,
    pub best_passage: f64,
    pub covered: f64,
    pub plain: f64,
    pub pairs: f64,
    pub names: f64,
    pub unknown_names: f64,
    pub size: f64,
    pub unspaced: f64,
}
