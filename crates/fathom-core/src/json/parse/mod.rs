//! Reading a JSON text.
//!
//! serde_json's own reader is made for many kinds of input and output, and brings a table of all
//! powers of ten: a twentieth of the bytes in a browser. This one makes a [`Value`] of bytes and
//! nothing else. It takes the same texts and gives the same values; a double with more than fifteen
//! digits may be the one beside the nearest, as it may there.

use std::fmt;

use serde_json::{Map, Value};

use super::digits;

mod number;
mod string;

/// The most lists and objects that may stand in one another.
const DEPTH: u32 = 127;

/// Why a text is no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Whether it ends where something has to follow.
    pub is_cut: bool,
    /// The line, from 1, where it stops making sense.
    pub line: usize,
    /// How many bytes of that line have been read.
    pub column: usize,
}

impl Broken {
    /// What is to be said of the text, after the word "that".
    pub fn said(&self) -> String {
        if self.is_cut {
            return "ends too early".to_owned();
        }
        let (line, column) = (digits(self.line as u64), digits(self.column as u64));
        ["makes no sense at line ", &line, ", column ", &column].concat()
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text that ")?;
        f.write_str(&self.said())
    }
}

impl std::error::Error for Broken {}

/// Reads a text. A `lenient` reader takes control characters in strings as they are.
pub(super) fn parse(text: &[u8], lenient: bool) -> Result<Value, Broken> {
    let mut reader = Reader { text, at: 0, depth: 0, is_cut: false, lenient };
    reader.whole().ok_or_else(|| reader.broken())
}

/// A text while it is read. What reads a part of it gives nothing when it makes no sense, and has
/// then taken the byte that does not.
struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    depth: u32,
    is_cut: bool,
    lenient: bool,
}

impl Reader<'_> {
    fn broken(&self) -> Broken {
        let mut broken = Broken { is_cut: self.is_cut, line: 1, column: 0 };
        for byte in self.text.iter().take(self.at) {
            broken.column += 1;
            if *byte == b'\n' {
                (broken.line, broken.column) = (broken.line + 1, 0);
            }
        }
        broken
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let next = self.peek();
        match next {
            Some(_) => self.at += 1,
            None => self.is_cut = true,
        }
        next
    }

    /// The next byte, if it is among these.
    fn next_of(&mut self, wanted: &[u8]) -> Option<u8> {
        let next = self.peek().filter(|byte| wanted.contains(byte));
        self.at += usize::from(next.is_some());
        next
    }

    /// The next byte that is no space between values.
    fn token(&mut self) -> Option<u8> {
        while self.next_of(b" \n\r\t").is_some() {}
        self.next()
    }

    fn whole(&mut self) -> Option<Value> {
        let first = self.token()?;
        let value = self.value(first)?;
        match self.token() {
            Some(_) => None,
            None => Some(value),
        }
    }

    fn value(&mut self, first: u8) -> Option<Value> {
        match first {
            b'"' => self.string().map(Value::String),
            b'{' => self.object(),
            b'[' => self.list(),
            b't' => self.word(b"rue", Value::Bool(true)),
            b'f' => self.word(b"alse", Value::Bool(false)),
            b'n' => self.word(b"ull", Value::Null),
            _ => self.number(first).map(Value::Number),
        }
    }

    fn word(&mut self, rest: &[u8], value: Value) -> Option<Value> {
        rest.iter().all(|byte| self.next() == Some(*byte)).then_some(value)
    }

    fn list(&mut self) -> Option<Value> {
        let mut items = Vec::new();
        let mut next = self.enter()?;
        while next != b']' {
            items.push(self.value(next)?);
            next = self.after(b']')?;
        }
        self.depth -= 1;
        Some(Value::Array(items))
    }

    fn object(&mut self) -> Option<Value> {
        let mut fields = Map::new();
        let mut next = self.enter()?;
        while next != b'}' {
            let name = if next == b'"' { self.string()? } else { return None };
            let first = if self.token()? == b':' { self.token()? } else { return None };
            fields.insert(name, self.value(first)?);
            next = self.after(b'}')?;
        }
        self.depth -= 1;
        Some(Value::Object(fields))
    }

    /// The first byte within a list or object.
    fn enter(&mut self) -> Option<u8> {
        self.depth += 1;
        if self.depth > DEPTH { None } else { self.token() }
    }

    /// The first byte of the entry that follows one, or the end.
    fn after(&mut self, end: u8) -> Option<u8> {
        match self.token()? {
            b',' => self.token().filter(|next| *next != end),
            next => Some(next).filter(|next| *next == end),
        }
    }
}
