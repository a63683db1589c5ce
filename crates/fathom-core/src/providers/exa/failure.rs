//! What Exa's errors mean: <https://exa.ai/docs/reference/error-codes>, read on 2026-11-21.

use serde_json::Value;

use crate::{
    error::{Error, ErrorKind},
    http::Head,
    json,
    provider::{
        Info,
        failure::{failure, said},
        reply::owned,
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

/// What a code says beyond the status: the kind, and the part of the task.
const MEANINGS: [(&str, Option<ErrorKind>, &str); 12] = [
    ("PREVIOUS_RUN_NOT_FOUND", Some(ErrorKind::InvalidTask), "follow_up_of"),
    ("PREVIOUS_RUN_NOT_COMPLETED", Some(ErrorKind::InvalidTask), "follow_up_of"),
    ("INVALID_OUTPUT_SCHEMA", None, "output_schema"),
    ("INVALID_JSON_SCHEMA", None, "output_schema"),
    ("INVALID_DATA_SOURCE", None, "options.dataSources"),
    ("CONCURRENCY_LIMIT_REACHED", Some(ErrorKind::RateLimited), ""),
    ("RATE_LIMIT_EXCEEDED", Some(ErrorKind::RateLimited), ""),
    ("NO_MORE_CREDITS", Some(ErrorKind::Quota), ""),
    ("API_KEY_BUDGET_EXCEEDED", Some(ErrorKind::Quota), ""),
    ("TEAM_BUDGET_EXCEEDED", Some(ErrorKind::Quota), ""),
    ("INVALID_API_KEY", Some(ErrorKind::Unauthorized), ""),
    ("TEAM_NOT_FOUND", Some(ErrorKind::Unauthorized), ""),
];

/// Reads a reply with a status of 400 or more, in each of the forms that are about:
/// `{"error": {type, code, message, path}}` (agent), `{requestId, error, tag}` (the rest), and
/// `{statusCode, timestamp, path, error, message}` (older services).
pub(super) fn read(info: &Info, head: &Head, body: &[u8]) -> Error {
    let body = json::parse(body).unwrap_or_default();
    let inner = body.get("error").unwrap_or(&Value::Null);
    let said = owned(&body, "message").or_else(|| said(&body));
    let mut error = failure(info, head, said.as_deref());
    if error.request_id().is_none()
        && let Some(id) = json::text(&body, "requestId")
    {
        error = error.with_request_id(id);
    }
    let code = json::text(inner, "code").or_else(|| json::text(&body, "tag"));
    if let Some(code) = code.or_else(|| json::text(inner, "type")) {
        error = meaning(error, code).with_code(code);
    }
    match json::text(inner, "path").and_then(field) {
        Some(field) if error.field().is_none() => error.with_field(field),
        _ => error,
    }
}

fn meaning(mut error: Error, code: &str) -> Error {
    let Some((_, kind, field)) = MEANINGS.iter().find(|(known, ..)| *known == code) else {
        return error;
    };
    if let Some(kind) = kind {
        error = error.with_kind(*kind);
    }
    if field.is_empty() { error } else { error.with_field(*field) }
}

/// The part of a task that a path such as `outputSchema.properties.a` or `/input/data/0` is in.
fn field(path: &str) -> Option<&'static str> {
    let path = path.trim_start_matches('/');
    let (first, rest) = path.split_once(&['.', '/', '[', ']'][..]).unwrap_or((path, ""));
    if first == "input" {
        return Some(if rest.starts_with("exclusion") { "known" } else { "rows" });
    }
    FIELDS.iter().find(|(theirs, _)| *theirs == first).map(|(_, ours)| *ours)
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
