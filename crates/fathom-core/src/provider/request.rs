//! Requests as most vendors want them: an object in their own words.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::Info;
use crate::{json, task::Task};

/// The body of a request, as it is put together.
#[derive(Debug, Default)]
pub(crate) struct Body(Map<String, Value>);

impl Body {
    /// A body that begins with the settings that are handed on as they are.
    pub(crate) fn with_options(task: &Task) -> Self {
        Self(task.options.clone())
    }

    #[inline(never)]
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// A text, where there is one.
    pub(crate) fn text(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.set(name, text.into());
        }
    }

    /// A value, where there is one.
    pub(crate) fn value(&mut self, name: &str, value: Option<&Value>) {
        if let Some(value) = value {
            self.set(name, value.clone());
        }
    }

    /// A list of texts, unless it is empty.
    pub(crate) fn texts(&mut self, name: &str, texts: &[String]) {
        let mut list = Vec::new();
        for text in texts {
            list.push(text.as_str().into());
        }
        self.list(name, list);
    }

    /// A list, unless it is empty.
    pub(crate) fn list(&mut self, name: &str, list: Vec<Value>) {
        if !list.is_empty() {
            self.set(name, Value::Array(list));
        }
    }

    /// An object, unless it is empty.
    pub(crate) fn object(&mut self, name: &str, body: Self) {
        if !body.0.is_empty() {
            self.set(name, body.into());
        }
    }

    /// What the task's effort is called, where it is called something.
    pub(crate) fn level(&mut self, name: &str, info: &Info, task: &Task) {
        self.text(name, info.level(task).map(|level| &*level.name));
    }

    /// The body as JSON.
    pub(crate) fn write(self) -> String {
        json::write(&Value::from(self))
    }
}

impl From<Body> for Value {
    fn from(body: Body) -> Self {
        Self::Object(body.0)
    }
}

/// The question with the guidance below it, for vendors that have no other place for that.
pub(crate) fn wording(task: &Task) -> Cow<'_, str> {
    let question = task.question.trim();
    match task.guidance.as_deref().map(str::trim).filter(|guidance| !guidance.is_empty()) {
        Some(guidance) => Cow::Owned([question, "\n\n", guidance].concat()),
        None => Cow::Borrowed(question),
    }
}
