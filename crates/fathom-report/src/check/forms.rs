//! One writing for what is written in several ways without meaning another thing.

/// Katakana of half width from U+FF66 on, in full width.
const KANA: &str = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン\u{3099}\u{309a}";

/// Whether nobody sees this: soft hyphens, joiners, signs of direction, variants of the sign before.
pub(super) const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// The sign in its usual width, and the hyphen in place of those that do not break.
pub(super) fn narrow(c: char) -> char {
    let nth = |first: char| u32::from(c) - u32::from(first);
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(nth('\u{ff01}') + u32::from('!')).unwrap_or(c),
        '\u{ff66}'..='\u{ff9f}' => KANA.chars().nth(nth('\u{ff66}') as usize).unwrap_or(c),
        '\u{2010}' | '\u{2011}' | '\u{fe63}' => '-',
        '\u{ffe0}' => '¢',
        '\u{ffe1}' => '£',
        '\u{ffe5}' => '¥',
        '\u{ffe6}' => '₩',
        c => c,
    }
}

/// The letters that a sign in lower case stands for, if it stands for others.
pub(super) const fn spelled(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'ǽ' => "aé",
        'ǣ' => "aē",
        'œ' => "oe",
        'ĳ' => "ij",
        'ſ' => "s",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        '℃' => "°c",
        '℉' => "°f",
        'µ' => "μ",
        'ς' => "σ",
        // Greek letters that have two numbers.
        '\u{1f71}' => "ά",
        '\u{1f73}' => "έ",
        '\u{1f75}' => "ή",
        '\u{1f77}' => "ί",
        '\u{1f79}' => "ό",
        '\u{1f7b}' => "ύ",
        '\u{1f7d}' => "ώ",
        '\u{1fd3}' => "ΐ",
        '\u{1fe3}' => "ΰ",
        _ => return None,
    })
}

/// The digit of a raised or lowered one. After a digit it is a number of its own: 10⁶ is not 106.
pub(super) fn levelled(c: char) -> Option<char> {
    let digit = match c {
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '\u{2070}' | '\u{2074}'..='\u{2079}' => u32::from(c) - 0x2070,
        '\u{2080}'..='\u{2089}' => u32::from(c) - 0x2080,
        _ => return None,
    };
    char::from_digit(digit, 10)
}
