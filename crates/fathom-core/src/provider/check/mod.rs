//! What a task asks that a provider cannot do, read off what is known about the provider.

use crate::{
    error::{Error, ErrorKind},
    number::for_people,
    report::{Warning, WarningKind},
    task::Task,
};

use super::Info;

mod fields;
#[cfg(test)]
mod tests;
mod words;

use words::listed;

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
    if let Some(schema) = &task.output_schema {
        fields::schema(info, schema)?;
    }
    fields::sites(info, task)?;
    fields::rows(info, task)?;
    fields::budget(info, task)?;
    if task.follow_up_of.is_some() && !info.capabilities.follow_up {
        return Err(cannot(info, "follow_up_of", "continue an earlier run"));
    }
    options(info, task)?;
    Ok(ignored(info, task))
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
    let Some(level) = &task.level else { return Ok(()) };
    if info.level(task).is_some() {
        return Ok(());
    }
    let shown: String = level.chars().take(40).collect();
    let known = listed(info.efforts.iter().map(|known| known.name.as_ref()));
    let message = [&info.name, " has no level \"", &shown, "\". It has ", &known, "."];
    Err(refused("level", message.concat()))
}

fn options(info: &Info, task: &Task) -> Result<(), Error> {
    let known = |name: &String| info.options.iter().any(|known| known == name);
    let Some(name) = task.options.keys().find(|name| !known(name)) else { return Ok(()) };
    let names = listed(info.options.iter().map(AsRef::as_ref));
    let shown: String = name.chars().take(40).collect();
    let message = [&info.name, " has no setting \"", &shown, "\". It has ", &names, "."];
    Err(refused(["options.", &shown].concat(), message.concat()))
}

/// What the provider would leave aside without harm to the result's scope or price.
fn ignored(info: &Info, task: &Task) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut warn = |parts: &[&str]| {
        warnings.push(Warning { kind: WarningKind::Unsupported, message: parts.concat() });
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

/// The refusal of something that the provider cannot do.
fn cannot(info: &Info, field: &'static str, what: &str) -> Error {
    refused(
        field,
        [&info.name, " cannot ", what, ". Leave that out, or choose another provider."].concat(),
    )
}

/// The refusal of a field.
pub fn refused(
    field: impl Into<std::borrow::Cow<'static, str>>,
    message: impl Into<std::borrow::Cow<'static, str>>,
) -> Error {
    Error::new(ErrorKind::InvalidTask, message).with_field(field)
}
