//! A setting that is on, off, or on in a certain way.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// `true`, `false`, or a word such as `advanced` or `markdown`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Value", into = "Value")]
pub enum Toggle {
    /// Not wanted.
    #[default]
    Off,
    /// Wanted.
    On,
    /// Wanted in this way.
    As(String),
}

impl Toggle {
    /// Whether it is wanted at all.
    pub fn is_on(&self) -> bool {
        *self != Self::Off
    }
}

impl From<Value> for Toggle {
    /// Anything that is neither a word nor `true` is off.
    fn from(value: Value) -> Self {
        match value {
            Value::Bool(true) => Self::On,
            Value::String(word) => Self::As(word),
            _ => Self::Off,
        }
    }
}

impl From<Toggle> for Value {
    fn from(toggle: Toggle) -> Self {
        match toggle {
            Toggle::Off => Self::Bool(false),
            Toggle::On => Self::Bool(true),
            Toggle::As(word) => Self::String(word),
        }
    }
}
