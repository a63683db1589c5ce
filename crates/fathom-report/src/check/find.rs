//! Finding a quote in a text.

use fathom_core::Span;

use super::{Check, compose::is_mark, fold::Folded, forms::is_hidden};

/// How far apart, in bytes, the parts of a quote with omissions may stand.
const REACH: usize = 2000;

/// Looks for `quote` in `text`, first at `expected`.
///
/// ```
/// use fathom_report::check::{find, Check};
///
/// let text = "Exports – mostly oil – rose by 4%.";
/// assert!(matches!(find(text, "rose by 4%", None), Check::FoundElsewhere { .. }));
/// assert!(matches!(find(text, "exports, mostly oil,\nrose", None), Check::FoundAlike { .. }));
/// assert_eq!(find(text, "rose by 5%", None), Check::NotFound);
/// ```
pub fn find(text: &str, quote: &str, expected: Option<Span>) -> Check {
    let quote = quote.trim();
    if let Some(span) = expected
        && text
            .get(span.start..span.end)
            .is_some_and(|there| !quote.is_empty() && there.trim() == quote)
    {
        return Check::Found { span };
    }
    if let Some(start) = exact(text, quote, expected.map_or(0, |span| span.start)) {
        return Check::FoundElsewhere { span: Span { start, end: start + quote.len() } };
    }
    alike(text, quote).map_or(Check::NotFound, |span| Check::FoundAlike { span })
}

/// Where the quote stands as whole words, nearest to where it was expected.
fn exact(text: &str, quote: &str, near: usize) -> Option<usize> {
    let cuts_word = |at: usize, inside: Option<char>, outside: Option<char>| {
        let letter = |c: Option<char>| {
            c.is_some_and(|c| c.is_alphanumeric() && !super::fold::is_unparted(c))
        };
        at > 0 && (letter(inside) && letter(outside) || outside.is_some_and(is_mark))
    };
    let whole = |at: &usize| {
        let (before, rest) = text.split_at_checked(*at).unwrap_or_default();
        let after = rest.get(quote.len()..).unwrap_or_default();
        let seen = |c: &char| !is_hidden(*c);
        !cuts_word(*at, quote.chars().next(), before.chars().rev().find(seen))
            && !cuts_word(1, quote.chars().next_back(), after.chars().find(seen))
    };
    let places = if quote.is_empty() { None } else { Some(text.match_indices(quote)) };
    places?.map(|(at, _)| at).filter(whole).min_by_key(|at| at.abs_diff(near))
}

fn alike(text: &str, quote: &str) -> Option<Span> {
    let folded = Folded::new(text);
    let parts: Vec<String> =
        parts(quote).map(|part| Folded::new(part).text).filter(|part| !part.is_empty()).collect();
    let first = parts.first()?;
    let mut from = 0;
    while let Some((start, end)) = folded.find(first, from) {
        if let Some(end) = follow(&folded, parts.get(1..)?, end) {
            return folded.origin((start, end));
        }
        from = end;
    }
    None
}

/// Where the last of the parts ends, when each follows the one before within reach.
fn follow(folded: &Folded, parts: &[String], end: usize) -> Option<usize> {
    parts.iter().try_fold(end, |from, part| {
        let (start, end) = folded.find(part, from)?;
        (start - from <= REACH).then_some(end)
    })
}

/// The parts between the omissions that a quote marks itself.
fn parts(quote: &str) -> impl Iterator<Item = &str> {
    quote.split("...").flat_map(|part| part.split('…'))
}
