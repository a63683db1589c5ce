//! The reading view in a browser: the citation loop, tables, and drawing while a text grows.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that does not find its node has failed"
)]

mod fixture;

use fathom_core::{Report, Source, Status};
use fathom_web::components::reading::{ReadingState, ReadingText, ReportView};
use leptos::{mount::mount_to, prelude::*, task};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, KeyboardEvent, KeyboardEventInit, MouseEvent, MouseEventInit};

wasm_bindgen_test_configure!(run_in_browser);

/// A reading view of its own, taken away at the end of the test.
struct Shown {
    root: HtmlElement,
    state: RwSignal<ReadingState>,
    _mounted: Box<dyn std::any::Any>,
    _owner: Owner,
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.root.remove();
    }
}

impl Shown {
    fn new(state: ReadingState) -> Self {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let owner = Owner::new();
        let state = owner.with(|| RwSignal::new(state));
        let mounted = mount_to(
            root.clone(),
            move || view! { <ReportView state library=fixture::library() /> },
        );
        Self { root, state, _mounted: Box::new(mounted), _owner: owner }
    }

    /// A view of a report that is completely drawn.
    async fn complete(report: Report) -> Self {
        let shown = Self::new(fixture::finished(report));
        shown.until("article[aria-busy=false]").await;
        shown
    }

    fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.root.query_selector(selector).unwrap().map(JsCast::unchecked_into)
    }

    fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).unwrap().length()
    }

    /// Waits, frame by frame, until something is there.
    async fn until(&self, selector: &str) -> HtmlElement {
        for _ in 0..600 {
            if let Some(found) = self.find(selector) {
                return found;
            }
            frame().await;
        }
        panic!("{selector} never came");
    }

    /// Waits, frame by frame, until something is gone.
    async fn until_gone(&self, selector: &str) {
        for _ in 0..600 {
            if self.find(selector).is_none() {
                return;
            }
            frame().await;
        }
        panic!("{selector} never went");
    }
}

async fn frame() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let then = Closure::once_into_js(move || resolve.call0(&JsValue::NULL));
        window().request_animation_frame(then.unchecked_ref()).unwrap();
    });
    JsFuture::from(promise).await.unwrap();
    task::tick().await;
}

fn click(node: &Element) {
    let init = MouseEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    node.dispatch_event(&MouseEvent::new_with_mouse_event_init_dict("click", &init).unwrap())
        .unwrap();
}

fn press(key: &str) {
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_key(key);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    document().body().unwrap().dispatch_event(&event).unwrap();
}

fn focused() -> String {
    document().active_element().map(|node| node.id()).unwrap_or_default()
}

/// The text and the shape of what was drawn, without what only marks the place of dynamic nodes.
fn drawn(shown: &Shown) -> String {
    let article = shown.find("article").unwrap();
    let text: Vec<_> = (0..shown.count(".text > *"))
        .map(|at| article.query_selector_all(".text > *").unwrap().item(at).unwrap())
        .map(|node| {
            let node: Element = node.unchecked_into();
            let markers = node.query_selector_all(".cite").unwrap().length();
            format!("{} {} {}", node.tag_name(), markers, node.text_content().unwrap())
        })
        .collect();
    text.join("\n")
}

#[wasm_bindgen_test]
async fn a_marker_opens_its_card_and_escape_leads_back_to_it() {
    let shown = Shown::complete(fixture::report()).await;
    let marker = shown.find("#cite-3-2").unwrap();
    assert_eq!(marker.get_attribute("role").as_deref(), Some("doc-biblioref"));
    assert_eq!(
        marker.get_attribute("aria-label").as_deref(),
        Some("Source 3: Norway, country profile")
    );
    click(&marker);
    let card = shown.until(".card.pinned").await;
    assert_eq!(card.get_attribute("role").as_deref(), Some("dialog"));
    assert!(card.text_content().unwrap().contains("highly dependent on the petroleum sector"));
    assert_eq!(marker.get_attribute("aria-expanded").as_deref(), Some("true"));
    shown.until(".card .verdict.found").await;
    press("Escape");
    shown.until_gone(".card").await;
    assert_eq!(focused(), "cite-3-2");
    assert_eq!(marker.get_attribute("aria-expanded"), None);
}

