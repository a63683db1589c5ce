//! Where a provider is reached, and with which key.

use crate::{
    error::{Error, ErrorKind},
    http::{Request, check_value},
    secret::Secret,
};

use super::KeyPlace;

/// The header in which a gateway takes a key for one request only. It never reaches a vendor.
pub const KEY_HEADER: &str = "x-fathom-key";

/// Where a provider is reached, and the key for it.
#[derive(Clone, Debug, Default)]
pub struct Access {
    base: String,
    key: Option<Secret>,
    gateway: Option<Gateway>,
}

/// A gateway in between.
#[derive(Clone, Debug)]
struct Gateway {
    /// What opens the gateway itself.
    token: Option<Secret>,
}

impl Access {
    /// An address, with or without `/` at its end, and a key where one is needed. An empty address
    /// means the origin of the page.
    ///
    /// # Errors
    /// [`ErrorKind::Unauthorized`] when the key could not be sent, for example because it was
    /// copied with a line break.
    pub fn new(base: &str, key: Option<Secret>) -> Result<Self, Error> {
        let base = base.trim_end_matches('/').to_owned();
        Ok(Self { base, key: sendable(key)?, gateway: None })
    }

    /// The address of a vendor at a gateway, such as `https://host/gateway/NAME`. The gateway has a
    /// key of its own; `key` is for it to use instead, `token` opens the gateway itself.
    ///
    /// # Errors
    /// As [`Access::new`].
    pub fn through_gateway(
        base: &str,
        key: Option<Secret>,
        token: Option<Secret>,
    ) -> Result<Self, Error> {
        let gateway = Some(Gateway { token: sendable(token)? });
        Ok(Self { gateway, ..Self::new(base, key)? })
    }

    /// The URL of a path below the address.
    pub fn url(&self, path: &str) -> String {
        [self.base.as_str(), path].concat()
    }

    /// The key.
    pub fn key(&self) -> Option<&Secret> {
        self.key.as_ref()
    }

    /// Takes the key and the gateway's token out of an error's message: some services repeat what
    /// they refuse.
    #[must_use]
    pub fn hide(&self, error: Error) -> Error {
        let token = self.gateway.as_ref().and_then(|gateway| gateway.token.as_ref());
        error.hiding(self.key().map(Secret::reveal)).hiding(token.map(Secret::reveal))
    }

    /// Whether replies may be a gateway's own.
    pub(crate) fn is_through_gateway(&self) -> bool {
        self.gateway.is_some()
    }

    /// Adds the key to a request, where the vendor takes it or where a gateway does.
    #[must_use]
    pub fn sign(&self, mut request: Request, place: KeyPlace) -> Request {
        let place = match &self.gateway {
            None => place,
            Some(gateway) => {
                put(&mut request, KeyPlace::Bearer, gateway.token.as_ref());
                KeyPlace::Header(KEY_HEADER)
            }
        };
        put(&mut request, place, self.key());
        request
    }
}

impl Access {
    /// Adds the key to a request to a server that has no gateway before it.
    #[must_use]
    pub(crate) fn sign_directly(&self, mut request: Request) -> Request {
        put(&mut request, KeyPlace::Bearer, self.key());
        request
    }
}

fn sendable(key: Option<Secret>) -> Result<Option<Secret>, Error> {
    let key = key.filter(|key| !key.reveal().is_empty());
    if key.as_ref().is_some_and(|key| check_value("key", key.reveal()).is_err()) {
        let message =
            "The key holds a line break or another character that no key has. Was it copied whole?";
        return Err(Error::new(ErrorKind::Unauthorized, message));
    }
    Ok(key)
}

fn put(request: &mut Request, place: KeyPlace, key: Option<&Secret>) {
    let Some(key) = key else { return };
    // Keys that cannot be sent were refused before, so this cannot fail.
    let _ = match place {
        KeyPlace::Bearer => {
            request.headers.insert("authorization", &["Bearer ", key.reveal()].concat())
        }
        KeyPlace::Header(name) => request.headers.insert(name, key.reveal()),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(access: &Access, place: KeyPlace) -> Vec<(String, String)> {
        let request = access.sign(Request::get(access.url("/x")), place);
        let own = |(name, _): &(&str, &str)| *name != "accept";
        request.headers.iter().filter(own).map(|(n, v)| (n.to_owned(), v.to_owned())).collect()
    }

    fn header(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn a_vendor_gets_the_key_in_its_own_place() {
        let access = Access::new("https://a.example/", Some("k".into())).unwrap();
        assert_eq!(signed(&access, KeyPlace::Bearer), [header("authorization", "Bearer k")]);
        assert_eq!(signed(&access, KeyPlace::Header("x-api-key")), [header("x-api-key", "k")]);
        assert_eq!(signed(&Access::default(), KeyPlace::Bearer), []);
    }

    #[test]
    fn a_gateway_gets_it_in_a_place_of_its_own_beside_what_opens_the_gateway() {
        let through = |key: &str, token: &str| {
            Access::through_gateway("/gateway/a", Some(key.into()), Some(token.into())).unwrap()
        };
        let expected = [header("authorization", "Bearer t"), header(KEY_HEADER, "k")];
        assert_eq!(signed(&through("k", "t"), KeyPlace::Bearer), expected);
        assert_eq!(signed(&through("k", "t"), KeyPlace::Header("x-api-key")), expected);
        assert_eq!(signed(&through("", ""), KeyPlace::Bearer), []);
        assert!(!format!("{:?}", through("hunter2", "hunter3")).contains("hunter"));
        assert!(Access::through_gateway("", None, Some("a\nb".into())).is_err());
    }
}
