//! Reading a value into a type.
//!
//! A derived reader is made once for every form that a text can come in, and each time with all that
//! an error could say. The types of this crate are read in one form only, a [`Value`], and what does
//! not fit says no more than that: a fifth of the bytes in a browser.

use std::fmt;

use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, Expected, Unexpected, Visitor,
    value::{BorrowedStrDeserializer, U32Deserializer},
};
use serde_json::{Map, Value, map};

/// Reads a value as a `T`; none when it does not fit.
pub fn fit<'de, T: Deserialize<'de>>(value: &'de Value) -> Option<T> {
    T::deserialize(Walk(value)).ok()
}

/// A value does not fit a type.
#[derive(Clone, Copy)]
struct Misfit;

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of another form")
    }
}

impl fmt::Debug for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Misfit {}

impl de::Error for Misfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// A value that is being read.
#[derive(Clone, Copy)]
struct Walk<'de>(&'de Value);

impl<'de> Walk<'de> {
    fn text<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.0.as_str().map_or(Err(Misfit), |text| visitor.visit_borrowed_str(text))
    }

    fn number<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if let Some(number) = self.0.as_u64() {
            return visitor.visit_u64(number);
        }
        if let Some(number) = self.0.as_i64() {
            return visitor.visit_i64(number);
        }
        self.0.as_f64().map_or(Err(Misfit), |number| visitor.visit_f64(number))
    }

    fn fields<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let fields = self.0.as_object().ok_or(Misfit)?;
        visitor.visit_map(Fields { fields: fields.iter(), value: &Value::Null })
    }

    /// Where this text stands among the names, or how many there are if it is none of them.
    fn place_in(self, names: &[&str]) -> Result<u32, Misfit> {
        let text = self.0.as_str().ok_or(Misfit)?;
        let place = names.iter().position(|name| *name == text).unwrap_or(names.len());
        u32::try_from(place).map_err(|_| Misfit)
    }

    fn items<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let items = self.0.as_array().ok_or(Misfit)?;
        visitor.visit_seq(Items(items.iter()))
    }
}

/// Methods that all read the same.
macro_rules! alike {
    ($how:ident: $($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            self.$how(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Walk<'de> {
    type Error = Misfit;

    alike!(text: deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_identifier);
    alike!(number: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8
        deserialize_u16 deserialize_u32 deserialize_u64 deserialize_f32 deserialize_f64);
    alike!(fields: deserialize_map);
    alike!(items: deserialize_seq);

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(_) => self.number(visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(_) => self.items(visitor),
            Value::Object(_) => self.fields(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.0.as_bool().map_or(Err(Misfit), |value| visitor.visit_bool(value))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.0.is_null() { visitor.visit_unit() } else { Err(Misfit) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misfit> {
        self.items(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.items(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let fields = self.0.as_object().ok_or(Misfit)?;
        visitor.visit_seq(Named { names: names.iter(), fields })
    }

    /// Variants with anything in them have readers of their own.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_enum(U32Deserializer::new(self.place_in(names)?))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_unit()
    }
}

/// The items of a list.
struct Items<'de>(std::slice::Iter<'de, Value>);

impl<'de> de::SeqAccess<'de> for Items<'de> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        self.0.next().map(|item| seed.deserialize(Walk(item))).transpose()
    }
}

/// The fields of a type, in its own order. A derived reader that is handed fields with their names
/// compares each name with all it knows, and keeps what it has read until all are seen; in their
/// order it needs neither. One that is missing is left out: where that may be, the type says so with
/// `#[serde(default)]`.
struct Named<'de> {
    names: std::slice::Iter<'static, &'static str>,
    fields: &'de Map<String, Value>,
}

impl<'de> Named<'de> {
    #[inline(never)]
    fn next(&mut self) -> Option<&'de Value> {
        self.fields.get(*self.names.next()?)
    }
}

impl<'de> de::SeqAccess<'de> for Named<'de> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        self.next().map(|value| seed.deserialize(Walk(value))).transpose()
    }
}

/// The fields of an object.
struct Fields<'de> {
    fields: map::Iter<'de>,
    value: &'de Value,
}

impl<'de> de::MapAccess<'de> for Fields<'de> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Misfit> {
        let Some((name, value)) = self.fields.next() else { return Ok(None) };
        self.value = value;
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        seed.deserialize(Walk(self.value))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Checkpoint, Report, Task};

    fn same<T: de::DeserializeOwned + PartialEq + fmt::Debug>(value: &Value) {
        let known: T = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(fit::<T>(value), Some(known));
    }

    #[test]
    fn a_value_is_read_as_serde_json_reads_it() {
        let task = json!({
            "question": "Why?", "effort": "deep", "output_schema": {"type": ["object", null, 1.5]},
            "include": ["a"], "rows": [{"a": -1}], "budget": {"usd": 3, "seconds": 4},
            "metadata": {"b": "c"}, "options": {"d": [true]}, "new": {"unknown": []}
        });
        same::<Task>(&task);
        same::<Checkpoint>(&json!({
            "provider": "local", "task": task, "stage": "submit-unknown", "job": "j", "seen": 7
        }));
        same::<Report>(&json!({
            "markdown": "m", "structured": [1, -2, 0.5, null], "partial": true,
            "citations": [{"span": {"start": 1, "end": 2}, "sources": [1], "confidence": "low"}],
            "warnings": [{"kind": "newer", "message": "m"}],
            "cost": {"amount": 1, "unit": "USD", "parts": [{"name": "n", "count": 2}]}
        }));
    }

    #[test]
    fn what_does_not_fit_is_nothing() {
        for value in [json!(null), json!([]), json!("x"), json!({}), json!({"question": 1})] {
            assert_eq!(fit::<Task>(&value), None, "{value}");
        }
        assert_eq!(fit::<Task>(&json!({"question": "q", "effort": "none"})), None);
        assert_eq!(fit::<u8>(&json!(256)), None);
        assert_eq!(fit::<u32>(&json!(-1)), None);
    }
}
