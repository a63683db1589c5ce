//! How plain values are read.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::Fit;

/// Puts what was read in its place, if anything was.
fn put<T>(into: &mut T, read: Option<T>) -> bool {
    let fits = read.is_some();
    if let Some(read) = read {
        *into = read;
    }
    fits
}

/// Reads types as one that a value knows how to be.
macro_rules! plain {
    ($($type:ty = $read:expr;)+) => {$(
        impl Fit for $type {
            fn fit(&mut self, value: &Value) -> bool {
                put(self, $read(value))
            }
        }
    )+};
}

plain! {
    bool = Value::as_bool;
    u32 = |value: &Value| value.as_u64()?.try_into().ok();
    u64 = Value::as_u64;
    usize = |value: &Value| value.as_u64()?.try_into().ok();
    f64 = Value::as_f64;
    String = |value: &Value| value.as_str().map(str::to_owned);
    Cow<'static, str> = |value: &Value| value.as_str().map(|text| text.to_owned().into());
    Map<String, Value> = |value: &Value| value.as_object().cloned();
    Value = |value: &Value| Some(value.clone());
}

impl<T: Fit + Default> Fit for Option<T> {
    fn fit(&mut self, value: &Value) -> bool {
        value.is_null() || self.get_or_insert_default().fit(value)
    }
}

impl<T: Fit + Default> Fit for Vec<T> {
    fn fit(&mut self, value: &Value) -> bool {
        value.as_array().is_some_and(|items| {
            items.iter().all(|item| {
                self.push(T::default());
                self.last_mut().is_some_and(|read| read.fit(item))
            })
        })
    }
}

/// A list of two.
impl<A: Fit, B: Fit> Fit for (A, B) {
    fn fit(&mut self, value: &Value) -> bool {
        match value.as_array().map(Vec::as_slice) {
            Some([first, second]) => self.0.fit(first) && self.1.fit(second),
            _ => false,
        }
    }
}
