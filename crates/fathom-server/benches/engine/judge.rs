//! Whether reports are right, and the figures of many of them.

use std::time::Duration;

use crate::program::{Answer, Grade, Program, Quote};
use crate::score::{mean, share};

/// Says whether a quote, of the document at the path, answers.
pub type Gold = Box<dyn Fn(&str, &str) -> bool>;

/// A question and what answers it; nothing where the library does not.
pub struct Case {
    pub question: String,
    pub gold: Option<Gold>,
}

/// What became of one question.
#[derive(Clone)]
pub struct Judged {
    pub answerable: bool,
    /// The place of the first right quote, from 1; 0 when there is none.
    pub place: usize,
    pub grade: Grade,
    quotes: usize,
    characters: usize,
}

impl Case {
    pub fn judge(&self, answer: &Answer) -> Judged {
        let quotes = answer.quotes.iter().map(|quote| (quote.path(), &*quote.text));
        Judged {
            answerable: self.gold.is_some(),
            place: self.place(quotes),
            grade: answer.grade,
            quotes: answer.quotes.len(),
            characters: answer.markdown.chars().count(),
        }
    }

    /// The same for bare passages, of which nobody says what they are worth.
    pub fn judge_passages(&self, passages: &[(String, String)]) -> Judged {
        let quotes = passages.iter().map(|(path, text)| (&**path, &**text));
        Judged {
            answerable: self.gold.is_some(),
            place: self.place(quotes),
            grade: if passages.is_empty() { Grade::Nothing } else { Grade::Answered },
            quotes: passages.len(),
            characters: passages.iter().map(|(_, text)| text.chars().count()).sum(),
        }
    }

    fn place<'a>(&self, quotes: impl IntoIterator<Item = (&'a str, &'a str)>) -> usize {
        let Some(gold) = &self.gold else { return 0 };
        let right = quotes.into_iter().position(|(path, text)| gold(path, text));
        right.map_or(0, |at| at + 1)
    }
}

/// The figures of a set.
#[derive(Clone, Default)]
pub struct Figures {
    judged: Vec<Judged>,
    /// Quotes that are not what the stored text says there.
    pub broken: usize,
    /// Sorted times of a sample; none where nothing was timed.
    pub times: Vec<Duration>,
}

impl Figures {
    pub fn of(judged: Vec<Judged>) -> Self {
        Self { judged, ..Self::default() }
    }

    /// The figures of several sets as one.
    pub fn together(sets: &[Self]) -> Self {
        let judged = sets.iter().flat_map(|set| set.judged.clone()).collect();
        let broken = sets.iter().map(|set| set.broken).sum();
        Self { judged, broken, times: Vec::new() }
    }

    fn answerable(&self) -> impl Iterator<Item = &Judged> {
        self.judged.iter().filter(|judged| judged.answerable)
    }

    fn absent(&self) -> impl Iterator<Item = &Judged> {
        self.judged.iter().filter(|judged| !judged.answerable)
    }

    /// Answerable questions, and others.
    pub fn counts(&self) -> (usize, usize) {
        (self.answerable().count(), self.absent().count())
    }

    /// The share of answerable questions with a right quote among the first so many.
    pub fn within(&self, depth: usize) -> f64 {
        let right = self.answerable().filter(|judged| (1..=depth).contains(&judged.place));
        share(right.count(), self.counts().0)
    }

    /// The share of answerable questions whose report says that it answers.
    pub fn answered(&self) -> f64 {
        share(self.answerable().filter(|judged| judged.says_answered()).count(), self.counts().0)
    }

    /// How many questions that nothing answers have a report that says that it answers.
    pub fn wrongly_answered(&self) -> usize {
        self.absent().filter(|judged| judged.says_answered()).count()
    }

    /// The same as a share.
    pub fn wrongly(&self) -> f64 {
        share(self.wrongly_answered(), self.counts().1)
    }

    /// The share of right reports, one of the first three quotes, where the report says that it answers.
    pub fn trusted(&self) -> f64 {
        let said: Vec<&Judged> =
            self.answerable().filter(|judged| judged.says_answered()).collect();
        let right = said.iter().filter(|judged| (1..=3).contains(&judged.place));
        share(right.count(), said.len())
    }

    /// Answerable questions whose report quotes nothing.
    pub fn without_quote(&self) -> usize {
        self.answerable().filter(|judged| judged.quotes == 0).count()
    }

    /// The mean length of what is shown.
    pub fn characters(&self) -> f64 {
        let length = |judged: &Judged| u32::try_from(judged.characters).map_or(f64::MAX, f64::from);
        mean(&self.judged.iter().map(length).collect::<Vec<_>>())
    }

    pub fn percentile(&self, percent: usize) -> Duration {
        self.times.get(self.times.len() * percent / 100).copied().unwrap_or_default()
    }
}

impl Judged {
    fn says_answered(&self) -> bool {
        self.grade == Grade::Answered
    }
}

/// How many quotes do not stand where they are said to.
pub fn broken(program: &Program, answers: &[Answer]) -> usize {
    let holds = |quote: &&Quote| {
        let text = program.text(&quote.document);
        text.as_deref().and_then(|text| text.get(quote.start..quote.end)) == Some(&*quote.text)
    };
    let evidence = answers.iter().flat_map(|answer| &answer.evidence);
    evidence.filter(|quote| !holds(quote)).count()
}
