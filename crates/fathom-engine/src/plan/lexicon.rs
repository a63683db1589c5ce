//! English words by which a question says what it wants done, and adjectives of degree. None of them says what a
//! library is about; in other languages a question gets by without them.

/// Verbs and nouns of asking; at the head of a question they are no part of what is asked.
const ASKING: &str = "compare compared comparing comparison contrast list name tell describe description explain explanation give \
show find overview summary summarize summarise discuss information details outline analyse analyze analysis research \
question answer versus vs difference differences differ differs timeline chronology \
say says said tell tells told mention mentions mentioned speak speaks spoke talk talks talked";

/// Adjectives of degree, which a heading or a label leaves out.
const DEGREE: &str = "main major chief principal key important biggest largest large big great greatest best top total overall whole \
entire current currently present typical general usual average approximate approximately estimated annual yearly official exact \
highest lowest smallest longest shortest most least many much long far often tall old high low deep wide fast few several \
number amount rate rates level levels share percentage percent ratio value values";

fn holds(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|entry| entry == word)
}

/// Whether `word`, in lower case, asks for something to be done.
pub(super) fn is_asking(word: &str) -> bool {
    holds(ASKING, word)
}

/// Whether `word`, in lower case, only says how much of something is meant.
pub(crate) fn is_degree(word: &str) -> bool {
    holds(DEGREE, word)
}

/// Whether `word` asks for the first few of many, as in "main exports".
pub(crate) fn asks_for_the_first_of_many(word: &str) -> bool {
    matches!(
        word,
        "main"
            | "major"
            | "chief"
            | "principal"
            | "key"
            | "important"
            | "biggest"
            | "largest"
            | "top"
    )
}

/// Two to five capitals: a short name, or a measure such as GDP.
pub(super) fn is_short_form(word: &str) -> bool {
    (2..=5).contains(&word.chars().count()) && word.chars().all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::{is_asking, is_degree, is_short_form};

    #[test]
    fn knows_asking_and_degree_from_content() {
        assert!(is_asking("compare") && is_degree("main") && is_short_form("EU"));
        assert!(!is_asking("population") && !is_degree("exports") && !is_short_form("Europe"));
    }
}
