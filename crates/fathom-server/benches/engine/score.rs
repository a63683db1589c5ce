//! The measures that figures come from.

/// Normalised discounted cumulative gain at 10, of the grades of a ranking against all grades there are.
pub fn ndcg10(ranked: &[f64], all: &[f64]) -> f64 {
    let gain = |grades: &[f64]| -> f64 {
        grades
            .iter()
            .take(10)
            .zip(2_u32..)
            .map(|(grade, rank)| (grade.exp2() - 1.0) / f64::from(rank).log2())
            .sum()
    };
    let mut best = all.to_vec();
    best.sort_by(|a, b| b.total_cmp(a));
    let ideal = gain(&best);
    if ideal > 0.0 { gain(ranked) / ideal } else { 0.0 }
}

/// The mean of `values`.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / as_f64(values.len().max(1))
}

/// `part` of `whole`.
pub fn share(part: usize, whole: usize) -> f64 {
    as_f64(part) / as_f64(whole.max(1))
}

#[expect(clippy::cast_precision_loss, reason = "counts of a benchmark are small")]
fn as_f64(count: usize) -> f64 {
    count as f64
}
