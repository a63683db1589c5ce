//! What a page says when the app in it has broken.

use leptos::prelude::document;

/// Paints a written banner when the app panics: after that nothing on the page answers any more,
/// and nobody should have to guess.
pub(crate) fn install() {
    std::panic::set_hook(Box::new(|info| {
        leptos::logging::error!("{info}");
        paint();
    }));
}

fn paint() {
    let Some(body) = document().body() else { return };
    let Ok(banner) = document().create_element("p") else { return };
    banner.set_class_name("broken");
    banner.set_text_content(Some(
        "Something in this page has broken. Your runs are safe; reload the page to go on.",
    ));
    // There is nothing left to do when even this fails.
    let _ = banner.set_attribute("role", "alert");
    let _ = body.prepend_with_node_1(&banner);
}
