//! The log: one line an event on standard error, `key=value`, without secrets and without questions.

use std::fmt::{Display, Write as _};
use std::io::Write as _;

use crate::clock;

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Info,
    Error,
}

impl Level {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Error => "error",
        }
    }
}

/// Writes one line. A log that cannot be written is no reason to stop.
pub(crate) fn line(level: Level, what: &str, fields: &[(&str, &dyn Display)]) {
    let text = format_line(&clock::rfc3339(clock::now_ms()), level, what, fields);
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

fn format_line(time: &str, level: Level, what: &str, fields: &[(&str, &dyn Display)]) -> String {
    let mut out = format!("{time} {} {what}", level.as_str());
    for (key, value) in fields {
        let value = value.to_string();
        let plain = value.chars().all(|c| !c.is_whitespace() && !c.is_control() && c != '"');
        // Debug quotes and escapes, so that one event stays one line.
        let _ = if plain { write!(out, " {key}={value}") } else { write!(out, " {key}={value:?}") };
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::{Level, format_line};

    #[test]
    fn an_event_stays_one_line() {
        let line = format_line("t", Level::Error, "skipped", &[("path", &"a b\n\"c\""), ("n", &3)]);
        assert_eq!(line, "t error skipped path=\"a b\\n\\\"c\\\"\" n=3\n");
    }
}
