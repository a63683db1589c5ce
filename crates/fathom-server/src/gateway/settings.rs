//! Keys and addresses of vendors, from the environment.

use std::env;

use fathom_core::Secret;
use fathom_core::gateway::base;
use fathom_core::provider::Vendor;
use fathom_core::providers::{VENDORS, vendor};

/// Which keys the gateway holds, and where vendors are when they are not where they usually are.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    vendors: Vec<Upstream>,
}

#[derive(Clone, Debug)]
struct Upstream {
    vendor: &'static str,
    base: Option<String>,
    key: Option<Secret>,
}

impl Settings {
    /// Reads the key of each vendor from the variable that its own tools use, and its address from
    /// `FATHOM_VENDOR_URL` (`FATHOM_EXA_URL`, say), for services that speak its protocol elsewhere.
    ///
    /// # Errors
    /// When a variable holds what cannot be used. The message names the variable, never its value.
    pub fn from_environment() -> Result<Self, String> {
        let read = |name: &str| match env::var(name) {
            Ok(value) => Ok(Some(value).filter(|value| !value.trim().is_empty())),
            Err(env::VarError::NotPresent) => Ok(None),
            Err(env::VarError::NotUnicode(_)) => Err(format!("{name} is not text; set it again")),
        };
        let mut settings = Self::default();
        for vendor in VENDORS {
            let url = format!("FATHOM_{}_URL", vendor.id.to_uppercase());
            let (base, key) = (read(&url)?, read(vendor.key_env)?);
            settings =
                settings.with(vendor.id, base.as_deref(), key.as_deref()).map_err(|problem| {
                    match problem {
                        Problem::Vendor => format!("there is no vendor {}", vendor.id),
                        Problem::Base(message) => format!("{url} cannot be used: {message}"),
                        Problem::Key => {
                            format!(
                                "{} holds a character that no key has; copy it again",
                                vendor.key_env
                            )
                        }
                    }
                })?;
        }
        Ok(settings)
    }

    /// Adds a vendor's address, where it is not the usual one, and its key.
    ///
    /// # Errors
    /// When there is no such vendor, the address is not one that a key can be sent to, or the key cannot be one.
    pub fn with(mut self, id: &str, url: Option<&str>, key: Option<&str>) -> Result<Self, Problem> {
        let vendor = vendor(id).ok_or(Problem::Vendor)?.id;
        let base = url.map(base).transpose().map_err(|e| Problem::Base(e.message().to_owned()))?;
        let key = key.map(str::trim);
        if key.is_some_and(|key| !key.bytes().all(|byte| byte.is_ascii_graphic())) {
            return Err(Problem::Key);
        }
        self.vendors.retain(|known| known.vendor != vendor);
        self.vendors.push(Upstream { vendor, base, key: key.map(Secret::new) });
        Ok(self)
    }

    pub(super) fn base<'a>(&'a self, vendor: &'a Vendor) -> &'a str {
        self.of(vendor.id).and_then(|set| set.base.as_deref()).unwrap_or(vendor.base)
    }

    pub(super) fn key(&self, vendor: &str) -> Option<&Secret> {
        self.of(vendor)?.key.as_ref()
    }

    fn of(&self, vendor: &str) -> Option<&Upstream> {
        self.vendors.iter().find(|known| known.vendor == vendor)
    }
}

/// Why a setting cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No vendor has this name.
    Vendor,
    /// The address is not one that a key can be sent to, in words.
    Base(String),
    /// The key holds what no key holds.
    Key,
}

#[cfg(test)]
mod tests {
    use super::{Problem, Settings};

    #[test]
    fn a_key_goes_only_where_it_is_safe() {
        let with = |url, key| Settings::default().with("tavily", url, key);
        assert!(with(Some("http://127.0.0.1:9"), Some("tvly-1")).is_ok());
        assert!(matches!(with(Some("http://example.org"), None), Err(Problem::Base(_))));
        assert_eq!(with(None, Some("a b")).unwrap_err(), Problem::Key);
        assert_eq!(Settings::default().with("none", None, None).unwrap_err(), Problem::Vendor);
    }

    #[test]
    fn a_key_is_not_shown() {
        let settings = Settings::default().with("tavily", None, Some("tvly-secret")).unwrap();
        assert!(settings.key("tavily").is_some() && settings.key("extruct").is_none());
        assert!(!format!("{settings:?}").contains("tvly-secret"));
    }
}
