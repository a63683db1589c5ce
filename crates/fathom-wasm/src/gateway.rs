//! The rules of a gateway, for handlers at the edge. What a gateway may not do comes back as
//! `{"refusal": {"status", "error"}}`.

use fathom_core::{
    Secret,
    gateway::{self, Asked, Refusal},
    http::Headers,
    json::{self, Object},
    provider::Vendor,
    providers,
};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::heard::head;
use crate::write;

/// What a handler has to know before anything is asked: `{"vendors", "headers"}`, the names of the
/// vendors and of the headers that a page may have to send.
#[wasm_bindgen]
pub fn gateway_facts() -> String {
    let vendors: Vec<&str> = providers::VENDORS.iter().map(|vendor| vendor.id).collect();
    let headers: Vec<&str> = gateway::read_headers().collect();
    Object::new().value("vendors", &vendors).value("headers", &headers).end()
}

/// Checks the address of something that stands in for a vendor: `{"base"}` or `{"error"}`.
#[wasm_bindgen]
pub fn gateway_base(address: &str) -> String {
    match gateway::base(address) {
        Ok(base) => Object::new().text("base", &base).end(),
        Err(error) => write::refusal(&error),
    }
}

/// Says whose the path and query below `/gateway` is: `{"vendor", "target"}`.
#[wasm_bindgen]
pub fn gateway_route(target: &str) -> String {
    match gateway::route(target) {
        Ok((vendor, target)) => {
            Object::new().text("vendor", vendor.id).text("target", target).end()
        }
        Err(refusal) => refused(refusal, None),
    }
}

/// Says what to send to a vendor: `{"method", "url", "headers", "body_max", "key"}`. `headers` is a
/// list of names and values, `length` that of the body where it is known, `base` the vendor's address
/// where it is not the usual one. The key that comes back is for [`gateway_answer`] alone.
#[wasm_bindgen]
pub fn gateway_forward(
    vendor: &str,
    method: &str,
    target: &str,
    headers: &str,
    length: Option<f64>,
    base: Option<String>,
    key: Option<String>,
) -> String {
    let Some(vendor) = providers::vendor(vendor) else { return refused(Refusal::Vendor, None) };
    let headers = head(0, headers).headers;
    // A length that no integer holds is larger than every limit, and becomes the largest there is.
    let length = length.map(|length| length as u64);
    let asked = Asked { method, target, headers: &headers, length };
    let base = base.as_deref().unwrap_or(vendor.base);
    let key = key.map(Secret::new);
    match gateway::forward(vendor, base, &asked, key.as_ref()) {
        Ok(forward) => Object::new()
            .text("method", forward.method.as_str())
            .text("url", &forward.url)
            .json("headers", &pairs(&forward.headers))
            .value("body_max", &forward.body_max)
            .text("key", forward.key.reveal())
            .end(),
        Err(refusal) => refused(refusal, Some(vendor)),
    }
}

/// Says what to answer with in place of a vendor's reply to a request that was sent with `key`:
/// `{"status", "headers"}`. The body is taken to be decoded, as `fetch` does.
#[wasm_bindgen]
pub fn gateway_answer(vendor: &str, status: u16, headers: &str, key: &str) -> String {
    match gateway::answer(&head(status, headers), true, &Secret::new(key)) {
        Ok(head) => {
            Object::new().value("status", &head.status).json("headers", &pairs(&head.headers)).end()
        }
        Err(refusal) => refused(refusal, providers::vendor(vendor)),
    }
}

/// The refusal of a body that turned out to be too large while it was read.
#[wasm_bindgen]
pub fn gateway_too_large(vendor: &str) -> String {
    refused(Refusal::Body, providers::vendor(vendor))
}

fn pairs(headers: &Headers) -> String {
    json::write(&headers.iter().collect::<Vec<(&str, &str)>>())
}

fn refused(refusal: Refusal, vendor: Option<&Vendor>) -> String {
    let error = refusal.error(vendor);
    let error = match vendor {
        Some(vendor) => error.with_provider(vendor.id),
        None => error,
    };
    let said = Object::new().value("status", &refusal.status()).value("error", &error).end();
    Object::new().json("refusal", &said).end()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn asked(method: &str, target: &str, headers: &str, key: Option<&str>) -> Value {
        let key = key.map(str::to_owned);
        let said = gateway_forward("tavily", method, target, headers, Some(2.0), None, key);
        serde_json::from_str(&said).unwrap()
    }

    #[test]
    fn a_request_is_passed_with_the_key() {
        let sent =
            asked("POST", "/search", r#"[["content-type","application/json"]]"#, Some("k-1"));
        assert_eq!((&sent["method"], &sent["key"]), (&json!("POST"), &json!("k-1")));
        assert!(
            sent["headers"].as_array().unwrap().contains(&json!(["authorization", "Bearer k-1"]))
        );
        assert!(sent["body_max"].as_u64().unwrap() > 0);
    }

    #[test]
    fn a_refusal_says_why_in_the_form_of_the_program() {
        let refused = asked("POST", "/search", r#"[["content-type","application/json"]]"#, None);
        assert_eq!(refused["refusal"]["status"], 401);
        assert_eq!(refused["refusal"]["error"]["kind"], "unauthorized");
        assert_eq!(refused["refusal"]["error"]["provider"], "tavily");
        assert_eq!(asked("PUT", "/search", "[]", None)["refusal"]["status"], 405);
        for nobody in ["", "/", "/nobody/search", "tavily"] {
            assert!(gateway_route(nobody).contains("\"status\":404"), "{nobody}");
        }
        assert!(gateway_too_large("exa").contains("\"status\":413"));
    }

    #[test]
    fn a_reply_loses_what_holds_the_key() {
        let headers =
            r#"[["x-request-id","v-1"],["ratelimit-limit","k-123"],["content-encoding","br"]]"#;
        let said: Value =
            serde_json::from_str(&gateway_answer("exa", 200, headers, "k-123")).unwrap();
        assert_eq!(said["status"], 200);
        let text = said["headers"].to_string();
        assert!(
            text.contains("v-1") && !text.contains("k-123") && !text.contains("content-encoding")
        );
        assert!(gateway_answer("exa", 302, "[]", "k").contains("\"status\":502"));
    }

    #[test]
    fn an_address_is_checked() {
        assert_eq!(gateway_base("http://127.0.0.1:1/"), r#"{"base":"http://127.0.0.1:1"}"#);
        assert!(gateway_base("http://example.com").contains("invalid-task"));
    }
}