#[wasm_bindgen_test]
async fn the_card_leads_to_the_list_and_the_list_leads_back() {
    let shown = Shown::complete(fixture::report()).await;
    click(&shown.find("#cite-1-2").unwrap());
    let to_list = shown.until(".card .acts a").await;
    click(&to_list);
    shown.until(".chip").await;
    let back = shown.until("#src-1 [role=doc-backlink]:focus").await;
    assert_eq!(back.get_attribute("data-to").as_deref(), Some("cite-1-2"));
    assert!(shown.find("#cite-1-2").unwrap().class_list().contains("origin"));
    assert!(back.get_attribute("aria-label").unwrap().starts_with("Back to use 2 of source 1"));
    click(&back);
    assert_eq!(focused(), "cite-1-2");
    shown.until_gone(".chip").await;
}

#[wasm_bindgen_test]
async fn every_source_has_a_way_back_to_each_of_its_uses() {
    let shown = Shown::complete(fixture::report()).await;
    while let Some(more) = shown.find(".sources small .tool") {
        click(&more);
        frame().await;
    }
    assert_eq!(shown.count("[role=doc-backlink]"), shown.count("[role=doc-biblioref]"));
}

#[wasm_bindgen_test]
async fn a_marker_without_a_source_says_so() {
    let shown = Shown::complete(fixture::report()).await;
    let none = shown.find(".cite.none").unwrap();
    assert_eq!(none.text_content().unwrap(), "no source");
    click(&none);
    let card = shown.until(".card.pinned").await;
    assert!(card.text_content().unwrap().contains("[9]"));
}

#[wasm_bindgen_test]
async fn tables_have_heads_and_columns_of_numbers_at_their_end() {
    let shown = Shown::complete(fixture::report()).await;
    assert_eq!(shown.count(".text thead th[scope=col]"), 3);
    assert_eq!(shown.count(".text tbody th[scope=row]"), 3);
    let class = shown.find(".text table").unwrap().class_name();
    assert_eq!(class.split_whitespace().collect::<Vec<_>>(), ["n2", "n3"]);
    assert_eq!(shown.count(".text td .cite"), 9);
}

#[wasm_bindgen_test]
async fn bullets_bars_and_tables_stand_on_the_side_where_their_text_begins() {
    let markdown = "## נהלים\n\nמחיר המלון 420.\n\n- נסיעה: 38\n- hotel: 90\n  - ארוחה\n\n1. ראשון\n\n\
        - [x] אש״ל\n\n> ציטוט\n\n| פריט | price |\n|---|--:|\n| מלון | 420 |\n\nIn English.\n\n- Oslo\n";
    let shown =
        Shown::complete(Report { markdown: markdown.to_owned(), ..Report::default() }).await;
    for selector in ["h2", "p", "ul", "ul ul", "ol", "li", "li p", "blockquote", ".wide", "table"] {
        assert!(shown.find(&format!(".text {selector}:dir(rtl)")).is_some(), "{selector}");
    }
    for selector in ["li:dir(ltr)", "blockquote:dir(ltr)", "td:dir(ltr)"] {
        let only = shown.count(&format!(".text {selector}"));
        assert_eq!(only, u32::from(selector.starts_with("li")), "{selector}");
    }
    let last = shown.find(".text > ul:last-of-type:dir(ltr)").unwrap();
    assert_eq!(last.text_content().unwrap().trim(), "Oslo");
}

#[wasm_bindgen_test]
async fn nothing_is_fetched_for_an_image_and_nothing_is_markup() {
    let hostile = Report {
        markdown:
            "![x](https://evil.example/a.png) <img src=x onerror=alert(1)> [y](javascript:alert(1))"
                .to_owned(),
        ..Report::default()
    };
    let shown = Shown::complete(hostile).await;
    assert_eq!(shown.count("img, script, iframe, [style*='http']"), 0);
    assert_eq!(shown.count("a[href^='javascript']"), 0);
    assert!(shown.find(".text").unwrap().text_content().unwrap().contains("<img src=x"));
}

