//! Takes out of a page what is none of its content.

use dom_query::{Document, Element, NodeRef};

/// Elements with exactly these ids or classes lead through a site, or stand beside its content.
const APART: [&str; 31] = [
    "toc",
    "toctree-wrapper",
    "table-of-contents",
    "tableofcontents",
    "contents-list",
    "sidebar",
    "sphinxsidebar",
    "breadcrumb",
    "breadcrumbs",
    "related",
    "related-articles",
    "nav",
    "navbar",
    "navbox",
    "navigation",
    "nav-wrapper",
    "nav-chapters",
    "nav-wide-wrapper",
    "menu",
    "mainmenu",
    "menu-bar",
    "pagination",
    "skip-link",
    "skip-to-main-content",
    "searchmenu",
    "sidetoc",
    "catlinks",
    "printfooter",
    "mw-editsection",
    "mw-jump-link",
    // What rustdoc shows in place of a text that is folded away.
    "hideme",
];
/// Numbers beside the lines of a program.
const LINE_NUMBERS: [&str; 11] = [
    "linenos",
    "lineno",
    "linenodiv",
    "linenumber",
    "line-number",
    "line-numbers-rows",
    "src-line-numbers",
    "hljs-ln-numbers",
    "blob-num",
    "gutter",
    "lnt",
];

/// Takes away navigation, side bars, forms, line numbers and the like.
pub(super) fn clean(page: &Document) {
    let apart: Vec<NodeRef<'_>> = page.root().descendants_it().filter(is_apart).collect();
    for node in apart {
        node.remove_from_parent();
    }
}

fn is_apart(node: &NodeRef<'_>) -> bool {
    let Some(element) = node.element_ref() else { return false };
    match &*element.name.local {
        "html" | "head" | "body" | "main" | "article" | "pre" | "h1" | "title" | "meta" => false,
        "input" | "select" | "textarea" | "datalist" | "rustdoc-toolbar" => true,
        "button" => !is_heading(node),
        "a" => is_permalink(node, &element) || is_named(&element, &APART),
        "form" => !holds(node, &["p", "h1", "h2", "h3", "table", "article", "main", "pre", "li"]),
        "header" => is_of_site(node) && !holds(node, &["h1", "h2", "main", "article"]),
        "footer" => is_of_site(node) && !holds(node, CONTENT),
        "aside" => (is_of_site(node) || is_mostly_links(node)) && !holds(node, CONTENT),
        "nav" => !holds(node, CONTENT),
        _ => {
            let role = attribute(&element, "role").unwrap_or_default();
            let beside = is_named(&element, &APART)
                || matches!(role, "navigation" | "search" | "contentinfo" | "complementary");
            beside && !holds(node, CONTENT) || is_named(&element, &LINE_NUMBERS)
        }
    }
}

/// What holds one of these is more than the frame of a page.
const CONTENT: &[&str] = &["h1", "main", "article"];

fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    let found = element.attrs.iter().find(|attribute| &*attribute.name.local == name);
    found.map(|attribute| &*attribute.value)
}

/// Whether the id or a class of an element is one of these names.
fn is_named(element: &Element, names: &[&str]) -> bool {
    ["id", "class"].into_iter().filter_map(|name| attribute(element, name)).any(|value| {
        value
            .split_ascii_whitespace()
            .any(|word| names.iter().any(|name| name.eq_ignore_ascii_case(word)))
    })
}

/// Whether a button is all there is of a heading, as where answers unfold below their questions.
fn is_heading(button: &NodeRef<'_>) -> bool {
    let mut outer = button.ancestors_it(None);
    let heading = outer
        .find(|outer| is_one_of(outer, &["h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary"]));
    heading.is_some_and(|heading| heading.text().trim() == button.text().trim())
}

/// How many bytes of text a page holds, and how many of them are words of links.
#[derive(Debug, Default)]
pub(super) struct Weight {
    all: usize,
    links: usize,
}

impl Weight {
    /// Whether an article of so many bytes leaves out more of the page's text than it holds. Words of links do not
    /// count: lists of them often surround an article.
    pub(super) const fn is_missed_by(&self, article: usize) -> bool {
        article * 2 < self.all.saturating_sub(self.links) || article * 10 < self.all
    }
}

/// Weighs what is left of a page.
pub(super) fn weight(page: &Document) -> Weight {
    let mut weight = Weight::default();
    let Some(body) = page.body() else { return weight };
    for node in body.descendants_it() {
        if node.is_text() && !node.parent().is_some_and(|outer| is_one_of(&outer, UNSEEN)) {
            weight.all += node.text().trim().len();
        } else if node.has_name("a") {
            weight.links += node.text().trim().len();
        }
    }
    weight
}

const UNSEEN: &[&str] = &["script", "style", "noscript", "template"];

/// Whether most of the words of an element are links.
pub(super) fn is_mostly_links(node: &NodeRef<'_>) -> bool {
    let links: usize = node
        .descendants_it()
        .filter(|inner| inner.has_name("a") && inner.has_attr("href"))
        .map(|link| link.text().trim().len())
        .sum();
    links * 2 > node.text().trim().len()
}

/// Whether an element belongs to the site rather than to one of its texts.
fn is_of_site(node: &NodeRef<'_>) -> bool {
    !is_inside(node, &["main", "article", "section", "blockquote", "figure", "td"])
}

fn is_inside(node: &NodeRef<'_>, names: &[&str]) -> bool {
    node.ancestors_it(None).any(|outer| is_one_of(&outer, names))
}

fn holds(node: &NodeRef<'_>, names: &[&str]) -> bool {
    node.descendants_it().any(|inner| is_one_of(&inner, names))
}

fn is_one_of(node: &NodeRef<'_>, names: &[&str]) -> bool {
    node.qual_name_ref().is_some_and(|name| names.contains(&&*name.local))
}

/// A link to the very place where it stands, or the number of a line that is one.
fn is_permalink(node: &NodeRef<'_>, element: &Element) -> bool {
    let Some(href) = attribute(element, "href") else { return false };
    let is_src = is_named(element, &["src"]);
    if !is_src && !href.contains('#') {
        return false;
    }
    let text = node.text();
    let text = text.trim();
    let is_number = || text.bytes().all(|byte| byte.is_ascii_digit());
    matches!(text, "\u{b6}" | "\u{a7}" | "#" | "\u{1f517}" | "\u{200b}")
        || is_named(element, &["headerlink", "permalink"]) && !text.contains(char::is_whitespace)
        // rustdoc writes this word behind every signature, and numbers beside the lines of a program.
        || is_src && text == "Source"
        || attribute(element, "data-nosnippet").is_some() && is_number()
}
