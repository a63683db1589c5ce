//! Looking at JavaScript values that may be anything.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The longest message of a foreign error that is passed on, in characters.
const MESSAGE_MAX: usize = 300;

/// A property, or `undefined` where reading it is impossible.
pub(crate) fn property(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// A method, where the value has it.
pub(crate) fn method(value: &JsValue, name: &str) -> Option<Function> {
    property(value, name).dyn_into().ok()
}

/// What a function returned, as a future, whether it returned a promise or not.
pub(crate) fn future(returned: Result<JsValue, JsValue>) -> JsFuture {
    JsFuture::from(match returned {
        Ok(value) => Promise::resolve(&value),
        Err(thrown) => Promise::reject(&thrown),
    })
}

/// The bytes of a buffer, a view of any realm, or a text.
pub(crate) fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    if let Some(text) = value.as_string() {
        return Some(text.into_bytes());
    }
    // Anything else would be taken for a length and filled with zeros.
    property(value, "byteLength").as_f64()?;
    let constructor: Function = property(&js_sys::global(), "Uint8Array").dyn_into().ok()?;
    let array = Reflect::construct(&constructor, &Array::of1(value)).ok()?;
    Some(array.dyn_into::<Uint8Array>().ok()?.to_vec())
}

/// The words of whatever was thrown.
pub(crate) fn message(thrown: &JsValue) -> String {
    let text = thrown.as_string().or_else(|| property(thrown, "message").as_string());
    let text = text.filter(|text| !text.trim().is_empty());
    text.map_or_else(
        || "no reason was given".to_owned(),
        |text| text.chars().take(MESSAGE_MAX).collect(),
    )
}
