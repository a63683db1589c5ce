//! Reading a value into a type.
//!
//! Derived readers make every field a result of its own, and drop all fields before it when one does
//! not fit: a tenth of the bytes in a browser. Here a value is read into one that is there already,
//! and whether all of it fitted is asked once, at the end.

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;

mod plain;

/// What can be read from a JSON value. For structs [`super::fields!`] says how, for enums
/// [`super::words!`].
pub trait Fit {
    /// Reads `value` into `self`, and says whether it fits. If it does not, what is left in `self`
    /// means nothing.
    #[must_use]
    fn fit(&mut self, value: &Value) -> bool;
}

/// Reads a value as a `T`; none when it does not fit.
pub fn fit<T: Fit + Default>(value: &Value) -> Option<T> {
    let mut read = T::default();
    read.fit(value).then_some(read)
}

/// Reads a `T` from whatever serde can read.
///
/// # Errors
/// When it does not fit; the error says that it is no `name`.
pub fn deserialize<'de, D, T>(deserializer: D, name: &str) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Fit + Default,
{
    let value = Value::deserialize(deserializer)?;
    fit(&value).ok_or_else(|| D::Error::custom(["this is no ", name].concat()))
}

/// The fields of an object while they are read. Those that nobody asks for are ignored.
#[derive(Debug)]
pub struct Fields<'a> {
    value: &'a Value,
    fit: bool,
}

impl<'a> Fields<'a> {
    /// The fields of `value`; nothing but an object fits.
    pub fn of(value: &'a Value) -> Self {
        Self { value, fit: value.is_object() }
    }

    /// Reads a field that has to be there.
    pub fn need<T: Fit>(&mut self, name: &str, into: &mut T) {
        self.fit &= self.value.get(name).is_some_and(|value| into.fit(value));
    }

    /// Reads a field that may be missing; then `into` stays as it is.
    pub fn may<T: Fit>(&mut self, name: &str, into: &mut T) {
        self.fit &= self.value.get(name).is_none_or(|value| into.fit(value));
    }

    /// Reads a field that may be missing; then it is the default.
    pub fn take<T: Fit + Default>(&mut self, name: &str) -> T {
        let mut read = T::default();
        self.may(name, &mut read);
        read
    }

    /// Whether all that has been read fits.
    pub fn fit(&self) -> bool {
        self.fit
    }
}

/// Reads the one of `all` that `said` says as `value` does.
pub fn word<T: Copy>(into: &mut T, value: &Value, all: &[T], said: fn(T) -> &'static str) -> bool {
    let known = all.iter().find(|known| value == said(**known));
    if let Some(known) = known {
        *into = *known;
    }
    known.is_some()
}

/// A word that, where it is not known, leaves what is there already.
pub(crate) struct Lenient<'a>(pub(crate) &'a mut dyn Fit);

impl Fit for Lenient<'_> {
    fn fit(&mut self, value: &Value) -> bool {
        self.0.fit(value) || value.is_string()
    }
}

/// Says of structs how they are read: `fields!(Source: needs id, title; may have url)`. The fields
/// are called as they are in Rust. What may be missing is then its default.
#[doc(hidden)]
#[macro_export]
macro_rules! json_fields {
    ($type:ty: needs $($needed:ident),+ $(; may have $($other:ident),+)?) => {
        $crate::json_fields!(@ $type; $($needed),+; $($($other),+)?);
    };
    ($type:ty: may have $($other:ident),+) => {
        $crate::json_fields!(@ $type; ; $($other),+);
    };
    (@ $type:ty; $($needed:ident),*; $($other:ident),*) => {
        impl $crate::json::Fit for $type {
            fn fit(&mut self, value: &$crate::json::Value) -> bool {
                let mut fields = $crate::json::Fields::of(value);
                $(fields.need(stringify!($needed), &mut self.$needed);)*
                $(fields.may(stringify!($other), &mut self.$other);)*
                fields.fit()
            }
        }
        $crate::json_deserialized!($type);
    };
}

/// Says of an enum how it is written and read: `words!(Effort: Quick "quick", Deep "deep")`. With
/// `; else Other "other"` at the end, words that are not known are read as that.
#[doc(hidden)]
#[macro_export]
macro_rules! json_words {
    ($type:ty: $($name:ident $word:literal),+ $(; else $other:ident $last:literal)?) => {
        impl $type {
            /// The word used on the wire.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                    $(Self::$other => $last,)?
                }
            }
        }

        impl $crate::json::Fit for $type {
            fn fit(&mut self, value: &$crate::json::Value) -> bool {
                $crate::json::word(self, value, &[$(Self::$name),+], Self::as_str) $(|| {
                    *self = Self::$other;
                    value.is_string()
                })?
            }
        }

        impl $crate::json::serde::Serialize for $type {
            fn serialize<S>(&self, serializer: S) -> Result<S::Ok, S::Error>
            where
                S: $crate::json::serde::Serializer,
            {
                serializer.serialize_str(self.as_str())
            }
        }

        $crate::json_deserialized!($type);
    };
}

/// Lets serde read a type that has [`Fit`].
#[doc(hidden)]
#[macro_export]
macro_rules! json_deserialized {
    ($type:ty) => {
        impl<'de> $crate::json::serde::Deserialize<'de> for $type {
            fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
            where
                D: $crate::json::serde::Deserializer<'de>,
            {
                $crate::json::deserialize(deserializer, stringify!($type))
            }
        }
    };
}

#[cfg(test)]
mod tests;
