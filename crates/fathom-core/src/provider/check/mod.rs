//! What a task asks that a provider cannot do, read off what is known about the provider.

use std::borrow::Cow;

use crate::{
    error::{Error, ErrorKind},
    number::for_people,
    report::{Warning, WarningKind},
    task::Task,
    text,
};

use super::Info;

mod fields;
#[cfg(test)]
mod tests;

/// How many characters of a wrong name are repeated.
const SHOWN: usize = 40;

/// Compares a task with what a provider can do and accepts.
///
/// What would change the result, its scope or its price is refused; what would only be ignored comes
/// back as warnings. A provider adds the rules that its facts cannot express.
///
/// # Errors
/// [`ErrorKind::InvalidTask`] with the field at fault and the rule in the message.
pub fn check(info: &Info, task: &Task) -> Result<Vec<Warning>, Error> {
    question(info, &task.question)?;
    level(info, task)?;
    possible(info, task)?;
    fields::check(info, task)?;
    options(info, task)?;
    Ok(ignored(info, task))
}

/// Refuses what the provider has no place for.
fn possible(info: &Info, task: &Task) -> Result<(), Error> {
    let (can, budget) = (&info.capabilities, &task.budget);
    let check = |asked: bool, can: bool, field: &'static str, what: &str| {
        if can || !asked {
            return Ok(());
        }
        let message =
            [&info.name, " cannot ", what, ". Leave that out, or choose another provider."];
        Err(refused(field, message.concat()))
    };
    let schema = task.output_schema.is_some();
    check(schema, can.output_schema, "output_schema", "give a structured value")?;
    check(!task.include.is_empty(), can.include, "include", "narrow its search")?;
    check(!task.exclude.is_empty(), can.exclude, "exclude", "keep anything out of its search")?;
    check(!task.rows.is_empty(), can.rows, "rows", "complete given rows")?;
    check(!task.known.is_empty(), can.rows, "known", "leave out what is known")?;
    check(budget.usd.is_some(), can.budget_usd, "budget.usd", "limit what a run costs")?;
    let seconds = budget.seconds.is_some();
    check(seconds, can.budget_seconds, "budget.seconds", "limit how long a run takes")?;
    check(task.follow_up_of.is_some(), can.follow_up, "follow_up_of", "continue an earlier run")
}

/// Refuses a question that is empty or longer than the provider takes. Space around it does not
/// count.
///
/// # Errors
/// [`ErrorKind::InvalidTask`] with the field `question`.
pub fn question(info: &Info, question: &str) -> Result<(), Error> {
    let question = question.trim();
    if question.is_empty() {
        return Err(refused("question", "The question is empty. Write what you want to know."));
    }
    match info.limits.question_chars {
        Some(most) if question.chars().nth(most as usize).is_some() => {
            let (most, name) = (for_people(most.into()), &info.name);
            let message = [
                "The question is longer than ",
                &most,
                " characters, the most that ",
                name,
                " takes. Shorten it.",
            ];
            Err(refused("question", message.concat()))
        }
        _ => Ok(()),
    }
}

fn level(info: &Info, task: &Task) -> Result<(), Error> {
    match &task.level {
        Some(level) if info.level(task).is_none() => {
            let known = listed(&mut info.efforts.iter().map(|known| &known.name));
            Err(unknown(info, "level", "level", level, &known))
        }
        _ => Ok(()),
    }
}

fn options(info: &Info, task: &Task) -> Result<(), Error> {
    let Some(name) =
        task.options.keys().find(|name| !info.options.iter().any(|known| known == *name))
    else {
        return Ok(());
    };
    let shown: String = name.chars().take(SHOWN).collect();
    let field = ["options.", &shown].concat();
    Err(unknown(info, field, "setting", name, &listed(&mut info.options.iter())))
}

/// The refusal of a name that is none of those known.
fn unknown(
    info: &Info,
    field: impl Into<Cow<'static, str>>,
    what: &str,
    name: &str,
    known: &str,
) -> Error {
    let shown: String = name.chars().take(SHOWN).collect();
    let message = [&info.name, " has no ", what, " \"", &shown, "\". It has ", known, "."];
    refused(field, message.concat())
}

/// What the provider would leave aside without harm to the result's scope or price.
fn ignored(info: &Info, task: &Task) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut warn = |parts: &[&str]| {
        warnings.push(Warning::new(WarningKind::Unsupported, parts.concat()));
    };
    if task.guidance.is_some() && !info.capabilities.guidance {
        warn(&[&info.name, " takes no guidance beside the question; it was left out."]);
    }
    if !task.metadata.is_empty() && !info.capabilities.metadata {
        warn(&[&info.name, " keeps no labels with a run; they were left out."]);
    }
    if let Some(known) =
        info.level(task).filter(|known| task.level.is_none() && known.effort != task.effort)
    {
        warn(&[
            &info.name,
            " has no level for the effort \"",
            task.effort.as_str(),
            "\"; \"",
            &known.name,
            "\" was taken.",
        ]);
    }
    warnings
}

/// Names divided by commas.
fn listed(names: &mut dyn Iterator<Item = &Cow<'static, str>>) -> String {
    let mut list = String::new();
    for name in names {
        text::list(&mut list, ", ", name);
    }
    if list.is_empty() { "none".to_owned() } else { list }
}

/// The refusal of a field.
pub fn refused(
    field: impl Into<Cow<'static, str>>,
    message: impl Into<Cow<'static, str>>,
) -> Error {
    Error::new(ErrorKind::InvalidTask, message).with_field(field)
}
