//! The way from a derived writer to the text.

use std::fmt;

use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::Text;

/// There is no such error.
#[derive(Debug)]
pub(super) enum Never {}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl Error for Never {
    #[expect(clippy::panic, reason = "a type's own mistake, which no input can bring about")]
    fn custom<T: fmt::Display>(why: T) -> Self {
        panic!("a type refuses to be written: {why}");
    }
}

type Written = Result<(), Never>;

/// Methods that write in the same way.
macro_rules! alike {
    ($how:ident: $($method:ident($type:ty))*) => {$(
        #[inline(always)]
        fn $method(self, value: $type) -> Written {
            self.$how(value.into());
            Ok(())
        }
    )*};
}

/// Methods that begin what has parts.
macro_rules! begin {
    ($($method:ident($($of:ty),*) $opening:literal)*) => {$(
        #[inline(always)]
        fn $method(self, $(_: $of),*) -> Result<Self, Never> {
            self.put($opening);
            Ok(self)
        }
    )*};
}

/// Methods that begin a variant that has parts.
macro_rules! begin_variant {
    ($($method:ident $opening:literal)*) => {$(
        fn $method(
            self,
            _: &'static str,
            _: u32,
            name: &'static str,
            _: usize,
        ) -> Result<Self, Never> {
            self.variant(name);
            self.put($opening);
            Ok(self)
        }
    )*};
}

impl Serializer for &mut Text {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    alike!(signed: serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64));
    alike!(whole: serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64));
    alike!(text: serialize_str(&str));

    begin! {
        serialize_seq(Option<usize>) "["
        serialize_tuple(usize) "["
        serialize_tuple_struct(&'static str, usize) "["
        serialize_map(Option<usize>) "{"
        serialize_struct(&'static str, usize) "{"
    }

    begin_variant!(serialize_tuple_variant "[" serialize_struct_variant "{");

    fn serialize_f32(self, number: f32) -> Written {
        self.decimal(number);
        Ok(())
    }

    fn serialize_f64(self, number: f64) -> Written {
        self.decimal(number);
        Ok(())
    }

    #[inline(always)]
    fn serialize_bool(self, value: bool) -> Written {
        self.put(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_char(self, value: char) -> Written {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Written {
        self.collect_seq(bytes)
    }

    #[inline(always)]
    fn serialize_none(self) -> Written {
        self.serialize_unit()
    }

    #[inline(always)]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    #[inline(always)]
    fn serialize_unit(self) -> Written {
        self.put("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.serialize_unit()
    }

    #[inline(always)]
    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Written {
        self.serialize_str(name)
    }

    #[inline(always)]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, of: &T) -> Written {
        of.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Written {
        self.variant(name);
        value.serialize(&mut *self)?;
        self.put("}");
        Ok(())
    }

    fn collect_seq<I>(self, items: I) -> Written
    where
        I: IntoIterator,
        I::Item: Serialize,
    {
        self.put("[");
        for item in items {
            self.next();
            item.serialize(&mut *self)?;
        }
        self.put("]");
        Ok(())
    }

    fn collect_map<K, V, I>(self, entries: I) -> Written
    where
        K: Serialize,
        V: Serialize,
        I: IntoIterator<Item = (K, V)>,
    {
        self.put("{");
        for (key, value) in entries {
            self.next();
            key.serialize(&mut *self)?;
            self.put(":");
            value.serialize(&mut *self)?;
        }
        self.put("}");
        Ok(())
    }
}

/// What has parts, and how it ends: items follow each other, fields have a name.
macro_rules! parts {
    ($($what:ident::$part:ident($($name:ident)?) $closing:literal)*) => {$(
        impl $what for &mut Text {
            type Ok = ();
            type Error = Never;

            #[inline(always)]
            fn $part<T: Serialize + ?Sized>(
                &mut self,
                $($name: &'static str,)?
                value: &T,
            ) -> Written {
                parts!(begin self $($name)?);
                value.serialize(&mut **self)
            }

            #[inline(always)]
            fn end(self) -> Written {
                self.put($closing);
                Ok(())
            }
        }
    )*};
    (begin $text:ident) => { $text.next() };
    (begin $text:ident $name:ident) => { $text.name($name) };
}

parts! {
    SerializeSeq::serialize_element() "]"
    SerializeTuple::serialize_element() "]"
    SerializeTupleStruct::serialize_field() "]"
    SerializeTupleVariant::serialize_field() "]}"
    SerializeStruct::serialize_field(name) "}"
    SerializeStructVariant::serialize_field(name) "}}"
}

impl SerializeMap for &mut Text {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        self.next();
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.put(":");
        value.serialize(&mut **self)
    }

    fn end(self) -> Written {
        self.put("}");
        Ok(())
    }
}
