//! Light, dark, or as the system says.

use leptos::prelude::*;

/// The same name is read by `web/look.js`, before the first paint.
const KEY: &str = "fathom.look";

/// The look of the app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Every look.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The look of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == name)
    }
}

/// The chosen look; setting it changes the page and is remembered.
pub fn use_theme() -> RwSignal<Theme> {
    let storage = || window().local_storage().ok().flatten();
    let stored = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    let theme = RwSignal::new(stored.and_then(|name| Theme::named(&name)).unwrap_or_default());
    Effect::new(move |_| {
        let theme = theme.get();
        apply(theme);
        if let Some(storage) = storage() {
            // A look that cannot be remembered still holds until the page is left.
            let _ = storage.set_item(KEY, theme.as_str());
        }
    });
    theme
}

fn apply(theme: Theme) {
    let Some(root) = document().document_element() else { return };
    // The attribute is plain text, so it cannot be refused.
    let _ = match theme {
        Theme::System => root.remove_attribute("data-theme"),
        chosen => root.set_attribute("data-theme", chosen.as_str()),
    };
}
