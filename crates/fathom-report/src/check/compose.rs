//! A letter and the mark that is written after it, as one.
//!
//! Texts from some systems and printers hold `e` and an accent where others hold `é`; both are the
//! same letter. Only pairs that texts hold are here, in lower case: Latin, Greek, Cyrillic, Kana and
//! Hangul. A crate with everything that Unicode knows would weigh more than the reader of reports.

/// Marks, each with pairs of the letter before it and what both are together.
const PAIRS: [(char, &str); 31] = [
    (
        '\u{300}',
        "aàeèiìoòuùüǜnǹеѐиѝēḕōṑwẁâầăằêềôồơờưừyỳἀἂἁἃἐἒἑἓἠἢἡἣἰἲἱἳὀὂὁὃὐὒὑὓὠὢὡὣαὰεὲηὴιὶοὸυὺωὼϊῒϋῢ",
    ),
    (
        '\u{301}',
        "aáeéiíoóuúyýcćlĺnńrŕsśzźüǘgǵåǻøǿϊΐαάεέηήιίϋΰοόυύωώгѓкќçḉēḗïḯkḱmḿõṍōṓpṕũṹwẃâấăắêếôốơớưứἀἄ\
         ἁἅἐἔἑἕἠἤἡἥἰἴἱἵὀὄὁὅὐὔὑὕὠὤὡὥ",
    ),
    ('\u{302}', "aâeêiîoôuûcĉgĝhĥjĵsŝwŵyŷzẑạậẹệọộ"),
    ('\u{303}', "aãnñoõiĩuũvṽâẫăẵeẽêễôỗơỡưữyỹ"),
    ('\u{304}', "aāeēiīoōuūüǖäǟȧǡǫǭöȫõȭȯȱyȳиӣуӯgḡḷḹṛṝαᾱιῑυῡ"),
    ('\u{306}', "aăeĕgğiĭoŏuŭийуўжӂаӑеӗȩḝạặαᾰιῐυῠ"),
    ('\u{307}', "cċeėgġzżaȧoȯbḃdḋfḟhḣmṁnṅpṗrṙsṡśṥšṧṣṩtṫwẇxẋyẏ"),
    ('\u{308}', "aäeëiïoöuüyÿιϊυϋеёіїаӓәӛжӝзӟиӥоӧөӫэӭуӱчӵыӹhḧõṏūṻwẅxẍtẗ"),
    ('\u{309}', "aảâẩăẳeẻêểiỉoỏôổơởuủưửyỷ"),
    ('\u{30a}', "aåuůwẘyẙ"),
    ('\u{30b}', "oőuűуӳ"),
    ('\u{30c}', "cčdďeělľnňrřsštťzžaǎiǐoǒuǔüǚgǧkǩʒǯjǰhȟ"),
    ('\u{30f}', "aȁeȅiȉoȍrȑuȕѵѷ"),
    ('\u{311}', "aȃeȇiȋoȏrȓuȗ"),
    ('\u{313}', "αἀεἐηἠιἰοὀυὐωὠρῤ"),
    ('\u{314}', "αἁεἑηἡιἱοὁυὑωὡρῥ"),
    ('\u{31b}', "oơuư"),
    ('\u{323}', "bḅdḍhḥkḳlḷmṃnṇrṛsṣtṭvṿwẉzẓaạeẹiịoọơợuụưựyỵâậăặêệôộ"),
    ('\u{324}', "uṳ"),
    ('\u{325}', "aḁ"),
    ('\u{326}', "sștț"),
    ('\u{327}', "cçgģkķlļnņrŗsştţeȩdḑhḩ"),
    ('\u{328}', "aąeęiįuųoǫ"),
    ('\u{32d}', "dḓeḙlḽnṋtṱuṷ"),
    ('\u{32e}', "hḫ"),
    ('\u{330}', "eḛiḭuṵ"),
    ('\u{331}', "bḇdḏkḵlḻnṉrṟtṯzẕhẖ"),
    ('\u{342}', "ἀἆἁἇἠἦἡἧἰἶἱἷὐὖὑὗὠὦὡὧαᾶηῆιῖϊῗυῦϋῧωῶ"),
    ('\u{345}', "ἀᾀἁᾁἂᾂἃᾃἄᾄἅᾅἆᾆἇᾇἠᾐἡᾑἢᾒἣᾓἤᾔἥᾕἦᾖἧᾗὠᾠὡᾡὢᾢὣᾣὤᾤὥᾥὦᾦὧᾧὰᾲαᾳάᾴᾶᾷὴῂηῃήῄῆῇὼῲωῳώῴῶῷ"),
    (
        '\u{3099}',
        "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔゝゞカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボウヴワヷ\
         ヰヸヱヹヲヺヽヾ",
    ),
    ('\u{309a}', "はぱひぴふぷへぺほぽハパヒピフプヘペホポ"),
];

/// Whether this is written over, under or through the letter before it.
pub(super) const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1dc0}'..='\u{1dff}' | '\u{3099}' | '\u{309a}'
        | '\u{fe20}'..='\u{fe2f}')
}

/// Whether this may be the second or last part of a syllable of Hangul.
pub(super) const fn is_part(c: char) -> bool {
    matches!(c, '\u{1161}'..='\u{11c2}')
}

/// What a letter and a mark, or the parts of a syllable, are together.
pub(super) fn compose(letter: char, mark: char) -> Option<char> {
    if !is_mark(mark) {
        return syllable(letter, mark);
    }
    let (_, pairs) = PAIRS.iter().find(|(of, _)| *of == mark)?;
    let mut pairs = pairs.chars();
    loop {
        let (from, to) = (pairs.next()?, pairs.next()?);
        if from == letter {
            return Some(to);
        }
    }
}

/// Vowels that a consonant of Hangul can have, and what can end a syllable, with nothing as the first.
const VOWELS: u32 = 21;
const ENDS: u32 = 28;

/// The syllable of Hangul that a consonant and a vowel make, or a syllable and its end.
fn syllable(before: char, part: char) -> Option<char> {
    let from = |first: char, c: char| u32::from(c).wrapping_sub(u32::from(first));
    let (consonant, open) = (from('ᄀ', before), from('가', before));
    match part {
        'ᅡ'..='ᅵ' if consonant < 19 => {
            char::from_u32(u32::from('가') + (consonant * VOWELS + from('ᅡ', part)) * ENDS)
        }
        'ᆨ'..='ᇂ' if open < 19 * VOWELS * ENDS && open % ENDS == 0 => {
            char::from_u32(u32::from(before) + from('ᆨ', part) + 1)
        }
        _ => None,
    }
}
