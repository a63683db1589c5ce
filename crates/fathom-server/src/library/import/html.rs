//! Web pages: the main content, without navigation and advertisements.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability, TextMode};

use super::builder::Builder;
use super::front_matter::{FrontMatter, is_web};
use super::markdown;

/// Elements inside elements deeper than this make no readable page, but would cost a lot of stack.
const MAX_DEPTH: usize = 400;

/// A web page taken apart.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub about: FrontMatter,
    pub built: Builder,
    pub rest: Rest,
}

/// What a page holds besides its text, as it is written there.
#[derive(Debug, Default)]
pub(crate) struct Rest {
    /// The main content as HTML, without scripts and styles.
    pub html: String,
    /// The address that relative ones start from, where the page names one.
    pub base: Option<String>,
    /// Target and text of each link, in order.
    pub links: Vec<(String, String)>,
    /// Pictures, in order.
    pub images: Vec<String>,
    pub favicon: Option<String>,
    /// The picture that stands for the page.
    pub image: Option<String>,
}

/// Reads a web page that was found at `url`.
pub(super) fn read(html: &str, url: Option<&str>) -> Result<Read, String> {
    if depth(html) > MAX_DEPTH {
        return Err(format!(
            "nests its elements deeper than {MAX_DEPTH}; save the page again as plain text"
        ));
    }
    let page = Document::from(html);
    let mut rest = if url.is_some() { look(&page) } else { Rest::default() };
    let config = Config { text_mode: TextMode::Markdown, ..Config::default() };
    let article =
        Readability::with_document(page, url, Some(config)).and_then(|mut page| page.parse());
    let Ok(article) = article else { return Ok(whole(html, rest)) };
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    rest.html = article.content.to_string();
    rest.favicon = article.favicon;
    rest.image = article.image;
    let about = FrontMatter {
        title: text(&article.title),
        url: article.url.filter(|url| is_web(url)),
        date: article.published_time.as_deref().and_then(text),
        author: article.byline.as_deref().and_then(text),
    };
    Ok(Read { about, built: markdown::read(&article.text_content), rest })
}

/// A page too short for the article finder is taken whole.
fn whole(html: &str, rest: Rest) -> Read {
    let page = Document::from(html);
    page.select("script, style, noscript, template").remove();
    let title = Some(page.select("title").text().trim().to_owned());
    page.select("head").remove();
    let about = FrontMatter { title: title.filter(|text| !text.is_empty()), ..Default::default() };
    let rest = Rest { html: page.select("body").inner_html().to_string(), ..rest };
    Read { about, built: markdown::read(&page.md(None)), rest }
}

/// Everything that a page points to, before its main content is cut out.
fn look(page: &Document) -> Rest {
    let value = |node: &NodeRef<'_>, name| Some(node.attr(name)?.trim().to_owned());
    let link = |node: &NodeRef<'_>| {
        let text = node.text();
        Some((value(node, "href")?, text.split_whitespace().collect::<Vec<_>>().join(" ")))
    };
    Rest {
        base: page.select("base[href]").attr("href").map(|base| base.trim().to_owned()),
        links: page.select("a[href]").nodes().iter().filter_map(link).collect(),
        images: page
            .select("img[src]")
            .nodes()
            .iter()
            .filter_map(|node| value(node, "src"))
            .collect(),
        ..Rest::default()
    }
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
