//! Words that frame a question instead of saying what it is about. English only: other languages get by on rarity.

/// Words that ask for an answer of some form; they are never searched for.
const FRAME: &str = "compare compared comparing comparison contrast contrasted versus vs difference differences differ differs list name \
names tell describe description explain explanation give show find overview summary summarize summarise report discuss discussed \
mention mentioned mentions say said says saying speak speaks spoke spoken presidents speech speeches talk talked talks address addressed addresses \
information info facts details detail about know known question answer help understand outline analyse analyze analysis \
research view views think thought opinion opinions stance argue argued happen happened happens like look looks there let lets \
regarding concerning respect terms according among amongst since history timeline chronology evolve evolved evolution change changed changes \
develop developed recent recently latest today now year years decade decades century centuries year's";

/// Words that qualify others; they count a little.
const WEAK: &str = "main major chief principal key important biggest largest large big great greatest best top total overall whole entire \
current currently present typical general generally different various several certain particular kind kinds type types sort form \
forms way ways number numbers amount level rate rates value values figure figures data per average approximate approximately estimated \
estimate annual yearly each first last new old country countries nation nations state states place places people person part parts \
area's role use used uses using make makes made take takes took get gets got become became come came include includes including \
consist exist exists occur occurred located location situated long high higher highest low lower lowest far well good bad small smallest tall deep \
city cities world national president american americans";

/// Verbs of asking, which a heading leaves out: "What religions are practiced" is about religions.
const VERBS: &str = "practiced practised gain gained face faces produce produces grow grown live lives lived belong \
belongs drive apply follow followed achieve achieved win celebrate celebrated call called \
ruled govern governed lead led consume consumes generate generates own earn spend spends rely depend depends \
treat treated handle handled propose proposed deal dealt feel felt believe believed want wanted concerned worry worried";

fn holds(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|entry| entry == word)
}

pub(super) fn is_frame(word: &str) -> bool {
    holds(FRAME, word)
}

pub(super) fn is_weak(word: &str) -> bool {
    holds(WEAK, word)
}

pub(super) fn is_verb(word: &str) -> bool {
    holds(VERBS, word)
}

/// Whether `word` asks for the first few of many, as in "main exports".
pub(super) fn asks_for_the_first_of_many(word: &str) -> bool {
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

/// Words people ask with, and the words that headings and labels use for the same.
const SYNONYMS: [(&str, &str); 25] = [
    ("inhabitants", "population"),
    ("residents", "population"),
    ("populous", "population"),
    ("size", "area"),
    ("big", "area"),
    ("surface", "area"),
    ("leader", "chief head"),
    ("ruler", "chief head"),
    ("mountain", "highest elevation"),
    ("peak", "highest elevation"),
    ("faith", "religions"),
    ("currency", "exchange"),
    ("money", "exchange"),
    ("jobless", "unemployment"),
    ("poor", "poverty"),
    ("wealthy", "gdp"),
    ("cost", "price"),
    ("farming", "agriculture"),
    ("crops", "agriculture"),
    ("weather", "climate"),
    ("neighbours", "border"),
    ("neighbors", "border"),
    ("border", "boundaries"),
    ("bordering", "boundaries"),
    ("environmental", "environment"),
];

/// What else to look for when a question says `word`.
pub(super) fn synonyms(word: &str) -> impl Iterator<Item = &'static str> + use<'_> {
    SYNONYMS
        .iter()
        .filter(move |(asked, _)| *asked == word)
        .flat_map(|(_, written)| written.split(' '))
}

/// Short names, and the names that documents carry.
const ALIASES: [(&str, &str); 11] = [
    ("us", "United States"),
    ("u.s", "United States"),
    ("usa", "United States"),
    ("america", "United States"),
    ("united states of america", "United States"),
    ("uk", "United Kingdom"),
    ("u.k", "United Kingdom"),
    ("britain", "United Kingdom"),
    ("great britain", "United Kingdom"),
    ("uae", "United Arab Emirates"),
    ("eu", "European Union"),
];

/// The full name that `name` is short for.
pub(super) fn alias(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    ALIASES.iter().find(|(short, _)| *short == lower).map(|(_, full)| *full)
}

/// Whether `word` is a short form that names somebody rather than something.
pub(super) fn is_short_name(word: &str) -> bool {
    word.chars().all(char::is_uppercase) && alias(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::{is_frame, is_verb, is_weak, synonyms};

    #[test]
    fn knows_frames_from_content() {
        assert!(is_frame("compare") && is_weak("main") && is_verb("gained"));
        assert!(!is_frame("population") && !is_weak("exports") && !is_verb("debt"));
        assert_eq!(synonyms("leader").collect::<Vec<_>>(), ["chief", "head"]);
    }
}
