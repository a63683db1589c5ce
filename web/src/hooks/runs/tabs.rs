//! What tabs of the app tell each other.

use leptos::logging::warn;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

use super::face::HandedKey;
use crate::state::stored::Stored;

const NAME: &str = "fathom";

/// A message to all other tabs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Message {
    /// To the tab that leads: follow this run.
    Follow(Box<Stored>),
    /// To the tab that leads: end this run early.
    Cancel(String),
    /// From the tab that leads: how a run stands.
    Run(Box<Stored>),
    /// To all: a key for this visit.
    Key(HandedKey),
}

/// The way to the other tabs.
#[derive(Debug)]
pub(super) struct Tabs {
    channel: Option<BroadcastChannel>,
}

impl Tabs {
    /// Opens the way; `hear` gets what others say.
    pub(super) fn open(hear: impl Fn(Message) + 'static) -> Self {
        let channel = BroadcastChannel::new(NAME).ok();
        let listen = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            // A tab with another version of the app may say what this one does not understand.
            if let Ok(message) = serde_json::from_str(&text) {
                hear(message);
            }
        });
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(listen.as_ref().unchecked_ref()));
        }
        // The way stays open for as long as the page is.
        listen.forget();
        Self { channel }
    }

    /// Tells the other tabs.
    pub(super) fn tell(&self, message: &Message) {
        let Some(channel) = &self.channel else { return };
        let sent = serde_json::to_string(message)
            .map(|text| channel.post_message(&JsValue::from_str(&text)));
        if !matches!(sent, Ok(Ok(()))) {
            warn!("the other tabs could not be told");
        }
    }
}
