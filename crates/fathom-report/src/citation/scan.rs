//! Finding markers in plain text.

use std::ops::Range;

use super::{Form, Target, numbers};
use crate::block::Address;

/// The longest marker; a bracket that closes later is just a bracket.
pub(crate) const LONGEST: usize = 400;

/// The longest address that is looked for in plain text.
const LONGEST_ADDRESS: usize = 1024;

/// Something found in plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The bytes of the text.
    pub(crate) range: Range<usize>,
    pub(crate) what: What,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A marker.
    Marker(Form, Vec<Target>),
    /// A link by name: what can be clicked, and the name.
    Reference(String, String),
}

/// Finds everything in `text` that refers to something, in order and without overlap.
pub(crate) fn scan(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = next_candidate(text, from) {
        match candidate(text, at) {
            Some((length, what)) => {
                found.push(Found { range: at..at + length, what });
                from = at + length;
            }
            None => from = at + text.get(at..).map_or(1, first_width),
        }
    }
    found
}

fn first_width(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

fn next_candidate(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let special = rest.char_indices().find(|(at, c)| match c {
        '[' | '【' | '\u{e200}' => true,
        'h' | 'H' | 'c' => starts_word(text, from + at),
        _ => false,
    });
    special.map(|(at, _)| from + at)
}

fn starts_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    !before.is_some_and(|c| c.is_ascii_alphanumeric())
}

fn candidate(text: &str, at: usize) -> Option<(usize, What)> {
    let rest = text.get(at..)?;
    let marker = |(length, form, targets)| (length, What::Marker(form, targets));
    match rest.chars().next()? {
        '[' => bracket(rest),
        '【' => lenticular(rest).map(marker),
        '\u{e200}' => private_use(rest).map(marker),
        'c' => leaked_names(rest).map(marker),
        _ => bare_address(rest).map(marker),
    }
}

/// The text up to the closing bracket, if that comes soon.
fn inside(rest: &str, open: char, close: char) -> Option<&str> {
    let rest = rest.strip_prefix(open)?;
    let end = rest
        .char_indices()
        .take_while(|(at, _)| *at <= LONGEST)
        .find(|(_, c)| *c == close || *c == open)?;
    rest.get(..end.0).filter(|_| end.1 == close)
}

fn bracket(rest: &str) -> Option<(usize, What)> {
    if let Some(inner) = rest.strip_prefix("[[") {
        let inner = inside(rest.get(1..)?, '[', ']')
            .filter(|found| inner.get(found.len()..).is_some_and(|rest| rest.starts_with("]]")))?;
        return Some((inner.len() + 4, What::Marker(Form::Brackets, numbers::read(inner)?)));
    }
    let inner = inside(rest, '[', ']')?;
    let length = inner.len() + 2;
    if let Some((form, targets)) = bracketed(inner) {
        return Some((length, What::Marker(form, targets)));
    }
    is_name(inner).then(|| {
        let after = rest.get(length..).unwrap_or_default();
        match inside(after, '[', ']') {
            Some("") => (length + 2, What::Reference(inner.to_owned(), inner.to_owned())),
            Some(label) if bracketed(label).is_none() && is_name(label) => {
                (length + label.len() + 2, What::Reference(inner.to_owned(), label.to_owned()))
            }
            _ => (length, What::Reference(inner.to_owned(), inner.to_owned())),
        }
    })
}

/// What the text between square brackets refers to.
fn bracketed(inner: &str) -> Option<(Form, Vec<Target>)> {
    if let Some(label) = inner.strip_prefix('^') {
        let name = || {
            (is_name(label) && !label.contains(' ')).then(|| vec![Target::Name(label.to_owned())])
        };
        return numbers::read(label).or_else(name).map(|targets| (Form::Footnote, targets));
    }
    if let Some(named) = inner.strip_prefix("citation:").or_else(|| inner.strip_prefix("cite:")) {
        return Some((Form::CitationLink, number_or_name(named.trim())));
    }
    if let Some((number, _)) = inner.split_once('†') {
        return Some((Form::Lenticular, dagger(number)));
    }
    numbers::read(inner).map(|targets| (Form::Brackets, targets))
}

/// Targets of a text that is either numbers or one name.
pub(crate) fn number_or_name(text: &str) -> Vec<Target> {
    numbers::read(text).unwrap_or_else(|| vec![Target::Name(text.to_owned())])
}

