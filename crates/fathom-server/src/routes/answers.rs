//! Answers for runs that have ended: they never change, and people poll them.
//!
//! A run has several answers where it is told in several protocols, so they are kept by a name of the
//! protocol and the run's id.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;

/// Answers kept at most, and the size above which an answer is not kept.
const KEPT: usize = 32;
const MAX_BYTES: usize = 256 << 10;

/// The newest answers, by name and run.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    kept: Mutex<VecDeque<Answer>>,
}

#[derive(Debug)]
struct Answer {
    name: String,
    run: String,
    body: Bytes,
}

impl Answers {
    pub(crate) fn get(&self, name: &str, run: &str) -> Option<Bytes> {
        let kept = self.kept();
        let mut found = kept.iter().filter(|answer| answer.run == run && answer.name == name);
        found.next().map(|answer| answer.body.clone())
    }

    /// Keeps the answer for a run that has ended.
    pub(crate) fn put(&self, name: &str, run: &str, body: Bytes) {
        let mut kept = self.kept();
        if body.len() > MAX_BYTES
            || kept.iter().any(|answer| answer.run == run && answer.name == name)
        {
            return;
        }
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(Answer { name: name.to_owned(), run: run.to_owned(), body });
    }

    /// Forgets a run that is gone.
    pub(crate) fn forget(&self, run: &str) {
        self.kept().retain(|answer| answer.run != run);
    }

    fn kept(&self) -> MutexGuard<'_, VecDeque<Answer>> {
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
            answers.put("a", &number.to_string(), Bytes::from_static(b"x"));
        }
        assert_eq!(answers.get("a", "0"), None);
        assert_eq!(answers.get("a", "1"), Some(Bytes::from_static(b"x")));
        answers.put("a", "large", Bytes::from(vec![0; MAX_BYTES + 1]));
        assert_eq!(answers.get("a", "large"), None);
        answers.put("b", "1", Bytes::from_static(b"y"));
        assert_eq!(answers.get("b", "1"), Some(Bytes::from_static(b"y")));
        answers.forget("1");
        assert_eq!((answers.get("a", "1"), answers.get("b", "1")), (None, None));
    }
}
