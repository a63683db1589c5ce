#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use wasm_bindgen_test::wasm_bindgen_test as test;

use fathom_core::Span;
use fathom_report::check::{Check, find};

use crate::random::Random;

/// Sentences from which pairs of a text and a quote are made by rule.
const SENTENCES: [&str; 12] = [
    "Norway exported natural gas worth 90.1 billion dollars in 2023.",
    "The Tana – called Teno in Finnish – is 361 km long.",
    "“We choose to go to the Moon,” he said; nobody laughed.",
    "Electricity comes to 89% from hydropower, about 140 TWh a year.",
    "Winter temperatures fall to −51.4 °C at Karasjok.",
    "The tax was raised from 22% to 25% on 1 January 2019.",
    "Die Bevölkerung wuchs um 0,8 Prozent auf 5,5 Millionen.",
    "挪威的人口在2024年达到了550万，比前一年增长了1.2%。",
    "Население страны составило 5,5 млн человек.",
    "The agency's report (2021) doesn't mention the well-known leak.",
    "Oil fields off the coast produce 2 million barrels per day.",
    "Fishing, forestry and mining employ 3.4% of all workers.",
];

fn text() -> String {
    SENTENCES.join(" ")
}

/// The same words with other white space, case, quotation marks, dashes and punctuation.
fn rewritten(sentence: &str, how: usize) -> String {
    match how {
        0 => sentence.replace(' ', " \n "),
        1 => sentence.to_uppercase(),
        2 => sentence.replace(['–', '—'], "-").replace(['“', '”'], "\"").replace('’', "'"),
        3 => sentence.trim_end_matches(['.', '。']).replace([';', '，'], "").replace(", ", " "),
        _ => format!("„{}“", sentence.replace(" (", " [").replace(')', "]")),
    }
}

/// The sentence with one thing changed that matters.
fn falsified(sentence: &str, how: usize) -> String {
    let digit =
        |from: char| char::from_digit((from.to_digit(10).unwrap_or(0) + 1) % 10, 10).unwrap_or('0');
    match how {
        0 if sentence.contains(|c: char| c.is_ascii_digit()) => {
            let at = sentence.find(|c: char| c.is_ascii_digit()).unwrap();
            format!(
                "{}{}{}",
                &sentence[..at],
                digit(sentence[at..].chars().next().unwrap()),
                &sentence[at + 1..]
            )
        }
        1 if sentence.contains(' ') => sentence.replacen(' ', " not ", 1),
        2 if sentence.contains('%') => sentence.replacen('%', "", 1),
        _ => {
            let middle = sentence.char_indices().nth(sentence.chars().count() / 2).unwrap().0;
            format!("{}外xyz{}", &sentence[..middle], &sentence[middle..])
        }
    }
}

#[test]
fn of_labelled_pairs_none_is_called_found_that_is_not_there() {
    let text = text();
    let (mut pairs, mut right) = (0, 0);
    for sentence in SENTENCES {
        for how in 0..5 {
            pairs += 1;
            let quote = rewritten(sentence, how);
            right += usize::from(find(&text, &quote, None).span().is_some());
        }
        for how in 0..4 {
            pairs += 1;
            let quote = falsified(sentence, how);
            let found = find(&text, &quote, None);
            assert_eq!(found, Check::NotFound, "{quote}");
            right += 1;
        }
    }
    assert!(pairs >= 100, "{pairs}");
    assert_eq!(right, pairs);
}

#[test]
fn a_quote_is_found_where_the_evidence_says() {
    let text = text();
    for sentence in SENTENCES {
        let start = text.find(sentence).unwrap();
        let span = Span { start, end: start + sentence.len() };
        assert_eq!(find(&text, sentence, Some(span)), Check::Found { span });
        let wrong = Span { start: 1, end: 5 };
        assert_eq!(find(&text, sentence, Some(wrong)), Check::FoundElsewhere { span });
    }
}

#[test]
fn an_omission_joins_what_stands_in_order() {
    let text = text();
    let found = find(&text, "Norway exported ... in 2023", None);
    assert_eq!(
        found.span().map(|span| &text[span.start..span.end]),
        Some("Norway exported natural gas worth 90.1 billion dollars in 2023")
    );
    assert_eq!(find(&text, "in 2023 … Norway exported", None), Check::NotFound);
}

