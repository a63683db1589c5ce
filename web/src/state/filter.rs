//! What a question leaves out: in words, and how many documents that leaves.

use fathom_core::Task;

use super::format;

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

/// How many of the documents are searched, while the filter is typed; nothing without a filter.
pub fn count(include: &[String], paths: &[String]) -> Option<String> {
    if include.is_empty() {
        return None;
    }
    let fits = |path: &&String| include.iter().any(|glob| matches(glob, path));
    let found = paths.iter().filter(fits).count() as u64;
    let all = format::count(paths.len() as u64, "document", "documents");
    Some(match found {
        0 => format!("No document matches: 0 of {all} would be searched."),
        _ => format!("{} of {all} match.", format::number(found)),
    })
}

/// Whether a path matches, as the engine judges it: `*` stands for anything within a folder, `**` for
/// anything, `?` for one character; a glob without a folder is tried on the name of the file too.
pub fn matches(glob: &str, path: &str) -> bool {
    let glob = glob.trim_start_matches("./");
    let below = if glob.ends_with('/') { [glob, "**"].concat() } else { glob.to_owned() };
    let name = path.rsplit('/').next().unwrap_or(path);
    wild(&below, path) || (!below.contains('/') && wild(&below, name))
}

/// Keeps the places of the path that can be reached, sign by sign of the glob.
fn wild(glob: &str, path: &str) -> bool {
    let path: Vec<char> = path.chars().collect();
    let mut reached = vec![false; path.len() + 1];
    reached.iter_mut().take(1).for_each(|first| *first = true);
    let mut signs = glob.chars().peekable();
    while let Some(sign) = signs.next() {
        let deep = sign == '*' && signs.next_if_eq(&'*').is_some();
        // `**/` also matches no folder at all.
        let _ = deep && signs.next_if_eq(&'/').is_some();
        let (mut carried, mut stepped) = (false, false);
        for (at, place) in reached.iter_mut().enumerate() {
            let before = at.checked_sub(1).and_then(|at| path.get(at));
            let here = std::mem::replace(&mut stepped, *place);
            carried = match sign {
                '*' => *place || (carried && (deep || before != Some(&'/'))),
                '?' => here && before != Some(&'/'),
                _ => here && before == Some(&sign),
            };
            *place = carried;
        }
    }
    reached.last().copied().unwrap_or_default()
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

    #[test]
    fn a_filter_that_matches_nothing_says_so_while_it_is_typed() {
        let paths = list(&["speeches/1968.md", "speeches/1969.md", "europe/norway.md"]);
        let said = |globs: &[&str]| count(&list(globs), &paths);
        assert_eq!(said(&[]), None);
        assert_eq!(
            said(&["speeches/**", "speeches/1*"]).as_deref(),
            Some("2 of 3 documents match.")
        );
        assert_eq!(
            said(&["speechs/**"]).as_deref(),
            Some("No document matches: 0 of 3 documents would be searched.")
        );
    }

    #[test]
    fn stars_stay_in_their_folder_and_double_stars_do_not() {
        let fits = [
            ("europe/*.md", "europe/no.md"),
            ("europe/**", "europe/north/no.md"),
            ("**/no.md", "no.md"),
            ("**/no.md", "europe/north/no.md"),
            ("europe/", "europe/no.md"),
            ("*.md", "europe/no.md"),
            ("./n?.md", "no.md"),
        ];
        for (glob, path) in fits {
            assert!(matches(glob, path), "{glob} {path}");
        }
        for (glob, path) in [("europe/*.md", "europe/north/no.md"), ("*.md", "europe/no.txt")] {
            assert!(!matches(glob, path), "{glob} {path}");
        }
        assert!(!matches(&"*a".repeat(200), &"a".repeat(150)));
    }
}
