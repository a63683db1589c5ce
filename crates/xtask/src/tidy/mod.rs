//! The rules of the house that a compiler does not check.

mod arrows;
mod duplicates;
mod files;
mod licences;
mod names;
mod sizes;

use anyhow::{Result, bail};

use crate::metadata;
use crate::paths::Paths;

/// Checks every rule, prints every breach, fails if there is one.
pub(crate) fn tidy(paths: &Paths) -> Result<()> {
    let mut problems = problems(paths)?;
    problems.extend(sizes::app(paths)?);
    for problem in &problems {
        println!("tidy: {problem}");
    }
    if problems.is_empty() {
        println!("tidy: all rules hold");
        return Ok(());
    }
    bail!("{} rules are broken", problems.len())
}

/// The breaches that the source tree alone shows.
fn problems(paths: &Paths) -> Result<Vec<String>> {
    let metadata = metadata::read(paths)?;
    let files = files::all(&paths.root)?;
    let mut problems = arrows::problems(&metadata);
    problems.extend(arrows::lints(&metadata));
    problems.extend(licences::problems(&metadata));
    problems.extend(duplicates::problems(&metadata));
    problems.extend(names::problems(&paths.root, &files));
    problems.extend(sizes::problems(&paths.root, &files));
    Ok(problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_tidy() {
        let problems = problems(&Paths::find().unwrap()).unwrap();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }
}
