//! Whether a report answers, in one line.

use fathom_core::{Grade, Report};

/// What a report says of its own worth; nothing where its provider does not say.
///
/// Never quite sure and never without hope: a probability is shown as 1 to 99 of a hundred.
pub fn grade(report: &Report) -> Option<String> {
    let mut line = match report.grade? {
        Grade::Answered => "answered",
        Grade::Related => "may not answer; the closest passages are shown",
        Grade::Nothing => "nothing found",
    }
    .to_owned();
    if let (Some(Grade::Answered), Some(percent)) =
        (report.grade, report.confidence.and_then(percent))
    {
        line.push_str(", ");
        line.push_str(&percent.to_string());
        line.push_str(" % sure");
    }
    Some(line)
}

/// A probability in whole parts of a hundred; nothing where it is none.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 99")]
pub fn percent(probability: f64) -> Option<u8> {
    let fits = (0.0..=1.0).contains(&probability);
    fits.then(|| (probability * 100.0).round().clamp(1.0, 99.0) as u8)
}