#[wasm_bindgen_test]
async fn a_structured_value_shows_its_evidence_and_why_cells_are_empty() {
    let shown = Shown::complete(fixture::structured()).await;
    let words: Vec<_> = (0..shown.count(".answer .empty"))
        .map(|at| {
            shown
                .root
                .query_selector_all(".answer .empty")
                .unwrap()
                .item(at)
                .unwrap()
                .text_content()
                .unwrap()
        })
        .collect();
    assert_eq!(words, ["not found", "not asked"]);
    let count = shown.find(".answer button.evidence-count").unwrap();
    assert_eq!(count.text_content().unwrap(), "1 source");
    click(&count);
    assert!(
        shown
            .until(".card.pinned")
            .await
            .text_content()
            .unwrap()
            .contains("Norway, country profile")
    );
}

#[wasm_bindgen_test]
async fn checking_the_evidence_counts_what_was_found() {
    let shown = Shown::complete(fixture::report()).await;
    click(&shown.find(".check .tool").unwrap());
    shown.until(".problems li").await;
    for _ in 0..600 {
        if !shown.find(".check [role=status]").unwrap().text_content().unwrap().contains("waiting")
        {
            break;
        }
        frame().await;
    }
    let words = shown.find(".check [role=status]").unwrap().text_content().unwrap();
    assert!(
        words.contains("quotes found") && words.contains("1 reference has no source"),
        "{words}"
    );
}

#[wasm_bindgen_test]
async fn a_text_that_grows_ends_as_one_shown_at_once() {
    let at_once = Shown::complete(fixture::report()).await;
    let expected = drawn(&at_once);
    drop(at_once);
    let grown = Shown::new(fixture::growing(0));
    for end in (0..=fixture::MARKDOWN.len()).step_by(37) {
        grown.state.set(fixture::growing(end));
        frame().await;
    }
    assert_eq!(grown.find("article").unwrap().get_attribute("aria-busy").as_deref(), Some("true"));
    let first = grown.find(".text > p").unwrap();
    grown.state.set(fixture::finished(fixture::report()));
    grown.until("article[aria-busy=false]").await;
    assert_eq!(drawn(&grown), expected);
    assert!(first.is_connected(), "what was drawn stays when the report is complete");
    assert!(grown.find("#cite-3-1").is_some());
}

#[wasm_bindgen_test]
async fn a_long_report_is_drawn_whole_and_every_marker_knows_its_source() {
    const TIMES: usize = 12;
    let markdown = [fixture::MARKDOWN; TIMES].join("\n\n");
    let report = Report { markdown, citations: Vec::new(), ..fixture::report() };
    let shown = Shown::complete(report).await;
    let uses = fixture::MARKDOWN.matches("[1]").count() * TIMES;
    assert!(shown.count(".group") > 5);
    assert_eq!(shown.count(".pending"), 0);
    assert_eq!(shown.count(".cite.none"), u32::try_from(TIMES).unwrap());
    assert!(shown.find(&format!("#cite-1-{uses}")).is_some());
    assert!(shown.find("#cite-1-1").is_some());
}

#[wasm_bindgen_test]
async fn blocks_that_are_complete_are_not_drawn_again() {
    let shown = Shown::new(fixture::growing(400));
    let first = shown.until(".text > p").await;
    let text = first.first_child().unwrap();
    for end in (400..1600).step_by(100) {
        shown.state.set(fixture::growing(end));
        frame().await;
    }
    assert!(text.is_connected() && first.is_connected());
}

#[wasm_bindgen_test]
async fn a_run_that_starts_again_drops_the_text_of_the_lost_attempt() {
    let shown = Shown::new(fixture::growing(900));
    shown.until(".text table").await;
    let text = "Another beginning.".to_owned();
    let sources = vec![Source { id: 1, title: "One".to_owned(), ..Source::default() }];
    shown.state.set(ReadingState {
        status: Status::Running,
        text: ReadingText::Growing { text, sources },
        ..ReadingState::default()
    });
    shown.until_gone(".text table").await;
    assert_eq!(shown.find(".text").unwrap().text_content().unwrap(), "Another beginning.");
}