fn is_name(text: &str) -> bool {
    text.len() <= 100 && text.contains(char::is_alphanumeric) && !text.contains('\n')
}

fn lenticular(rest: &str) -> Option<(usize, Form, Vec<Target>)> {
    let inner = inside(rest, '【', '】')?;
    let number = inner.split('†').next().unwrap_or_default();
    let targets = if inner.contains('†') { dagger(number) } else { numbers::read(number)? };
    Some((inner.len() + '【'.len_utf8() + '】'.len_utf8(), Form::Lenticular, targets))
}

/// The target before a dagger: a number, or a name such as `4:0`.
fn dagger(text: &str) -> Vec<Target> {
    number_or_name(text.trim())
}

/// `U+E200 cite U+E202 name U+E202 name U+E201`; the last mark may be missing.
fn private_use(rest: &str) -> Option<(usize, Form, Vec<Target>)> {
    let inner = rest.strip_prefix('\u{e200}')?;
    let end = inner.find(['\u{e201}', '\u{e200}', ' ', '\n']).unwrap_or(inner.len()).min(LONGEST);
    let inner = inner.get(..end)?;
    let closed = rest.get(3 + end..).is_some_and(|rest| rest.starts_with('\u{e201}'));
    let names = inner.split('\u{e202}').skip(1).flat_map(|names| {
        let split = turn_names(names);
        if split.is_empty() { vec![names] } else { split }
    });
    let names = names.filter(|name| !name.is_empty()).map(|name| Target::Name(name.to_owned()));
    Some((3 + end + if closed { 3 } else { 0 }, Form::PrivateUse, names.collect()))
}

/// `citeturn0search1turn0news2`: what is left when the private-use characters were lost.
fn leaked_names(rest: &str) -> Option<(usize, Form, Vec<Target>)> {
    let names = turn_names(rest.strip_prefix("cite")?);
    let length = 4 + names.iter().map(|name| name.len()).sum::<usize>();
    let targets: Vec<_> = names.into_iter().map(|name| Target::Name(name.to_owned())).collect();
    (!targets.is_empty()).then_some((length, Form::PrivateUse, targets))
}

/// The names of the form `turn0search1` at the beginning of a text.
fn turn_names(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((name, after)) = turn_name(rest).and_then(|length| rest.split_at_checked(length))
    {
        names.push(name);
        rest = after;
    }
    names
}

fn turn_name(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("turn")?;
    let skip = |text: &str, fits: fn(&u8) -> bool| text.bytes().take_while(fits).count();
    let turn = skip(rest, u8::is_ascii_digit);
    let kind = skip(rest.get(turn..)?, u8::is_ascii_lowercase);
    let index = skip(rest.get(turn + kind..)?, u8::is_ascii_digit);
    (turn > 0 && kind > 0 && index > 0).then_some(4 + turn + kind + index)
}

fn bare_address(rest: &str) -> Option<(usize, Form, Vec<Target>)> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        rest.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    let near = rest.char_indices().take_while(|(at, _)| *at <= LONGEST_ADDRESS);
    let end = near.into_iter().find(|(_, c)| ends_address(*c)).map(|(at, _)| at);
    let end = end.or_else(|| (rest.len() <= LONGEST_ADDRESS).then_some(rest.len()))?;
    let length = without_trailing_marks(rest.get(..end)?).len();
    let url = Address::parse(rest.get(..length)?)?;
    (length > scheme.len())
        .then(|| (length, Form::BareAddress, vec![Target::Page { url, title: String::new() }]))
}

fn ends_address(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '<' | '>' | '"' | '`' | '|' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}'
            | '\u{ff1a}'..='\u{ff1f}' | '\u{e000}'..='\u{f8ff}' | '“' | '”')
}

/// Punctuation at the end belongs to the sentence, and so does a bracket that closes nothing.
fn without_trailing_marks(mut text: &str) -> &str {
    loop {
        let shorter = text.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~']);
        let unbalanced = |open, close| {
            shorter.ends_with(close)
                && shorter.matches(close).count() > shorter.matches(open).count()
        };
        let cut = usize::from(unbalanced('(', ')') || unbalanced('[', ']'));
        match shorter.len() - cut {
            same if same == text.len() => return text,
            length => text = text.get(..length).unwrap_or_default(),
        }
    }
}
