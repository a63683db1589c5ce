//! Where a provider is reached, as JavaScript says it.

use fathom_core::{
    Access, Error, ErrorKind, Provider, Secret,
    provider::{Info, Key},
    providers,
};
use serde::Deserialize;

/// An address and a key, or a gateway that has them.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Place {
    /// The address; the vendor's own where there is none.
    base: Option<String>,
    key: Option<String>,
    /// Given when `base` is the vendor's place at a gateway.
    gateway: Option<Gateway>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Gateway {
    token: Option<String>,
}

impl Place {
    /// What a provider needs to be asked.
    ///
    /// # Errors
    /// [`ErrorKind::Unauthorized`] for a key that is missing or cannot be sent.
    pub(crate) fn access(self, info: &Info) -> Result<Access, Error> {
        let is_bare = self.base.is_none() && self.gateway.is_none();
        if is_bare && self.key.as_ref().is_none_or(String::is_empty) && info.key != Key::NotNeeded {
            return Err(without_key(info).with_provider(info.id.clone()));
        }
        self.reach(&info.base).map_err(|error| error.with_provider(info.id.clone()))
    }

    /// The same for whoever is at `own` unless another address is given, and answers some questions
    /// without a key.
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

fn without_key(info: &Info) -> Error {
    let message = [&info.name, " needs an API key: give `", &info.vendor, ".apiKey`."];
    Error::new(ErrorKind::Unauthorized, message.concat())
}

/// The provider of this id.
///
/// # Errors
/// [`ErrorKind::InvalidTask`] with the field `provider`.
pub(crate) fn provider(id: &str) -> Result<&'static dyn Provider, Error> {
    providers::find(id).ok_or_else(|| {
        let known: Vec<&str> =
            providers::ROSTER.iter().map(|provider| provider.info().id.as_ref()).collect();
        let message = ["There is no provider \"", id, "\". There are ", &known.join(", "), "."];
        Error::new(ErrorKind::InvalidTask, message.concat()).with_field("provider")
    })
}
