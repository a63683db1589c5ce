//! What we may ship.

use serde_json::Value;

use crate::metadata::{members, packages, text};

/// Licences that ask for no more than their notice.
const ALLOWED: [&str; 16] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "NCSA",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// Crates under the MPL, which binds only their own files; the HTML reader needs them unchanged.
const EXCEPTIONS: [&str; 4] = ["cssparser", "cssparser-macros", "dtoa-short", "selectors"];

pub(super) fn problems(metadata: &Value) -> Vec<String> {
    let ours: Vec<&str> = members(metadata).map(|package| text(package, "name")).collect();
    packages(metadata)
        .map(|package| (text(package, "name"), text(package, "license")))
        .filter(|(name, _)| !ours.contains(name))
        .filter(|(name, _)| !EXCEPTIONS.contains(name))
        .filter(|(_, licence)| !is_allowed(licence))
        .map(|(name, licence)| format!("the licence of {name}, `{licence}`, is not on the list"))
        .collect()
}

/// Whether an SPDX expression can be met with licences of the list. `/` is an old way to write OR.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words };
    reader.either() && reader.words.is_empty()
}

/// Reads an expression from the left; `AND` binds tighter than `OR`.
struct Reader<'a> {
    words: &'a [&'a str],
}

impl Reader<'_> {
    fn either(&mut self) -> bool {
        let mut allowed = self.both();
        while self.takes("OR") {
            allowed |= self.both();
        }
        allowed
    }

    fn both(&mut self) -> bool {
        let mut allowed = self.one();
        while self.takes("AND") {
            allowed &= self.one();
        }
        allowed
    }

    fn one(&mut self) -> bool {
        if self.takes("(") {
            let allowed = self.either();
            return self.takes(")") && allowed;
        }
        let Some((name, rest)) = self.words.split_first() else { return false };
        self.words = rest;
        let mut licence = (*name).to_owned();
        if self.takes("WITH")
            && let Some((exception, rest)) = self.words.split_first()
        {
            self.words = rest;
            licence = format!("{licence} WITH {exception}");
        }
        ALLOWED.contains(&licence.as_str())
    }

    fn takes(&mut self, word: &str) -> bool {
        match self.words.split_first() {
            Some((found, rest)) if *found == word => {
                self.words = rest;
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read_as_spdx_means_them() {
        for allowed in [
            "MIT",
            "MIT/Apache-2.0",
            "GPL-3.0 OR MIT",
            "(MIT OR GPL-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-3.0",
        ] {
            assert!(is_allowed(allowed), "{allowed}");
        }
        for refused in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Zlib", "MIT GPL-3.0"] {
            assert!(!is_allowed(refused), "{refused}");
        }
    }
}
