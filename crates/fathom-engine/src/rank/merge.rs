//! Pieces that say the same.

use std::{collections::HashSet, rc::Rc};

use super::evidence::ratio;
use crate::{
    document::Segment,
    text::simhash::{NEAR, distance},
};

/// Pieces whose words overlap this much say the same.
const SAME: f64 = 0.8;
/// Values are short, so their titles must agree before two of them can say the same.
const LONG: usize = 8;

/// Whether two pieces say the same.
pub(crate) fn say_the_same(one: &Rc<Segment>, other: &Rc<Segment>) -> bool {
    let place = Rc::ptr_eq(&one.page, &other.page) && one.range == other.range;
    if place {
        return true;
    }
    let comparable = one.words > LONG || one.page.title_terms == other.page.title_terms;
    comparable && digits(one) == digits(other) && alike(one, other)
}

fn alike(one: &Segment, other: &Segment) -> bool {
    one.text() == other.text()
        || distance(one.print, other.print) <= NEAR && one.words > LONG
        || overlap(&one.terms, &other.terms) >= SAME && one.words > 5
}

/// Two sentences with other numbers never say the same.
fn digits(segment: &Segment) -> String {
    segment.text().chars().filter(char::is_ascii_digit).collect()
}

/// The share of terms that two sets have in common.
fn overlap(one: &HashSet<String>, other: &HashSet<String>) -> f64 {
    let shared = one.intersection(other).count();
    ratio(shared, one.len() + other.len() - shared)
}
