//! Where a provider is reached, as JavaScript says it.

use fathom_core::{Access, Error, Secret, json};

/// An address and a key, or a gateway that has them.
#[derive(Default)]
pub(crate) struct Place {
    /// The address; the vendor's own where there is none.
    base: Option<String>,
    key: Option<String>,
    /// Given when `base` is the vendor's place at a gateway.
    gateway: Option<Gateway>,
}

json::fields!(Place: may have base, key, gateway);

#[derive(Default)]
struct Gateway {
    token: Option<String>,
}

json::fields!(Gateway: may have token);

impl Place {
    /// Whether there is neither a key nor somebody else who has one.
    #[cfg(feature = "core")]
    pub(crate) fn is_bare(&self) -> bool {
        let somebody = self.base.is_some() || self.gateway.is_some();
        !somebody && self.key.as_ref().is_none_or(String::is_empty)
    }

    /// What is needed to ask whoever is at `own` unless another address is given. Some answer a few
    /// questions without a key.
    ///
    /// # Errors
    /// [`ErrorKind::Unauthorized`] for a key that cannot be sent.
    pub(crate) fn reach(self, own: &str) -> Result<Access, Error> {
        let key = self.key.filter(|key| !key.is_empty()).map(Secret::from);
        let base = self.base.as_deref();
        match self.gateway {
            Some(gateway) => {
                let token = gateway.token.map(Secret::from);
                Access::through_gateway(base.unwrap_or_default(), key, token)
            }
            None => Access::new(base.unwrap_or(own), key),
        }
    }
}
