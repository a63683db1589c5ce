//! Keys for this visit: typed in by the reader, held in memory, sent only to the gateway.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use fathom_core::{Access, Error, Secret, gateway::KEY_HEADER, http::Request};

/// The keys, by vendor. A handle; copies are the same.
#[derive(Clone, Debug, Default)]
pub struct VendorKeys(Rc<RefCell<HashMap<String, Secret>>>);

impl VendorKeys {
    /// Takes a key.
    ///
    /// # Errors
    /// When it could not be sent, for example because it was copied with a line break.
    pub fn put(&self, vendor: &str, key: &str) -> Result<(), Error> {
        let key = Secret::new(key.trim());
        Access::new("", Some(key.clone()))?;
        self.0.borrow_mut().insert(vendor.to_owned(), key);
        Ok(())
    }

    /// Whether there is a key.
    pub fn has(&self, vendor: &str) -> bool {
        self.0.borrow().contains_key(vendor)
    }

    /// Adds the key to a request for the gateway, and to no other.
    pub fn add_to(&self, request: &mut Request) {
        let Some(rest) = request.url.strip_prefix("/gateway/") else { return };
        let vendor = rest.split('/').next().unwrap_or_default();
        if let Some(key) = self.0.borrow().get(vendor) {
            // A key that cannot be sent was not taken.
            let _ = request.headers.insert(KEY_HEADER, key.reveal());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_goes_to_the_gateway_of_its_vendor_alone() {
        let keys = VendorKeys::default();
        keys.put("exa", " k-1 ").unwrap();
        let sent = |url: &str| {
            let mut request = Request::get(url);
            keys.add_to(&mut request);
            request.headers.get(KEY_HEADER).map(str::to_owned)
        };
        assert_eq!(sent("/gateway/exa/search").as_deref(), Some("k-1"));
        for other in ["/gateway/tavily/search", "/api/v1/runs", "https://example.org/gateway/exa/"]
        {
            assert_eq!(sent(other), None, "{other}");
        }
        assert!(!format!("{keys:?}").contains("k-1"));
        assert!(keys.put("exa", "two\nlines").is_err());
    }
}
