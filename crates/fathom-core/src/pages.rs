//! The pages that a report names, each once.

use crate::{index::Index, source::Source};

/// The most pages of one report; what names more is not taken at its word.
const MOST: usize = 10_000;

/// Pages as sources, numbered in the order in which they come.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    list: Vec<Source>,
    by_url: Index,
}

impl Pages {
    /// The source that a page is, a new one if need be; none when there are too many.
    pub(crate) fn add(&mut self, url: &str) -> Option<&mut Source> {
        let id = match self.by_url.get(url) {
            Some(id) => id,
            None => self.insert(url)?,
        };
        self.list.get_mut(id as usize - 1)
    }

    /// As [`Self::add`], for what calls the page by a name, which it keeps if it has had none.
    pub(crate) fn add_named(&mut self, url: &str, name: Option<&str>) -> Option<&mut Source> {
        let source = self.add(url)?;
        if let Some(name) = name
            && source.title == without_scheme(url)
        {
            name.clone_into(&mut source.title);
        }
        Some(source)
    }

    fn insert(&mut self, url: &str) -> Option<u32> {
        if self.list.len() >= MOST {
            return None;
        }
        let id = self.list.len() as u32 + 1;
        let mut source = Source::page(url);
        source.id = id;
        self.list.push(source);
        self.by_url.insert(url, id);
        Some(id)
    }

    /// Whether a page is among them.
    pub(crate) fn has(&self, url: &str) -> bool {
        self.by_url.get(url).is_some()
    }

    pub(crate) fn into_list(self) -> Vec<Source> {
        self.list
    }
}

impl Source {
    /// A page without a number.
    pub(crate) fn new(url: &str, title: &str) -> Self {
        let url = if url.is_empty() { None } else { Some(url.to_owned()) };
        Self { title: title.to_owned(), url, ..Self::default() }
    }

    /// A page of which only the address is known, which then stands for its title.
    pub(crate) fn page(url: &str) -> Self {
        Self::new(url, without_scheme(url))
    }
}

/// An address as it can stand for a title.
fn without_scheme(url: &str) -> &str {
    let rest = url.split_once(':').and_then(|(_, rest)| rest.strip_prefix("//")).unwrap_or(url);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/')
}
