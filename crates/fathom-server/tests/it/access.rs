//! Who may ask.

use serde_json::json;

use crate::support::{Folder, Server, small_library};

#[test]
fn names_and_origins_of_others_are_refused() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    let client = server.client;
    for path in ["/", "/healthz", "/api/v1/library"] {
        let answer = client.send("GET", path, &[("host", "evil.example:8787")], b"");
        assert_eq!((answer.status, answer.error().0.as_str()), (403, "refused"), "{path}");
    }
    let own = format!("http://{}", client.address);
    assert_eq!(client.send("GET", "/api/v1/library", &[("origin", &own)], b"").status, 200);
    for origin in ["http://evil.example", "null", "http://127.0.0.1:1"] {
        let body = json!({ "question": "a" }).to_string();
        let answer = client.send("POST", "/api/v1/runs", &[("origin", origin)], body.as_bytes());
        assert_eq!((answer.status, answer.error().0.as_str()), (403, "refused"));
    }
    assert_eq!(client.get("/api/v1/runs").json()["runs"], json!([]));
}

#[test]
fn a_token_opens_by_header_or_by_cookie() {
    let (library, data) = (small_library(), Folder::new());
    let token = Some(fathom_core::Secret::new("open sesame"));
    let server = Server::with(fathom_server::Config { token, ..Server::config(&library, &data) });
    let client = server.client;
    assert_eq!(client.get("/healthz").status, 200);
    let closed = client.get("/api/v1/runs");
    assert_eq!((closed.status, closed.error().0.as_str()), (401, "unauthorized"));
    assert_eq!(closed.header("www-authenticate"), Some("Bearer"));
    assert_eq!(client.get("/").status, 401);
    assert_eq!(
        client.send("GET", "/api/v1/runs", &[("authorization", "Bearer open sesame")], b"").status,
        200
    );
    assert_eq!(
        client.send("GET", "/api/v1/runs", &[("authorization", "Bearer closed")], b"").status,
        401
    );
    assert_eq!(client.get("/?token=wrong").status, 401);
    let login = client.get("/?token=open%20sesame");
    assert_eq!((login.status, login.header("location")), (303, Some("/")));
    let cookie = login.header("set-cookie").unwrap();
    assert!(
        cookie.contains("HttpOnly")
            && cookie.contains("SameSite=Strict")
            && !cookie.contains("sesame")
    );
    let cookie = cookie.split(';').next().unwrap();
    assert_eq!(client.send("GET", "/api/v1/runs", &[("cookie", cookie)], b"").status, 200);
    assert_eq!(
        client.send("GET", "/", &[("cookie", cookie), ("accept", "text/html")], b"").status,
        200
    );
}

#[test]
fn every_answer_carries_the_headers_of_safety() {
    let (library, data) = (small_library(), Folder::new());
    let server = Server::start(&library, &data);
    for path in ["/", "/api/v1/library", "/api/v1/none"] {
        let answer = server.client.get(path);
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.header("x-frame-options"), Some("DENY"));
        assert!(answer.header("access-control-allow-origin").is_none());
    }
}
