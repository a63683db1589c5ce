//! Who may use the protocols of vendors, and what browsers are told.

use fathom_core::Secret;
use fathom_server::Config;
use serde_json::json;

use super::told;
use crate::support::traces::key;
use crate::support::{Folder, Server, small_library};

const EXA: &str = "/local/exa/agent/runs";
const TAVILY: &str = "/local/tavily/usage";
const EXTRUCT: &str = "/local/extruct/v1/deep_research_tasks";

#[test]
fn without_a_token_any_key_or_none_is_taken() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    for path in [EXA, TAVILY, EXTRUCT] {
        for headers in [&[][..], &[("x-api-key", "any")], &[("authorization", "Bearer tvly-x")]] {
            let answer = server.client.send("GET", path, headers, b"");
            assert_eq!(answer.status, 200, "{path} {}", told(&answer));
        }
    }
}

#[test]
fn a_configured_token_is_asked_for_in_the_words_of_each_vendor() {
    let (library, data) = (small_library(), Folder::new());
    let token = Some(Secret::new("hunter2".to_owned()));
    let server = Server::with(Config { token, ..Server::config(&library, &data) });
    let ask = |path: &str, headers: &[(&str, &str)]| server.client.send("GET", path, headers, b"");
    for headers in [&[][..], &[("x-api-key", "wrong")], &[("authorization", "Bearer wrong")]] {
        let exa = ask("/local/exa/research/v1", headers);
        assert_eq!(exa.status, 401);
        assert_eq!(exa.json()["tag"], "INVALID_API_KEY");
        assert_eq!(exa.json()["requestId"].as_str(), exa.header("x-request-id"));
        let agent = ask(EXA, headers);
        assert_eq!((agent.status, &agent.json()["tag"]), (401, &json!("INVALID_API_KEY")));
        let tavily = ask(TAVILY, headers);
        assert_eq!(tavily.status, 401);
        assert_eq!(
            tavily.json(),
            json!({ "detail": { "error": "Unauthorized: missing or invalid API key." } })
        );
        let extruct = ask(EXTRUCT, headers);
        assert_eq!(
            (extruct.status, extruct.json()),
            (401, json!({ "detail": "Not authenticated" }))
        );
    }
    assert_eq!(ask(EXA, &[("x-api-key", "hunter2")]).status, 200);
    for path in [EXA, TAVILY, EXTRUCT] {
        assert_eq!(ask(path, &[("authorization", "Bearer hunter2")]).status, 200, "{path}");
    }
    assert_eq!(
        ask(TAVILY, &[("x-api-key", "hunter2")]).status,
        401,
        "only one vendor has that header"
    );
    assert_eq!(ask("/api/v1/runs", &[("x-api-key", "hunter2")]).status, 401);
}

#[test]
fn older_clients_of_one_vendor_show_the_token_in_the_body() {
    let (library, data) = (small_library(), Folder::new());
    let token = Some(Secret::new(key().to_owned()));
    let server = Server::with(Config { token, ..Server::config(&library, &data) });
    let ask = |path: &str, api_key: &str, headers: &[(&str, &str)]| {
        let body = json!({ "api_key": api_key, "query": "Norway", "input": "Norway" }).to_string();
        let json = [("content-type", "application/json")];
        server.client.send("POST", path, &[&json[..], headers].concat(), body.as_bytes())
    };
    for path in ["/local/tavily/search", "/local/tavily/research"] {
        assert_eq!(ask(path, key(), &[]).status, 200, "{path}");
        assert_eq!(ask(path, "wrong", &[]).status, 401, "{path}");
        assert_eq!(ask(path, "a\r\nb", &[]).status, 401, "{path}");
        // A header goes before the body, and a cookie keeps its body as it is.
        let wrong = [("authorization", "Bearer wrong")];
        assert_eq!(ask(path, key(), &wrong).status, 401, "{path}");
        assert_eq!(ask(path, key(), &[("cookie", "a=b")]).status, 401, "{path}");
    }
    for path in ["/local/exa/search", "/local/extruct/v1/deep_research_tasks", "/api/v1/runs"] {
        assert_eq!(ask(path, key(), &[]).status, 401, "{path}");
    }
    let large = [&b"{\"api_key\": \""[..], &vec![b'x'; 2 << 20], b"\"}"].concat();
    let refused = server.client.send("POST", "/local/tavily/search", &[], &large);
    assert_eq!(refused.status, 401);
    // Whoever reads the run later does not read the token.
    let shown = [("authorization", &*format!("Bearer {}", key()))];
    let runs = server.client.send("GET", "/api/v1/runs", &shown, b"");
    assert!(runs.body.contains("Norway") && !runs.body.contains(key()), "{runs:?}");
}

#[test]
fn a_page_of_this_origin_is_told_what_it_may_send_and_others_are_refused() {
    let (library, data) = (small_library(), Folder::new());
    let token = Some(Secret::new("hunter2".to_owned()));
    for config in [
        Server::config(&library, &Folder::new()),
        Config { token, ..Server::config(&library, &data) },
    ] {
        let server = Server::with(config);
        let origin = format!("http://{}", server.client.address);
        let preflight = server.client.send(
            "OPTIONS",
            EXA,
            &[("origin", &origin), ("access-control-request-method", "POST")],
            b"",
        );
        assert_eq!(preflight.status, 204);
        assert_eq!(preflight.header("access-control-allow-origin"), Some(&*origin));
        let allowed = preflight.header("access-control-allow-headers").unwrap();
        for header in ["x-api-key", "authorization", "exa-beta", "last-event-id", "user-agent"] {
            assert!(allowed.contains(header), "{header}");
        }
        let read = server.client.send(
            "GET",
            EXTRUCT,
            &[("origin", &origin), ("authorization", "Bearer hunter2")],
            b"",
        );
        assert_eq!(
            (read.status, read.header("access-control-allow-origin")),
            (200, Some(&*origin))
        );
        assert!(read.header("access-control-expose-headers").unwrap().contains("x-request-id"));
        for method in ["OPTIONS", "GET"] {
            let foreign = server.client.send(
                method,
                EXA,
                &[("origin", "http://evil.example"), ("x-api-key", "hunter2")],
                b"",
            );
            assert_eq!(foreign.status, 403, "{method}");
            assert_eq!(foreign.header("access-control-allow-origin"), None);
        }
    }
}

#[test]
fn what_is_not_there_is_refused_in_the_words_of_each_vendor() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let exa = server.client.get("/local/exa/websets");
    assert_eq!((exa.status, &exa.json()["tag"]), (404, &json!("NOT_FOUND")));
    let method = server.client.send("PUT", "/local/exa/search", &[], b"{}");
    assert_eq!((method.status, method.header("allow")), (405, Some("POST")));
    assert!(method.json()["tag"].is_string());
    let tavily = server.client.get("/local/tavily/none");
    assert!(tavily.status == 404 && tavily.json()["detail"]["error"].is_string());
    let nobody = server.client.get("/local/nobody/search");
    assert_eq!((nobody.status, nobody.error().0.as_str()), (404, "not-found"));
}
