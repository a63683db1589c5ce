//! The pieces of a streamed answer.

use serde_json::Value;

use crate::{
    error::Error,
    json,
    provider::failure::{malformed, parse, said},
    sse::Message,
};

use crate::providers::exa::plain::{PLAIN, dollars};
use crate::report::Cost;

/// A piece of a streamed answer, or of a search with an output.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    /// Text to be added.
    pub text: String,
    /// The pages used, which take the place of those of earlier pieces.
    pub citations: Option<Vec<Value>>,
    /// What it cost.
    pub cost: Option<Cost>,
    /// Whether this was the last.
    pub done: bool,
}

/// Reads a piece.
///
/// # Errors
/// What Exa says went wrong, or [`crate::ErrorKind::Malformed`] when a piece makes no sense: a part of
/// the answer would be missing.
pub fn piece(message: &Message) -> Result<Piece, Error> {
    let data = message.data.trim();
    if data == "[DONE]" {
        return Ok(Piece { done: true, ..Piece::default() });
    }
    let value = parse(&PLAIN, data.as_bytes())?;
    if let Some(said) = said(&value) {
        return Err(Error::new(crate::ErrorKind::Failed, ["Exa: ", &said].concat())
            .with_provider(PLAIN.id.clone()));
    }
    if !value.is_object() {
        return Err(malformed(&PLAIN, "a piece that is no object"));
    }
    let delta = json::list(&value, "choices").first().and_then(|choice| choice.get("delta"));
    let text = delta.and_then(|delta| json::text(delta, "content")).unwrap_or_default().to_owned();
    // Instead of a list there may be the text "null".
    let citations = value.get("citations").and_then(Value::as_array).cloned();
    Ok(Piece { text, citations, cost: dollars(&value), done: false })
}
