//! What each fuzz target does with the bytes it is given, and the laws that must hold meanwhile.
//!
//! A target is a module with a function `read`, so that the same laws can be run without a fuzzer.

pub mod citations;
pub mod gateway;
pub mod json;
pub mod markdown;
pub mod replies;
pub mod sse;

/// The text of the bytes, and its first line apart from the rest.
fn lines(bytes: &[u8]) -> (String, String) {
    let text = String::from_utf8_lossy(bytes);
    let (first, rest) = text.split_once('\n').unwrap_or(("", &text));
    (first.to_owned(), rest.to_owned())
}
