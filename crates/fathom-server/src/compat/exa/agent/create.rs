//! The body of a new agent run, with the rules of its reference.

use fathom_core::providers::exa::wire::agent::CreateRun;
use fathom_core::{Budget, Effort, Status, Task};
use serde_json::{Map, Value, json};

use super::PROTOCOL;
use crate::compat::address::Origin;
use crate::compat::body::{Fields, Shape};
use crate::compat::{id, pages, runs};
use crate::error::ApiError;
use crate::library::Library;
use crate::store::{Material, Run, Scope};

const EFFORTS: [&str; 8] = ["minimal", "low", "medium", "high", "xhigh", "auto", "ultra", "max"];
const METERED: [&str; 3] = ["auto", "ultra", "max"];
const TIMED: [&str; 2] = ["ultra", "max"];
/// Rows of input in one run, and things to leave out.
const ROWS: usize = 100;
const EXCLUSIONS: usize = 1000;
const DATA_SOURCES: usize = 5;

pub(super) fn read(fields: &Fields) -> Result<CreateRun, ApiError> {
    fields.need("query")?;
    fields.check(&[
        ("query", Shape::Text),
        ("systemPrompt", Shape::AnyText),
        ("input", Shape::Object),
        ("effort", Shape::Word(&EFFORTS)),
        ("budget", Shape::Object),
        ("previousRunId", Shape::Text),
        ("metadata", Shape::Object),
        ("userIdentifier", Shape::Text),
    ])?;
    fields
        .check(&[("outputSchema", Shape::Object)])
        .map_err(|error| error.with_code("INVALID_OUTPUT_SCHEMA"))?;
    fields
        .check(&[("dataSources", Shape::Objects(DATA_SOURCES))])
        .map_err(|error| error.with_code("INVALID_DATA_SOURCE"))?;
    fields
        .inside("input")
        .check(&[("data", Shape::Objects(ROWS)), ("exclusion", Shape::Objects(EXCLUSIONS))])?;
    fields.inside("budget").check(&[
        ("maxCostDollars", Shape::Number { from: 1.0, to: 100.0 }),
        ("maxDurationSeconds", Shape::Whole { from: 300, to: 10_800 }),
    ])?;
    let mut wanted: CreateRun = fields.read(&[])?;
    check(&wanted)?;
    wanted.effort.get_or_insert_with(|| "auto".to_owned());
    Ok(wanted)
}

fn check(wanted: &CreateRun) -> Result<(), ApiError> {
    let effort = effort_of(wanted);
    if let Some(schema) = &wanted.output_schema {
        fathom_engine::check_schema(schema).map_err(|error| {
            ApiError::invalid("outputSchema", error.to_string()).with_code("INVALID_OUTPUT_SCHEMA")
        })?;
    }
    let budget = wanted.budget.clone().unwrap_or_default();
    if budget.max_cost_dollars.is_some() && !METERED.contains(&effort) {
        return Err(ApiError::invalid("budget.maxCostDollars", "only for effort auto or ultra"));
    }
    if budget.max_duration_seconds.is_some() && !TIMED.contains(&effort) {
        return Err(ApiError::invalid("budget.maxDurationSeconds", "only for effort ultra"));
    }
    let identifier = wanted.user_identifier.as_deref().unwrap_or("x");
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    if identifier.len() > 64 || !identifier.bytes().all(plain) {
        let message = "userIdentifier must be 1 to 64 letters, digits, _ and -";
        return Err(ApiError::invalid("userIdentifier", message));
    }
    Ok(())
}

fn effort_of(wanted: &CreateRun) -> &str {
    wanted.effort.as_deref().unwrap_or("auto")
}

/// Refuses to continue what has not come to an end.
pub(super) fn check_earlier(earlier: Option<&Run>) -> Result<(), ApiError> {
    match earlier.map(|run| run.status) {
        Some(Status::Completed) => Ok(()),
        Some(_) => Err(ApiError::invalid("previousRunId", "the previous run has not completed")
            .with_code("PREVIOUS_RUN_NOT_COMPLETED")),
        None => {
            Err(ApiError::not_found("Previous agent run not found")
                .with_code("PREVIOUS_RUN_NOT_FOUND"))
        }
    }
}

/// The run of ours that answers this request.
pub(super) fn ask(
    wanted: &CreateRun,
    library: &Library,
    origin: &Origin,
) -> Result<runs::Ask, ApiError> {
    let input = wanted.input.clone().unwrap_or_default();
    let budget = wanted.budget.clone().unwrap_or_default();
    let labels = wanted.metadata.iter().flatten();
    let not = names(&input.exclusion);
    let mut known = input.exclusion;
    for address in not.iter().filter(|name| name.contains("://")) {
        // Who leaves out a page means what it is about.
        let page = pages::read_stored(library, origin, address)?;
        known.extend(page.map(|page| json!({ "title": page.title })));
    }
    let mut rows = input.data;
    rows.iter_mut()
        .filter_map(Value::as_object_mut)
        .try_for_each(|row| entitle(row, library, origin))?;
    let scope = Scope { not, ..Scope::default() };
    let material = Material { scope, files: Vec::new() };
    let task = Task {
        question: wanted.query.trim().to_owned(),
        effort: effort(effort_of(wanted)),
        level: wanted.effort.clone(),
        output_schema: wanted.output_schema.clone(),
        follow_up_of: wanted.previous_run_id.clone(),
        guidance: wanted.system_prompt.clone(),
        rows,
        known,
        budget: Budget { usd: budget.max_cost_dollars, seconds: budget.max_duration_seconds },
        metadata: labels
            .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
            .collect(),
        ..Task::default()
    };
    let request = serde_json::to_value(wanted).map_err(|error| ApiError::internal(&error))?;
    let id = ["agent_run_", &id::ulid()?].concat();
    Ok(runs::Ask { protocol: PROTOCOL, id, task, request, material: Some(material) })
}

fn effort(word: &str) -> Effort {
    match word {
        "minimal" | "low" => Effort::Quick,
        "xhigh" | "ultra" | "max" => Effort::Deep,
        _ => Effort::Standard,
    }
}

/// Gives a row that only knows an address the title of that page, so that it has a name.
fn entitle(
    row: &mut Map<String, Value>,
    library: &Library,
    origin: &Origin,
) -> Result<(), ApiError> {
    let is_address = |text: &&str| text.contains("://");
    let texts = || row.values().filter_map(Value::as_str);
    if texts().any(|text| !is_address(&text)) {
        return Ok(());
    }
    let Some(address) = texts().find(is_address) else { return Ok(()) };
    let page = pages::read_stored(library, origin, address)?;
    if let Some(page) = page {
        row.insert("title".to_owned(), Value::from(page.title.clone()));
    }
    Ok(())
}

/// Every text of what is not to be returned: it may be a page's address or its title.
fn names(exclusion: &[Value]) -> Vec<String> {
    let fields = exclusion.iter().filter_map(Value::as_object).flat_map(|thing| thing.values());
    fields.filter_map(Value::as_str).map(str::to_owned).collect()
}
