//! Writing a type as JSON.
//!
//! serde_json writes for any output and in any style, and all of that is made anew for every type
//! of a field. This writes compact JSON into a text, without a way to fail, and what is the same for
//! all types is one function: half of the bytes in a browser. It writes what serde_json writes.

use std::fmt;

use serde::Serialize;

use super::hex;
use crate::number;

mod serializer;
#[cfg(test)]
mod tests;

/// Writes a value as JSON. The keys of its maps are texts, and none of its types refuses to be
/// written, as is true of all types of this crate.
pub fn write<T: Serialize + ?Sized>(value: &T) -> String {
    let mut text = Text::default();
    let Ok(()) = value.serialize(&mut text);
    text.0
}

/// An object of which no type knows the fields, as it grows.
pub struct Object(Text);

impl Object {
    /// An object without fields.
    #[expect(clippy::new_without_default, reason = "nothing asks for a default object")]
    pub fn new() -> Self {
        Self(Text("{".to_owned()))
    }

    /// Adds a field whose value is JSON already.
    pub fn json(&mut self, name: &str, json: &str) -> &mut Self {
        self.0.name(name);
        self.0.put(json);
        self
    }

    /// Adds a field with text.
    pub fn text(&mut self, name: &str, text: &str) -> &mut Self {
        self.0.name(name);
        self.0.text(text);
        self
    }

    /// Adds a field with anything that can be written.
    pub fn value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> &mut Self {
        self.0.name(name);
        let Ok(()) = value.serialize(&mut self.0);
        self
    }

    /// The object with what was added so far.
    pub fn end(&mut self) -> String {
        self.0.put("}");
        std::mem::take(&mut self.0.0)
    }
}

// What is in it may be a key.
impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Object").finish_non_exhaustive()
    }
}

/// JSON as it is written.
#[derive(Default)]
struct Text(String);

impl Text {
    #[inline(never)]
    fn put(&mut self, json: &str) {
        self.0.push_str(json);
    }

    /// Parts what comes next from what came before it.
    #[inline(never)]
    fn next(&mut self) {
        if !self.0.ends_with(['{', '[']) {
            self.0.push(',');
        }
    }

    /// The name of a field.
    #[inline(never)]
    fn name(&mut self, name: &str) {
        self.next();
        self.text(name);
        self.0.push(':');
    }

    #[inline(never)]
    fn text(&mut self, text: &str) {
        self.0.push('"');
        let mut copied = 0;
        for (at, byte) in text.bytes().enumerate() {
            let escape = match byte {
                b'"' | b'\\' => byte,
                b'\n' => b'n',
                b'\r' => b'r',
                b'\t' => b't',
                0x08 => b'b',
                0x0c => b'f',
                0..0x20 => b'u',
                _ => continue,
            };
            self.put(text.get(copied..at).unwrap_or_default());
            self.0.push('\\');
            self.0.push(char::from(escape));
            if escape == b'u' {
                self.put(if byte < 0x10 { "000" } else { "001" });
                self.0.push(char::from(hex(byte & 15)));
            }
            copied = at + 1;
        }
        self.put(text.get(copied..).unwrap_or_default());
        self.0.push('"');
    }

    #[inline(never)]
    fn whole(&mut self, number: u64) {
        number::push(&mut self.0, number, "");
    }

    #[inline(never)]
    fn signed(&mut self, number: i64) {
        if number < 0 {
            self.0.push('-');
        }
        self.whole(number.unsigned_abs());
    }

    /// The fewest digits that mean a number are an art of its own.
    #[inline(never)]
    fn decimal<T: Serialize>(&mut self, number: T) {
        self.put(serde_json::to_string(&number).as_deref().unwrap_or("null"));
    }

    #[inline(never)]
    fn variant(&mut self, name: &str) {
        self.put("{");
        self.name(name);
    }
}
