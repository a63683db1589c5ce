//! Words that carry no content, per language.

use std::{collections::HashMap, sync::LazyLock};

use super::Language;

const ENGLISH: &str = "a about above after again against all also am an and any are as at be because been before being below \
between both but by can could did do does doing during each either etc ever few for from further had has have having he her here hers \
him his how i if in into is it its itself just many may me might more most much must my no nor not of off on once only or \
other our out over own per please same shall she should so some such than that the their them then there these they this those \
through to too under until up upon us very was we were what when where whether which while who whom whose why will with within \
without would you your s t d ll re ve";
const GERMAN: &str = "aber alle als also am an auch auf aus bei bin bis bist da damit dann das dass dem den der des dessen die dies \
diese diesem diesen dieser dieses doch dort durch ein eine einem einen einer eines er es für gab gegen gibt haben hat hatte hatten ich ihr \
ihre im in ins ist ja kann kein keine können man mit nach nicht noch nur ob oder ohne sehr sein seine sich sie sind so über um und uns \
unter viel viele welcherlei woran worauf worin wovon womit wofür wohin woher wen wieso hieß gilt ins vom von vor war waren warum was weil welche welchem welchen welcher welches wem wen wenn wer werden wessen wie wieviel wird wo \
wurde wurden zu zum zur zwischen wann";
const FRENCH: &str = "à au aux avec ce ces cet cette comment dans de des du elle elles en est et étaient était être fut il ils je la le les \
leur leurs lors mais ne nous on ont ou où par pas plus pour pourquoi qu quand que quel quelle quelles quels qui sa sans se selon ses son sont sur un \
une vous y d l combien";
const SPANISH: &str = "a al algo como cómo con cuál cuáles cuando cuándo cuánto cuántos cuántas de del desde donde dónde durante el ella ellos en entre \
era eran es esta está este esto fue fueron ha han hasta hay la las le lo los más me mi muy no nos o para pero por porque qué que quién quiénes \
se ser si sin sobre son su sus también tiene un una unas uno unos y ya";
const ITALIAN: &str = "a ai al alla alle anche che chi ci come con cosa da dal dalla dei del della delle di dove e è ed era gli ha hanno i il in la \
le lo ma mi nei nel nella non o per perché più quale quali quando quanti quanto si sono su sua suo tra un una uno";
const PORTUGUESE: &str = "a ao aos as com como da das de do dos e é ela ele em entre era essa esse esta este foi foram há isso mais mas na \
nas não no nos o onde os ou para pela pelo por porque qual quais quando quantos que quem se sem ser seu sua são também um uma";
const DUTCH: &str = "aan al als bij dan dat de deze die dit door een en er had heeft hebben het hij hoe hoeveel iets in is kan maar meer met naar niet \
nog of om omdat onder ook op over te tot uit van veel voor waar waarom wanneer waren was wat welk welke werd wie wordt worden ze zich zijn";
const SWEDISH: &str = "alla att av blev bli blir de dem den denna det detta där efter ej eller en er ett för från ha hade han har hon hur i \
inte jag kan man med men mot mycket när nu och om på samt sig sin ska som så till under upp ut vad var varför vem vid vilka vilken vilket är";
const RUSSIAN: &str = "а без был была были было быть в вам вас во вот все всё где год да для до его ее её если есть еще ещё же за и из или им их к \
как какая какие каким какого какое какой каком какую когда кем ко кого который кто кому ли между мне многие может мы на над не него нее неё нет ни них но о об \
он она они оно от по под почему при с сколько со так также то того тоже только том тот у уже чего чем чему что чтобы эта эти это этого этой этот я";

const LISTS: [(Language, &str); 9] = [
    (Language::English, ENGLISH),
    (Language::German, GERMAN),
    (Language::French, FRENCH),
    (Language::Spanish, SPANISH),
    (Language::Italian, ITALIAN),
    (Language::Portuguese, PORTUGUESE),
    (Language::Dutch, DUTCH),
    (Language::Swedish, SWEDISH),
    (Language::Russian, RUSSIAN),
];

/// Each word with the languages whose list it is on, one bit each.
static WORDS: LazyLock<HashMap<&str, u16>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for (at, (_, list)) in LISTS.iter().enumerate() {
        for word in list.split_ascii_whitespace() {
            *words.entry(word).or_default() |= 1 << at;
        }
    }
    words
});

/// How many words of a text are compared with the lists.
const SAMPLE: usize = 200;

/// Whether `word`, in lower case, carries no content in `language`.
pub fn is_stop(language: Language, word: &str) -> bool {
    let lists = WORDS.get(word).copied().unwrap_or_default();
    LISTS.iter().position(|(of, _)| *of == language).is_some_and(|at| lists >> at & 1 == 1)
}

/// What function words say about the language of a text.
pub(crate) enum Sign {
    /// One language's are clearly more than any other's.
    Clear(Language),
    /// Several languages share those there are.
    Shared(Vec<Language>),
    /// There are none.
    None,
}

/// Counts the function words at the beginning of `text`.
pub(crate) fn sign(text: &str) -> Sign {
    let mut counts = LISTS.map(|(language, _)| (0_u32, language));
    // "AI" is no Italian preposition, unless everything is in capitals.
    let is_shouted = is_upper(text);
    let words = text.split(|c: char| !c.is_alphabetic());
    let words = words.filter(|word| is_shouted || word.chars().count() == 1 || !is_upper(word));
    for word in words.filter(|word| !word.is_empty()).take(SAMPLE) {
        let lists = WORDS.get(word.to_lowercase().as_str()).copied().unwrap_or_default();
        for (at, (count, _)) in counts.iter_mut().enumerate() {
            *count += u32::from(lists >> at & 1);
        }
    }
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match counts {
        [(0, _), ..] => Sign::None,
        [(best, language), (second, _), ..] if best * 2 >= second * 3 => Sign::Clear(language),
        [(best, _), ..] => Sign::Shared(
            counts
                .into_iter()
                .filter(|(count, _)| *count * 2 >= best)
                .map(|(_, language)| language)
                .collect(),
        ),
    }
}

/// Whether the letters are capitals; scripts without them have none.
fn is_upper(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}
