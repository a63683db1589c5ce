//! What a key that is pressed in a text field asks for.

/// A key as it was pressed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stroke {
    /// Its name, such as `Enter`.
    pub key: String,
    /// The number that browsers gave it before it had a name.
    pub code: u32,
    /// Whether words are being put together from several keys.
    pub composing: bool,
    /// Whether Control or Command is held.
    pub command: bool,
}

/// The number of every key that goes to the composition and not to the page. Safari gives it to the
/// Enter that ends a composition, and says then that nothing is being composed.
const OF_COMPOSITION: u32 = 229;

impl Stroke {
    /// Whether the key belongs to words that are not whole yet.
    pub fn is_composing(&self) -> bool {
        self.composing || self.code == OF_COMPOSITION
    }

    /// Whether it is this key and means it.
    pub fn is(&self, key: &str) -> bool {
        self.key == key && !self.is_composing()
    }

    /// Whether a field of several lines is to be sent: Enter alone begins a line.
    pub fn sends_text(&self) -> bool {
        self.command && self.is("Enter")
    }

    /// Whether a field of one line is to be taken.
    pub fn sends_line(&self) -> bool {
        self.is("Enter")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enter() -> Stroke {
        Stroke { key: "Enter".to_owned(), code: 13, ..Stroke::default() }
    }

    #[test]
    fn enter_sends_a_line_and_with_control_or_command_a_text() {
        assert!(enter().sends_line() && !enter().sends_text());
        let held = Stroke { command: true, ..enter() };
        assert!(held.sends_line() && held.sends_text());
        let other = Stroke { key: "a".to_owned(), code: 65, command: true, ..Stroke::default() };
        assert!(!other.sends_line() && !other.sends_text());
    }

    #[test]
    fn nothing_is_sent_or_closed_while_words_are_put_together() {
        for command in [false, true] {
            let composing = Stroke { composing: true, command, ..enter() };
            let last = Stroke { code: 229, command, ..enter() };
            for stroke in [composing, last] {
                assert!(stroke.is_composing());
                assert!(!stroke.sends_line() && !stroke.sends_text(), "{stroke:?}");
            }
        }
        let escape = Stroke { key: "Escape".to_owned(), code: 27, ..Stroke::default() };
        assert!(escape.is("Escape") && !Stroke { composing: true, ..escape }.is("Escape"));
    }
}
