//! Reading JSON that is not quite as one would wish.

use serde::{Deserialize, Deserializer};

/// Reads a field that may be null as if it were missing; for `#[serde(deserialize_with)]`.
///
/// # Errors
/// When the value is neither null nor a `T`.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}
