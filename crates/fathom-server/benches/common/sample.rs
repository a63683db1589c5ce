//! Some of many, the same ones every time.

/// At most `wanted` of `all`, spread evenly from the first on.
pub fn spread<T: Clone>(all: &[T], wanted: usize) -> Vec<T> {
    if all.len() <= wanted {
        return all.to_vec();
    }
    (0..wanted).filter_map(|at| all.get(at * all.len() / wanted)).cloned().collect()
}
