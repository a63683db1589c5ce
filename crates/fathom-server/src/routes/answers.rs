//! Answers for runs that have ended: they never change, and people poll them.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;

/// Answers kept at most, and the size above which an answer is not kept.
const KEPT: usize = 32;
const MAX_BYTES: usize = 256 << 10;

/// The newest answers, by run.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    kept: Mutex<VecDeque<(String, Bytes)>>,
}

impl Answers {
    pub(super) fn get(&self, run: &str) -> Option<Bytes> {
        self.kept().iter().find(|(kept, _)| kept == run).map(|(_, body)| body.clone())
    }

    /// Keeps the answer for a run that has ended.
    pub(super) fn put(&self, run: &str, body: Bytes) {
        let mut kept = self.kept();
        if body.len() > MAX_BYTES || kept.iter().any(|(known, _)| known == run) {
            return;
        }
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back((run.to_owned(), body));
    }

    fn kept(&self) -> MutexGuard<'_, VecDeque<(String, Bytes)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Bytes;

    use super::{Answers, KEPT, MAX_BYTES};

    #[test]
    fn only_a_few_small_answers_are_kept() {
        let answers = Answers::default();
        for number in 0..=KEPT {
            answers.put(&number.to_string(), Bytes::from_static(b"x"));
        }
        assert_eq!(answers.get("0"), None);
        assert_eq!(answers.get("1"), Some(Bytes::from_static(b"x")));
        answers.put("large", Bytes::from(vec![0; MAX_BYTES + 1]));
        assert_eq!(answers.get("large"), None);
    }
}
