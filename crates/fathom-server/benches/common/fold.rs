//! Texts made alike, so that words are found whatever their case and spacing.

/// One space for every run of white space, no control characters: as the library stores a paragraph.
pub fn spaced(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Lower case with single spaces; wide signs are plain ones, as compatibility forms have it.
pub fn folded(text: &str) -> String {
    spaced(&text.chars().map(narrow).collect::<String>().to_lowercase())
}

/// The words of an answer, folded, without the signs around them.
pub fn words(answer: &str) -> String {
    let folded = folded(answer);
    let bare = folded.trim_matches(|c: char| c.is_ascii_punctuation() || "。，、；：".contains(c));
    if bare.is_empty() { folded.clone() } else { bare.to_owned() }
}

fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c)
        }
        _ => c,
    }
}
