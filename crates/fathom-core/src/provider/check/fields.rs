//! The rules of single fields.

use serde_json::Value;

use crate::{
    error::Error,
    number::for_people,
    schema::{self, Size},
    task::Task,
};

use super::{Info, cannot, refused};

pub(super) fn schema(info: &Info, schema: &Value) -> Result<(), Error> {
    const FIELD: &str = "output_schema";
    if !info.capabilities.output_schema {
        return Err(cannot(info, FIELD, "give a structured value"));
    }
    if !schema.is_object() {
        let message =
            "The output schema must be a JSON object, for example {\"type\": \"object\"}.";
        return Err(refused(FIELD, message));
    }
    let limits = &info.limits;
    let bounds = [limits.schema_depth, limits.schema_roots, limits.schema_properties];
    if bounds.iter().all(Option::is_none) {
        return Ok(());
    }
    let Size { depth, roots, properties, cut } = schema::measure(schema);
    if cut {
        let message =
            "The output schema is too large, or refers to itself without end. Make it smaller.";
        return Err(refused(FIELD, message));
    }
    let words = [
        ("objects inside each other up to ", depth, " levels deep"),
        ("", roots, " properties at its root"),
        ("", properties, " properties in all"),
    ];
    for (most, (before, found, after)) in bounds.into_iter().zip(words) {
        let Some(most) = most.filter(|most| found > *most) else { continue };
        let (most, found) = (for_people(most.into()), for_people(found.into()));
        let message = [
            "The output schema has ",
            before,
            &found,
            after,
            "; ",
            &info.name,
            " takes ",
            &most,
            " at most.",
        ];
        return Err(refused(FIELD, message.concat()));
    }
    Ok(())
}

pub(super) fn sites(info: &Info, task: &Task) -> Result<(), Error> {
    let (can, limits) = (&info.capabilities, &info.limits);
    if !task.include.is_empty() && !can.include {
        return Err(cannot(info, "include", "narrow its search"));
    }
    if !task.exclude.is_empty() && !can.exclude {
        return Err(cannot(info, "exclude", "keep anything out of its search"));
    }
    at_most(info, "include", &task.include, limits.include)?;
    at_most(info, "exclude", &task.exclude, limits.exclude)
}

fn at_most(
    info: &Info,
    field: &'static str,
    list: &[String],
    most: Option<u32>,
) -> Result<(), Error> {
    match most {
        Some(most) if list.len() > most as usize => {
            let message = [
                &info.name,
                " takes ",
                &for_people(most.into()),
                " entries here at most. Take some out.",
            ];
            Err(refused(field, message.concat()))
        }
        _ => Ok(()),
    }
}

pub(super) fn rows(info: &Info, task: &Task) -> Result<(), Error> {
    for (field, rows) in [("rows", &task.rows), ("known", &task.known)] {
        if !rows.is_empty() && !info.capabilities.rows {
            let what =
                if field == "rows" { "complete given rows" } else { "leave out what is known" };
            return Err(cannot(info, field, what));
        }
        if rows.iter().any(|row| !row.is_object()) {
            let message = "Each row must be a JSON object, for example {\"company\": \"Acme\"}.";
            return Err(refused(field, message));
        }
    }
    Ok(())
}

pub(super) fn budget(info: &Info, task: &Task) -> Result<(), Error> {
    if let Some(usd) = task.budget.usd {
        if !info.capabilities.budget_usd {
            return Err(cannot(info, "budget.usd", "limit what a run costs"));
        }
        if !(usd.is_finite() && usd > 0.0) {
            return Err(refused("budget.usd", "The budget must be more than 0 US dollars."));
        }
    }
    match task.budget.seconds {
        Some(_) if !info.capabilities.budget_seconds => {
            Err(cannot(info, "budget.seconds", "limit how long a run takes"))
        }
        Some(0) => Err(refused("budget.seconds", "The time limit must be at least 1 second.")),
        _ => Ok(()),
    }
}
