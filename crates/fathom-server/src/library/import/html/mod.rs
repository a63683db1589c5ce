//! Web pages: the main content, without navigation and advertisements.

mod blocks;
mod clean;
mod table;

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::builder::Builder;
use super::front_matter::{FrontMatter, is_web};

/// Elements inside elements deeper than this make no readable page, but would cost a lot of stack.
const MAX_DEPTH: usize = 400;

/// A main content of fewer bytes is left to the article finder.
const SHORT: usize = 200;

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
    clean::clean(&page);
    let reader = Readability::with_document(page, url, Some(Config::default()));
    let Ok(mut reader) = reader else { return Ok(whole(html, FrontMatter::default(), rest)) };
    let said = reader.get_article_metadata(reader.parse_json_ld());
    let date = said.published_time.or_else(|| dated(&reader.doc));
    let about = about_page(&said.title, said.url, date, said.byline);
    let main = Main::of(&reader.doc);
    if url.is_none()
        && let Some(main) = main.as_ref().filter(|main| main.is_plain)
    {
        return Ok(Read { about, built: blocks::read(&main.node), rest });
    }
    let main = main.map(|main| (blocks::read(&main.node), main.is_plain));
    let weight = clean::weight(&reader.doc);
    let Ok(article) = reader.parse() else { return Ok(whole(html, about, rest)) };
    (rest.favicon, rest.image) = (article.favicon, article.image);
    if weight.is_missed_by(article.text_content.trim().len()) {
        return Ok(whole(html, about, rest));
    }
    rest.html = article.content.to_string();
    let built = blocks::read(&Document::from(&*rest.html).root());
    let built = match main {
        Some((main, is_plain)) if loses(&main, &built, is_plain) => main,
        _ => built,
    };
    // The article finder also looks for an author between the lines.
    let author = about.author.or(article.byline);
    Ok(Read { about: FrontMatter { author, ..about }, built, rest })
}

/// The date of a page, where it is not in one of the places where the article finder looks.
fn dated(page: &Document) -> Option<String> {
    const NAMES: [&str; 8] = [
        "date",
        "dc.date",
        "dcterms.date",
        "dc.date.issued",
        "dcterms.issued",
        "pubdate",
        "publish-date",
        "datepublished",
    ];
    let found = page.select("meta[content], time[datetime]");
    found.nodes().iter().find_map(|node| {
        let is_date = ["name", "property", "itemprop"].iter().any(|key| {
            node.attr(key).is_some_and(|name| NAMES.contains(&&*name.to_ascii_lowercase()))
        });
        let value = node.attr("content").or_else(|| node.attr("datetime"))?;
        (is_date || node.has_attr("pubdate")).then(|| value.to_string())
    })
}

fn about_page(
    title: &str,
    url: Option<String>,
    date: Option<String>,
    author: Option<String>,
) -> FrontMatter {
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    FrontMatter {
        title: text(title),
        url: url.filter(|url| is_web(url)),
        date: date.as_deref().and_then(text),
        author: author.as_deref().and_then(text),
    }
}

/// What a page calls its main content.
struct Main<'a> {
    node: NodeRef<'a>,
    /// Whether it is just a text: no article is marked within it, and it is more than a list of links.
    is_plain: bool,
}

impl<'a> Main<'a> {
    fn of(page: &'a Document) -> Option<Self> {
        let found = page.select("main, [role=main]");
        let [node] = *found.nodes() else { return None };
        let is_plain = !node.descendants_it().any(|inner| inner.has_name("article"))
            && node.text().len() > SHORT
            && !clean::is_mostly_links(&node);
        Some(Self { node, is_plain })
    }
}

/// Whether too much is missing from an article. The finder leaves out what does not look like prose, such as lists of
/// links with a word on each, and such lists are most of what a manual holds.
const fn loses(main: &Builder, article: &Builder, is_plain: bool) -> bool {
    article.len() * 10 < main.len() * if is_plain { 9 } else { 6 }
}

/// A page too short for the article finder is taken whole.
fn whole(html: &str, about: FrontMatter, rest: Rest) -> Read {
    let page = Document::from(html);
    page.select("script, style, noscript, template").remove();
    let title = Some(page.select("title").text().trim().to_owned());
    clean::clean(&page);
    let about = FrontMatter { title: title.filter(|text| !text.is_empty()), ..about };
    let rest = Rest { html: page.select("body").inner_html().to_string(), ..rest };
    Read { about, built: blocks::read(&page.root()), rest }
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

#[cfg(test)]
mod tests;
