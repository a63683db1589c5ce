//! The secret that clients show when the program serves more than this machine.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// The name of the cookie by which a browser shows that it knows the token.
const COOKIE: &str = "fathom_token";

/// Compares what clients show with the token, without keeping the token itself.
#[derive(Clone)]
pub(crate) struct Token {
    digest: [u8; 32],
    cookie: String,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[token]")
    }
}

impl Token {
    pub(crate) fn new(token: &str) -> Self {
        // The cookie is derived, so that a stolen one does not tell the token.
        let cookie = Sha256::digest(format!("fathom cookie {token}"));
        let cookie = cookie.iter().map(|byte| format!("{byte:02x}")).collect();
        Self { digest: Sha256::digest(token).into(), cookie }
    }

    /// Whether this is the token. Digests are compared, so the time taken says nothing about the token.
    pub(crate) fn is(&self, shown: &str) -> bool {
        <[u8; 32]>::from(Sha256::digest(shown)) == self.digest
    }

    /// Whether an `Authorization` header shows the token.
    pub(crate) fn authorizes(&self, header: &str) -> bool {
        let (scheme, shown) = header.split_once(' ').unwrap_or_default();
        scheme.eq_ignore_ascii_case("bearer") && self.is(shown.trim())
    }

    /// Whether a `Cookie` header holds our cookie.
    pub(crate) fn in_cookies(&self, header: &str) -> bool {
        let shown = header.split(';').filter_map(|cookie| cookie.trim().split_once('='));
        let mut ours = shown.filter(|(name, _)| *name == COOKIE);
        ours.any(|(_, value)| Sha256::digest(value) == Sha256::digest(&self.cookie))
    }

    /// The `Set-Cookie` header for a browser that showed the token.
    pub(crate) fn set_cookie(&self) -> String {
        format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000", self.cookie)
    }
}

#[cfg(test)]
mod tests {
    use super::Token;

    #[test]
    fn only_the_token_opens() {
        let token = Token::new("hunter2");
        assert!(token.authorizes("Bearer hunter2"));
        assert!(token.authorizes("bearer  hunter2 "));
        for wrong in ["", "Bearer", "Bearer hunter", "Basic hunter2", "hunter2"] {
            assert!(!token.authorizes(wrong), "{wrong}");
        }
        let (cookie, _) =
            token.set_cookie().split_once(';').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        assert!(token.in_cookies(&format!("a=b; {cookie}")));
        assert!(!token.in_cookies("fathom_token=hunter2"));
        assert!(!cookie.contains("hunter2"));
        assert_eq!(format!("{token:?}"), "[token]");
    }
}
