//! A question while it is written, as signals.

use fathom_core::{Effort, Task};
use leptos::prelude::*;

use crate::{
    hooks::runs::Runs,
    state::ask::{Draft, Field, Problem, Shape},
};

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
    /// What those who are asked would ignore.
    pub ignored: Memo<Vec<String>>,
}

impl Writing {
    /// An empty form; `runs` knows what those who are asked would refuse.
    pub fn new(runs: Runs) -> Self {
        let draft = RwSignal::new(Draft::default());
        let effort = RwSignal::default();
        let tried = RwSignal::new(false);
        let whole = move || draft.with(|draft| Draft { effort: effort.get(), ..draft.clone() });
        let problems = Memo::new(move |_| {
            let draft = whole();
            let own = if tried.get() { draft.task().err() } else { Some(draft.warnings()) };
            let mut problems = own.unwrap_or_default();
            if let Ok(task) = draft.task() {
                problems.extend(refusals(runs, &draft, &task));
            }
            problems
        });
        let ignored = Memo::new(move |_| {
            let draft = whole();
            draft.task().map(|task| ignored(runs, &draft, &task)).unwrap_or_default()
        });
        Self { draft, effort, tried, problems, ignored }
    }

    /// The task, if nothing stands in its way.
    pub fn task(self) -> Option<Task> {
        self.tried.set(true);
        let draft = self.draft.get_untracked();
        let draft = Draft { effort: self.effort.get_untracked(), ..draft };
        draft
            .task()
            .ok()
            .filter(|_| self.problems.with_untracked(|all| all.iter().all(Problem::is_soft)))
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
        self.problems.with_untracked(|problems| {
            problems.iter().find(|problem| !problem.is_soft()).map(|problem| problem.field)
        })
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
            level: task.level.clone().unwrap_or_default(),
            exclude: task.exclude.join(", "),
            guidance: task.guidance.clone().unwrap_or_default(),
            budget: task.budget.usd.map(|usd| usd.to_string()).unwrap_or_default(),
            ..Draft::default()
        });
    }
}

/// What those who are asked would refuse, before it costs anything.
fn refusals(runs: Runs, draft: &Draft, task: &Task) -> Vec<Problem> {
    let asked = draft.asked();
    let refused = asked.iter().filter_map(|id| runs.check(id, task).err());
    refused.map(|error| Problem::from(&error)).collect()
}

fn ignored(runs: Runs, draft: &Draft, task: &Task) -> Vec<String> {
    let asked = draft.asked();
    let warnings = asked.iter().filter_map(|id| runs.check(id, task).ok()).flatten();
    let mut messages: Vec<String> = warnings.map(|warning| warning.message).collect();
    messages.dedup();
    messages
}
