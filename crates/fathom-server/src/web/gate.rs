//! Which URLs are fetched at all, judged by the URL alone; the client judges the address it leads to.

use fathom_core::{Error, ErrorKind};
use url::{Host, Url};

/// Longer addresses are refused: no site needs them.
const MAX_BYTES: usize = 4096;

/// Reads an address; one without a scheme is taken as `https`.
pub(super) fn parse(text: &str) -> Result<Url, Error> {
    let text = text.trim();
    if text.len() > MAX_BYTES {
        return Err(invalid(format!("the URL has more than {MAX_BYTES} bytes")));
    }
    let url = match Url::parse(text) {
        Err(url::ParseError::RelativeUrlWithoutBase) => Url::parse(&format!("https://{text}")),
        parsed => parsed,
    };
    let url = url.map_err(|error| invalid(format!("this is no URL ({error})")))?;
    check_form(&url)?;
    Ok(without_fragment(url))
}

/// Refuses what is not a page of the web, whatever it leads to.
fn check_form(url: &Url) -> Result<(), Error> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(invalid(format!("only http and https are fetched, not {}", url.scheme())));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(invalid("a URL with a user name or password is not fetched".to_owned()));
    }
    if url.host().is_none() || url.as_str().len() > MAX_BYTES {
        return Err(invalid("the URL names no host, or is too long".to_owned()));
    }
    Ok(())
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::InvalidTask, message).with_field("url")
}

/// The ports that are open.
#[derive(Clone, Debug)]
pub(super) struct Gate {
    pub ports: Vec<u16>,
    pub allow_loopback: bool,
}

impl Gate {
    /// Checks an address before each request, the first and those that redirects lead to.
    pub(super) fn check(&self, url: &Url) -> Result<(), Error> {
        check_form(url)?;
        let port = url.port_or_known_default().unwrap_or_default();
        let is_usual = matches!(port, 80 | 443) || self.ports.contains(&port);
        if is_usual || self.allow_loopback && is_loopback(url) {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::Refused,
            format!("port {port} is not fetched from; the program can be started with more ports"),
        ))
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// The address without what a server never sees.
pub(super) fn without_fragment(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}

/// Whether two addresses are of one site: the same host, with or without `www.`, and the same port.
pub fn same_site(a: &Url, b: &Url) -> bool {
    fn site(url: &Url) -> (&str, Option<u16>) {
        let host = url.host_str().unwrap_or_default();
        (host.strip_prefix("www.").unwrap_or(host), url.port())
    }
    site(a) == site(b)
}

#[cfg(test)]
mod tests {
    use super::{Gate, parse, same_site};
    use fathom_core::ErrorKind;

    #[test]
    fn an_address_is_written_in_one_way() {
        for (given, read) in [
            (" https://Example.org/a#b ", "https://example.org/a"),
            ("example.org", "https://example.org/"),
            ("http://0x7f.1/", "http://127.0.0.1/"),
            ("http://2130706433/", "http://127.0.0.1/"),
            ("http://127.1:8080/", "http://127.0.0.1:8080/"),
            ("http://\u{2460}27.0.0.1/", "http://127.0.0.1/"),
        ] {
            assert_eq!(parse(given).unwrap().as_str(), read);
        }
    }

    #[test]
    fn what_is_no_page_of_the_web_is_refused() {
        for wrong in [
            "",
            "ftp://example.org/",
            "file:///etc/passwd",
            "gopher://example.org/",
            "javascript:alert(1)",
            "data:text/html,x",
            "https://user@example.org/",
            "https://user:secret@example.org/",
            "https://",
            "http://[::1",
            "https://exa mple.org/",
        ] {
            assert_eq!(parse(wrong).unwrap_err().kind(), ErrorKind::InvalidTask, "{wrong}");
        }
        let error = parse(&format!("https://example.org/{}", "a".repeat(5000))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidTask);
    }

    #[test]
    fn only_the_ports_of_the_web_are_open_unless_more_are_named() {
        let gate = |ports: &[u16], allow_loopback| Gate { ports: ports.to_vec(), allow_loopback };
        let url = |text: &str| parse(text).unwrap();
        assert!(gate(&[], false).check(&url("https://example.org/")).is_ok());
        assert!(gate(&[], false).check(&url("http://example.org:443/")).is_ok());
        assert!(gate(&[], false).check(&url("http://example.org:22/")).is_err());
        assert!(gate(&[8080], false).check(&url("http://example.org:8080/")).is_ok());
        assert!(gate(&[], false).check(&url("http://127.0.0.1:8080/")).is_err());
        assert!(gate(&[], true).check(&url("http://127.0.0.1:8080/")).is_ok());
        assert!(gate(&[], true).check(&url("http://[::1]:8080/")).is_ok());
        assert!(gate(&[], true).check(&url("http://example.org:8080/")).is_err());
    }

    #[test]
    fn a_site_is_its_host_with_or_without_www() {
        let url = |text: &str| parse(text).unwrap();
        assert!(same_site(&url("https://www.example.org/a"), &url("http://example.org/b")));
        assert!(!same_site(&url("https://example.org/"), &url("https://a.example.org/")));
        assert!(!same_site(&url("https://example.org/"), &url("https://example.org:8443/")));
    }
}
