//! Globs over document paths: `*` within a folder, `**` across folders, `?` for one character.

/// Whether `path` matches one of `globs`; no globs at all match everything.
pub fn matches_any(globs: &[String], path: &str) -> bool {
    globs.is_empty() || globs.iter().any(|glob| matches(glob, path))
}

/// Whether `path` matches `glob`. A glob that ends in `/` means everything below, and one without `/` is tried on the
/// file name too.
pub fn matches(glob: &str, path: &str) -> bool {
    let glob = glob.trim_start_matches("./");
    let below;
    let pattern = if glob.ends_with('/') {
        below = format!("{glob}**");
        below.as_str()
    } else {
        glob
    };
    let name = path.rsplit('/').next().unwrap_or(path);
    wild(pattern, path) || (!pattern.contains('/') && wild(pattern, name))
}

/// Matches with one remembered star of each kind, so that the time is at most the product of the lengths.
fn wild(glob: &str, path: &str) -> bool {
    let tokens = tokens(glob);
    let chars: Vec<char> = path.chars().collect();
    let mut reached = vec![false; chars.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for token in tokens {
        reached = advance(token, &reached, &chars);
    }
    reached.last().copied().unwrap_or_default()
}

#[derive(Clone, Copy)]
enum Token {
    Char(char),
    Any,
    Star,
    Deep,
}

fn tokens(glob: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = glob.chars().peekable();
    while let Some(c) = chars.next() {
        tokens.push(match c {
            '?' => Token::Any,
            '*' if chars.next_if_eq(&'*').is_some() => {
                // `**/` also matches no folder at all.
                chars.next_if_eq(&'/');
                Token::Deep
            }
            '*' => Token::Star,
            other => Token::Char(other),
        });
    }
    tokens
}

/// From the positions of `path` reached so far, those reached after one more token.
fn advance(token: Token, reached: &[bool], path: &[char]) -> Vec<bool> {
    let mut next = vec![false; reached.len()];
    let mut carried = false;
    for (at, (from, slot)) in reached.iter().zip(next.iter_mut()).enumerate() {
        let before = at.checked_sub(1).and_then(|index| path.get(index).copied());
        let stepped =
            at.checked_sub(1).and_then(|index| reached.get(index).copied()).unwrap_or_default();
        *slot = match token {
            Token::Char(c) => stepped && before == Some(c),
            Token::Any => stepped && before != Some('/'),
            Token::Star => *from || (carried && before != Some('/')),
            Token::Deep => *from || carried,
        };
        carried = *slot;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_stay_in_their_folder_and_double_stars_do_not() {
        assert!(matches("europe/*.md", "europe/no.md"));
        assert!(!matches("europe/*.md", "europe/north/no.md"));
        assert!(matches("europe/**", "europe/north/no.md"));
        assert!(matches("**/no.md", "no.md"));
        assert!(matches("**/no.md", "europe/north/no.md"));
        assert!(matches("europe/", "europe/no.md"));
        assert!(matches("*.md", "europe/no.md"));
        assert!(matches("n?.md", "no.md"));
        assert!(!matches("*.md", "europe/no.txt"));
    }

    #[test]
    fn stays_quick_on_hostile_globs() {
        assert!(!matches(&"*a".repeat(200), &"a".repeat(150)));
    }
}
