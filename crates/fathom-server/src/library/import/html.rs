//! Web pages: the main content, without navigation and advertisements.

use dom_smoothie::{Config, Readability, TextMode};

use super::builder::Builder;
use super::front_matter::{FrontMatter, is_web};
use super::markdown;

/// Elements inside elements deeper than this make no readable page, but would cost a lot of stack.
const MAX_DEPTH: usize = 400;

/// Reads a web page.
pub(super) fn read(html: &str) -> Result<(FrontMatter, Builder), String> {
    if depth(html) > MAX_DEPTH {
        return Err(format!(
            "nests its elements deeper than {MAX_DEPTH}; save the page again as plain text"
        ));
    }
    let config = Config { text_mode: TextMode::Markdown, ..Config::default() };
    let article = Readability::new(html, None, Some(config)).and_then(|mut page| page.parse());
    let Ok(article) = article else {
        // Pages too short for the article finder are taken whole.
        return Ok((FrontMatter::default(), markdown::read(&markdown::without_tags(html))));
    };
    let about = FrontMatter {
        title: Some(article.title.trim().to_owned()).filter(|title| !title.is_empty()),
        url: article.url.filter(|url| is_web(url)),
        date: article
            .published_time
            .map(|time| time.trim().to_owned())
            .filter(|time| !time.is_empty()),
        author: article.byline.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()),
    };
    Ok((about, markdown::read(&article.text_content)))
}

/// How deep elements nest, at most. Elements that HTML closes by itself do not count.
fn depth(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in html.split('<').skip(1) {
        let name = tag.trim_start_matches('/');
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if name.is_empty() || closes_itself(&name.to_ascii_lowercase()) {
            continue;
        }
        depth = if tag.starts_with('/') { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

fn closes_itself(name: &str) -> bool {
    const NAMES: [&str; 27] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr", "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead",
        "tfoot", "option", "colgroup", "optgroup",
    ];
    NAMES.contains(&name)
}
