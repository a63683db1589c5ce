//! What Exa's errors mean: <https://exa.ai/docs/reference/error-codes>, read on 2026-11-21.

use serde_json::Value;

use crate::{
    error::{Error, ErrorKind},
    http::Head,
    json,
    provider::{
        Info,
        failure::{failure, said},
    },
};

/// Which part of a task a part of a request stands for.
const FIELDS: [(&str, &str); 15] = [
    ("query", "question"),
    ("instructions", "question"),
    ("systemPrompt", "guidance"),
    ("outputSchema", "output_schema"),
    ("output", "output_schema"),
    ("effort", "level"),
    ("model", "level"),
    ("type", "level"),
    ("budget", "budget"),
    ("previousRunId", "follow_up_of"),
    ("metadata", "metadata"),
    ("dataSources", "options.dataSources"),
    ("userIdentifier", "options.userIdentifier"),
    ("includeDomains", "include"),
    ("excludeDomains", "exclude"),
];

/// Reads a reply with a status of 400 or more, in each of the forms that are about:
/// `{"error": {type, code, message, path}}` (agent), `{requestId, error, tag}` (the rest), and
/// `{statusCode, timestamp, path, error, message}` (older services).
pub(super) fn read(info: &Info, head: &Head, body: &[u8]) -> Error {
    let body = json::parse(body).unwrap_or_default();
    let inner = body.get("error").unwrap_or(&Value::Null);
    let said = json::text(&body, "message").map(str::to_owned).or_else(|| said(&body));
    let mut error = failure(info, head, said.as_deref());
    if error.request_id().is_none()
        && let Some(id) = json::text(&body, "requestId")
    {
        error = error.with_request_id(id);
    }
    let code = [json::text(inner, "code"), json::text(&body, "tag"), json::text(inner, "type")];
    if let Some(code) = code.into_iter().flatten().next() {
        error = meaning(error, code).with_code(code);
    }
    let path = json::text(inner, "path").filter(|_| error.field().is_none());
    match path.and_then(field) {
        Some(field) => error.with_field(field),
        None => error,
    }
}

/// What a code says beyond the status.
fn meaning(error: Error, code: &str) -> Error {
    match code {
        "PREVIOUS_RUN_NOT_FOUND" | "PREVIOUS_RUN_NOT_COMPLETED" => {
            error.with_kind(ErrorKind::InvalidTask).with_field("follow_up_of")
        }
        "INVALID_OUTPUT_SCHEMA" | "INVALID_JSON_SCHEMA" => error.with_field("output_schema"),
        "INVALID_DATA_SOURCE" => error.with_field("options.dataSources"),
        "CONCURRENCY_LIMIT_REACHED" | "RATE_LIMIT_EXCEEDED" => {
            error.with_kind(ErrorKind::RateLimited)
        }
        "NO_MORE_CREDITS" | "API_KEY_BUDGET_EXCEEDED" | "TEAM_BUDGET_EXCEEDED" => {
            error.with_kind(ErrorKind::Quota)
        }
        "INVALID_API_KEY" | "TEAM_NOT_FOUND" => error.with_kind(ErrorKind::Unauthorized),
        _ => error,
    }
}

/// The part of a task that a path such as `outputSchema.properties.a` or `/input/data/0` is in.
fn field(path: &str) -> Option<&'static str> {
    let mut steps = path.split(['.', '/', '[', ']']).filter(|step| !step.is_empty());
    match steps.next()? {
        "input" if steps.next() == Some("exclusion") => Some("known"),
        "input" => Some("rows"),
        first => FIELDS.iter().find(|(theirs, _)| *theirs == first).map(|(_, ours)| *ours),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{http::Headers, providers::exa::plain::PLAIN};

    fn of(status: u16, body: &str) -> Error {
        let headers = Headers::from_reply([("x-request-id".to_owned(), "h1".to_owned())]);
        read(&PLAIN, &Head { status, headers }, body.as_bytes())
    }

    #[test]
    fn every_form_is_read_with_its_own_words_kept() {
        let agent =
            of(404, r#"{"error":{"type":"NOT_FOUND","code":"RUN_NOT_FOUND","message":"No run."}}"#);
        assert_eq!((agent.kind(), agent.code()), (ErrorKind::NotFound, Some("RUN_NOT_FOUND")));
        assert_eq!((agent.message(), agent.request_id()), ("Exa: No run.", Some("h1")));

        let plain =
            of(402, r#"{"requestId":"r1","error":"No credits left.","tag":"NO_MORE_CREDITS"}"#);
        assert_eq!((plain.kind(), plain.message()), (ErrorKind::Quota, "Exa: No credits left."));

        let old = of(
            400,
            r#"{"statusCode":400,"timestamp":"t","path":"/search","error":"Bad Request","message":"query is empty"}"#,
        );
        assert_eq!((old.kind(), old.message()), (ErrorKind::InvalidTask, "Exa: query is empty"));

        let head = Head::new(429);
        let no_header = read(
            &PLAIN,
            &head,
            br#"{"requestId":"r1","error":"Slow down.","tag":"RATE_LIMIT_EXCEEDED"}"#,
        );
        assert_eq!(no_header.request_id(), Some("r1"));
    }

    #[test]
    fn the_part_of_the_task_at_fault_is_named() {
        for (body, field) in [
            (
                r#"{"error":{"code":"INVALID_OUTPUT_SCHEMA","message":"m","path":"x"}}"#,
                "output_schema",
            ),
            (r#"{"error":{"code":"PREVIOUS_RUN_NOT_COMPLETED","message":"m"}}"#, "follow_up_of"),
            (
                r#"{"error":{"code":"INVALID_REQUEST","message":"m","path":"budget.maxCostDollars"}}"#,
                "budget",
            ),
            (
                r#"{"error":{"code":"INVALID_REQUEST","message":"m","path":"/input/exclusion/0"}}"#,
                "known",
            ),
            (
                r#"{"error":{"code":"INVALID_REQUEST","message":"m","path":"input.data[0]"}}"#,
                "rows",
            ),
        ] {
            let error = of(400, body);
            assert_eq!(
                (error.kind(), error.field()),
                (ErrorKind::InvalidTask, Some(field)),
                "{body}"
            );
        }
    }

    #[test]
    fn a_page_of_a_proxy_says_nothing_about_the_job() {
        assert_eq!(of(404, "<html>Not Found</html>").kind(), ErrorKind::Malformed);
        assert_eq!(of(503, "").kind(), ErrorKind::Unavailable);
        assert_eq!(
            of(429, r#"{"error":{"code":"CONCURRENCY_LIMIT_REACHED"}}"#).kind(),
            ErrorKind::RateLimited
        );
    }
}
