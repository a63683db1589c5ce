//! Server-sent events, for JavaScript that reads a stream by itself.

use fathom_core::{
    json::Object,
    sse::{Decoder, Message},
};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::write::refusal;

/// Reads events from bytes in pieces of any size.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Sse {
    decoder: Decoder,
}

#[wasm_bindgen]
impl Sse {
    /// A reader at the beginning of a stream.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The events that a piece completes: a list of `{"event", "data", "id"?}`, or `{"error"}`.
    pub fn push(&mut self, bytes: &[u8]) -> String {
        match self.decoder.push(bytes) {
            Ok(messages) => {
                let events: Vec<String> = messages.iter().map(event).collect();
                ["[", &events.join(","), "]"].concat()
            }
            Err(error) => refusal(&error),
        }
    }
}

fn event(message: &Message) -> String {
    let mut object = Object::new();
    object.text("event", &message.event).text("data", &message.data);
    if let Some(id) = &message.id {
        object.text("id", id);
    }
    object.end()
}
