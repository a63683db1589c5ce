//! The app, embedded at build time and served with a strict policy.

use std::sync::LazyLock;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

mod files {
    use super::File;

    include!(concat!(env!("OUT_DIR"), "/app_files.rs"));
}

/// A file of the app.
struct File {
    path: &'static str,
    bytes: &'static [u8],
    /// The same compressed, where that is smaller.
    brotli: Option<&'static [u8]>,
    etag: &'static str,
}

const INDEX: &str = "/index.html";
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// Only what the app itself brings, and nothing from anywhere else.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        files::SCRIPT_HASHES
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

const NOT_BUILT: &str = "\
This fathom was built without its app; the API under /api/v1 works.
Build both with: cargo xtask build
";

/// The file at `path`, or the app's page for any other path that a person opens.
pub(crate) fn answer(path: &str, headers: &HeaderMap) -> Option<Response> {
    let path = if path == "/" { INDEX } else { path };
    if let Some(file) = find(path) {
        return Some(serve(file, headers));
    }
    // Addresses inside the app are its own business, but a missing script must not become a page.
    if !accepts(headers, header::ACCEPT, "text/html") && path != INDEX {
        return None;
    }
    Some(find(INDEX).map_or_else(not_built, |index| serve(index, headers)))
}

fn find(path: &str) -> Option<&'static File> {
    files::FILES.iter().find(|file| file.path == path)
}

fn not_built() -> Response {
    (StatusCode::OK, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], NOT_BUILT)
        .into_response()
}

fn serve(file: &'static File, asked: &HeaderMap) -> Response {
    let packed = file.brotli.filter(|_| accepts(asked, header::ACCEPT_ENCODING, "br"));
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut response = match known.is_some_and(|tags| tags.contains(file.etag)) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Body::from(packed.unwrap_or(file.bytes)).into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(file.path)));
    headers.insert(header::ETAG, HeaderValue::from_static(file.etag));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let cache = if is_hashed(file.path) { IMMUTABLE } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if packed.is_some() && response.status() == StatusCode::OK {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    if file.path.ends_with(".html") {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, POLICY.clone());
    }
    response
}

/// Whether a list such as `gzip, br;q=0.8` holds a word.
fn accepts(headers: &HeaderMap, name: header::HeaderName, word: &str) -> bool {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    let mut entries = values.flat_map(|value| value.split(','));
    entries.any(|entry| {
        let (kind, weight) = entry.split_once(';').unwrap_or((entry, ""));
        kind.trim() == word && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

/// Whether the build put a hash of the content into the name of the file or of its folder, so that
/// the content never changes.
fn is_hashed(path: &str) -> bool {
    let mut parts = path.split(['/', '-', '_', '.']);
    parts.any(|part| part.len() >= 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{POLICY, is_hashed};

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(is_hashed("/app-4f5e9d0a7c1b2d3e/fathom-web_bg.wasm"));
        assert!(is_hashed("/fathom-4f5e9d0a7c1b2d3e.css"));
        assert!(!is_hashed("/index.html"));
        assert!(!is_hashed("/manifest.webmanifest"));
    }

    #[test]
    fn the_policy_allows_nothing_foreign() {
        let policy = POLICY.to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("http"));
    }
}
