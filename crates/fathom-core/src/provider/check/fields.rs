//! The rules of single fields.

use serde_json::Value;

use crate::{
    error::Error,
    number::for_people,
    schema::{self, Size},
    task::Task,
};

use super::{Info, refused};

const SCHEMA: &str = "output_schema";

pub(super) fn check(info: &Info, task: &Task) -> Result<(), Error> {
    if let Some(schema) = &task.output_schema {
        self::schema(info, schema)?;
    }
    for (field, list, most) in [
        ("include", &task.include, info.limits.include),
        ("exclude", &task.exclude, info.limits.exclude),
    ] {
        if let Some(most) = most.filter(|most| list.len() > *most as usize) {
            let most = for_people(most.into());
            let message = [&info.name, " takes ", &most, " entries here at most. Take some out."];
            return Err(refused(field, message.concat()));
        }
    }
    for (field, rows) in [("rows", &task.rows), ("known", &task.known)] {
        if !rows.iter().all(Value::is_object) {
            let message = "Each row must be a JSON object, for example {\"company\": \"Acme\"}.";
            return Err(refused(field, message));
        }
    }
    if task.budget.usd.is_some_and(|usd| !(usd.is_finite() && usd > 0.0)) {
        return Err(refused("budget.usd", "The budget must be more than 0 US dollars."));
    }
    if task.budget.seconds == Some(0) {
        return Err(refused("budget.seconds", "The time limit must be at least 1 second."));
    }
    Ok(())
}

fn schema(info: &Info, schema: &Value) -> Result<(), Error> {
    if !schema.is_object() {
        let message =
            "The output schema must be a JSON object, for example {\"type\": \"object\"}.";
        return Err(refused(SCHEMA, message));
    }
    let limits = &info.limits;
    let bounds = [limits.schema_depth, limits.schema_roots, limits.schema_properties];
    if bounds == [None; 3] {
        return Ok(());
    }
    let Size { depth, roots, properties, cut } = schema::measure(schema);
    if cut {
        let message =
            "The output schema is too large, or refers to itself without end. Make it smaller.";
        return Err(refused(SCHEMA, message));
    }
    for (most, found, before, after) in [
        (limits.schema_depth, depth, "objects inside each other up to ", " levels deep"),
        (limits.schema_roots, roots, "", " properties at its root"),
        (limits.schema_properties, properties, "", " properties in all"),
    ] {
        if let Some(most) = most.filter(|most| found > *most) {
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
            return Err(refused(SCHEMA, message.concat()));
        }
    }
    Ok(())
}
