//! The table of the grade, written by `cargo xtask train engine -- --write`.

use super::weights::Table;

pub(super) const TABLE: Table = Table {
    base: -4.23,
    best_passage: 6.18,
    covered: 3.56,
    plain: 0.53,
    pairs: 1.08,
    names: 0.76,
    unknown_names: -5.19,
    size: -0.8,
    unspaced: 1.05,
};
