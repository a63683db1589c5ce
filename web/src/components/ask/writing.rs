//! A question while it is written, as signals.

use fathom_core::{Effort, Task};
use leptos::prelude::*;

use crate::state::ask::{Draft, Field, Problem, Shape};

/// What stands in the form.
#[derive(Clone, Copy, Debug)]
pub struct Writing {
    /// The form.
    pub draft: RwSignal<Draft>,
    /// How deep to go; apart, because the sounding line moves it.
    pub effort: RwSignal<Effort>,
    /// Whether somebody has tried to send it: from then on empty fields are mentioned too.
    tried: RwSignal<bool>,
    problems: Memo<Vec<Problem>>,
}

impl Writing {
    /// An empty form.
    pub fn new() -> Self {
        let draft = RwSignal::new(Draft::default());
        let tried = RwSignal::new(false);
        let problems = Memo::new(move |_| {
            draft.with(|draft| match tried.get() {
                true => draft.task().err().unwrap_or_default(),
                false => draft.warnings(),
            })
        });
        Self { draft, effort: RwSignal::default(), tried, problems }
    }

    /// The task, if nothing stands in its way.
    pub fn task(self) -> Option<Task> {
        self.tried.set(true);
        let draft = self.draft.get_untracked();
        Draft { effort: self.effort.get_untracked(), ..draft }.task().ok()
    }

    /// What is wrong with a field.
    pub fn problem(self, field: Field) -> Option<String> {
        self.problems.with(|problems| {
            problems
                .iter()
                .find(|problem| problem.field == field)
                .map(|problem| problem.message.clone())
        })
    }

    /// The first field that stands in the way.
    pub fn first_problem(self) -> Option<Field> {
        self.problems.with_untracked(|problems| problems.first().map(|problem| problem.field))
    }

    /// Takes a question over.
    pub fn ask(self, question: String) {
        self.draft.update(|draft| draft.question = question);
    }

    /// Takes a whole task over.
    pub fn ask_again(self, task: &Task) {
        self.effort.set(task.effort);
        let schema = task
            .output_schema
            .as_ref()
            .and_then(|schema| serde_json::to_string_pretty(schema).ok());
        self.draft.set(Draft {
            question: task.question.clone(),
            include: task.include.join(", "),
            shape: if schema.is_some() { Shape::Fields } else { Shape::Report },
            schema: schema.unwrap_or_default(),
            follow_up_of: task.follow_up_of.clone(),
            ..Draft::default()
        });
    }
}

impl Default for Writing {
    fn default() -> Self {
        Self::new()
    }
}
