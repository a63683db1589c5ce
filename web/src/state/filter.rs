//! What a question leaves out, in words.

use fathom_core::Task;

/// `only into europe/**`; nothing where everything is searched.
pub fn only(task: &Task) -> Option<String> {
    listed("only into ", &task.include)
}

/// What is searched and what is not, for the head of a run.
pub fn words(task: &Task) -> Option<String> {
    let parts = [listed("only ", &task.include), listed("not ", &task.exclude)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn listed(before: &str, entries: &[String]) -> Option<String> {
    (!entries.is_empty()).then(|| [before, &entries.join(", ")].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(entries: &[&str]) -> Vec<String> {
        entries.iter().map(|entry| (*entry).to_owned()).collect()
    }

    #[test]
    fn a_filter_is_named_in_the_head_of_its_run() {
        let task = |include, exclude| Task {
            include: list(include),
            exclude: list(exclude),
            ..Task::default()
        };
        assert_eq!(words(&task(&[], &[])), None);
        assert_eq!(words(&task(&["a/**", "b"], &[])).as_deref(), Some("only a/**, b"));
        assert_eq!(words(&task(&["a/**"], &["c"])).as_deref(), Some("only a/**, not c"));
        assert_eq!(only(&task(&[], &["c"])), None);
    }
}