#[test]
fn nothing_is_not_found_and_parts_of_words_are_not_either() {
    let text = text();
    for quote in ["", "   ", "...", "—", "orway export", "361 k"] {
        assert_eq!(find(&text, quote, None), Check::NotFound, "{quote:?}");
    }
}

#[test]
fn bad_places_do_no_harm() {
    let text = text();
    let mut random = Random::new(1);
    for _ in 0..500 {
        let span = Span { start: random.below(2000), end: random.below(2000) };
        find(&text, "挪威", Some(span));
    }
}

/// What one text holds, and the same words as another text writes them.
const WRITINGS: [(&str, &str); 24] = [
    ("amyloid ﬁbrils grow", "amyloid fibrils grow"),
    ("the oﬃce, ﬀ and ﬄ, a ﬂoor, eaﬅ and weﬆ", "the office, ff and ffl, a floor, east and west"),
    ("Cafe\u{301} open", "Café open"),
    ("ho\u{302}\u{300}, e\u{302}\u{323} and e\u{323}\u{302}", "hồ, ệ and ệ"),
    ("Α\u{301}νω ο\u{314}\u{301}δος", "άνω ὅδος"),
    ("ΟΔΟΣ ἀρχ\u{1f75}", "οδος ἀρχή"),
    ("Андреи\u{306} и е\u{308}ж", "Андрей и ёж"),
    ("カ\u{3099}スとハ\u{309a}ン", "ガスとパン"),
    ("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}", "한글"),
    ("ＡＢＣ １２％", "ABC 12%"),
    ("ｶﾞｽ ￥500", "ガス ¥500"),
    ("the defi\u{ad}nition is wide", "the definition is wide"),
    ("zero\u{200b}width \u{feff}signs", "zerowidth signs"),
    ("\u{202b}מחיר\u{202c} המלון", "מחיר המלון"),
    ("葛\u{e0100}城市", "葛城市"),
    ("a well\u{2011}known case", "a well-known case"),
    ("it fell to \u{2011}5 °C", "it fell to −5 °C"),
    ("at 25 ℃ outside", "at 25 °C outside"),
    ("die Straße in GIEẞEN", "die Strasse in Giessen"),
    ("œuvre of cæsar", "oeuvre of caesar"),
    ("H₂O on 5 km²", "H2O on 5 km2"),
    ("a µ for 3 Ω", "a μ for 3 Ω"),
    ("10\u{a0}000 crowns", "10 000 crowns"),
    ("a “smart” quote – dash", "a \"smart\" quote - dash"),
];

#[test]
fn other_writings_of_the_same_letters_are_alike() {
    for (one, other) in WRITINGS {
        for (text, quote) in [(one, other), (other, one)] {
            let text = ["Before. ", text, " – after."].concat();
            let found = find(&text, quote, None);
            let Check::FoundAlike { span } = found else { panic!("{text:?} {quote:?}: {found}") };
            let apart =
                |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            assert_eq!(apart(&text[..span.start]), "Before");
            assert_eq!(apart(&text[span.end..]), "after");
        }
    }
}

#[test]
fn other_letters_are_not_alike() {
    let pairs = [
        ("a cafe\u{301} there", "a cafe"),
        ("a résumé", "a resume"),
        ("カ\u{3099}ス", "カ"),
        ("10⁶ people", "106 people"),
        ("the de\u{ad}finition", "the de"),
        ("the ﬁrst", "the f"),
        ("at 25 ℃", "at 25 °F"),
        ("it fell to \u{2011}5 °C", "to 5 °C"),
        ("한국", "\u{1112}\u{1161}국"),
    ];
    for (text, quote) in pairs {
        assert_eq!(find(text, quote, None), Check::NotFound, "{text:?} {quote:?}");
    }
}

#[test]
fn the_marks_of_a_letter_are_part_of_what_is_shown() {
    let text = "the cafe\u{301} opens";
    let span = find(text, "the CAFÉ", None).span().unwrap();
    assert_eq!(&text[span.start..span.end], "the cafe\u{301}");
}
