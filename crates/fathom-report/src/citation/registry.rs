//! The sources of a report, and which of them a marker refers to.

use std::collections::BTreeMap;

use fathom_core::{Citation, Report, Source};
use serde::{Serialize, Serializer};

use super::{
    Form, Marker, Target,
    field::Field,
    url,
    uses::{self, Use},
};
use crate::{block::Address, read::Document};

/// What one target of a marker turned out to be. As JSON it is an object with a `kind`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// A source of the report, by its id.
    Source(u32),
    /// A page that the text names and the report's sources do not hold.
    Page {
        /// The address.
        url: Address,
        /// What the text calls it; empty when it says nothing.
        title: String,
    },
    /// A footnote of the document that names no source.
    Note(String),
    /// Nothing yet: the sources are still coming in.
    Pending,
    /// Nothing. The reader is told that there is no source.
    Missing,
    /// No reference at all, such as `[2024]`: the text stays as it was written.
    Literal,
}

impl Serialize for Resolved {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(tag = "kind", rename_all = "kebab-case")]
        enum Shown<'a> {
            Source { id: u32 },
            Page { url: &'a Address, title: &'a str },
            Note { label: &'a str },
            Pending,
            Missing,
            Literal,
        }
        let shown = match self {
            Self::Source(id) => Shown::Source { id: *id },
            Self::Page { url, title } => Shown::Page { url, title },
            Self::Note(label) => Shown::Note { label },
            Self::Pending => Shown::Pending,
            Self::Missing => Shown::Missing,
            Self::Literal => Shown::Literal,
        };
        shown.serialize(serializer)
    }
}

/// The sources of a report and the ties from its markers and fields to them.
///
/// While a run goes on, [`Registry::default`] with [`Registry::add`] resolves markers by number
/// against the sources found so far. [`Registry::new`] knows the finished report.
///
/// # How a marker is resolved
///
/// 1. The report's own citation for this place decides: the one whose span is the marker's; else
///    one whose span overlaps it; else, among citations without a span, the one that is as
///    manyeth of its marker's text as the marker is.
/// 2. Else a definition of the document (`[1]: https://...`, `[^1]: ...`) decides for markers in
///    square brackets.
/// 3. Else a number means the source with that id, an address the source with the same page, and a
///    name the source with that title or document.
/// 4. Else there is no source. It is [`Resolved::Missing`] and shown as such, with one exception: a
///    marker in square brackets whose numbers all have four digits is a year, so it is
///    [`Resolved::Literal`].
#[derive(Clone, Debug, Default)]
pub struct Registry {
    sources: BTreeMap<u32, Source>,
    pages: BTreeMap<String, u32>,
    names: BTreeMap<String, u32>,
    citations: Vec<Citation>,
    /// From the first byte of a marker to its citation.
    ties: BTreeMap<usize, usize>,
    fields: BTreeMap<Field, Vec<usize>>,
    /// What the document itself says about labels.
    labels: BTreeMap<String, Resolved>,
    notes: BTreeMap<String, Resolved>,
    uses: Vec<Use>,
    complete: bool,
}

impl Registry {
    /// The registry of a finished report, whose markdown has been read as `document`.
    pub fn new(report: &Report, document: &Document) -> Self {
        let mut registry = Self { citations: report.citations.clone(), ..Self::default() };
        report.sources.iter().cloned().for_each(|source| registry.add(source));
        registry.complete = true;
        registry.read_fields(report.structured.as_ref().unwrap_or(&serde_json::Value::Null));
        registry.read_definitions(document);
        let found = uses::markers(document.frozen());
        registry.ties = uses::tie(&registry.citations, &found);
        registry.uses = found.into_iter().map(|place| place.resolve(&registry)).collect();
        registry
    }

    /// Adds a source. One that has the id of an earlier one takes its place.
    pub fn add(&mut self, source: Source) {
        let id = source.id;
        if let Some(url) = &source.url {
            self.pages.entry(url::page(url)).or_insert(id);
        }
        for name in [Some(&source.title), source.document.as_ref()].into_iter().flatten() {
            self.names.entry(name.trim().to_lowercase()).or_insert(id);
        }
        self.sources.insert(id, source);
    }

    /// The sources, ordered by id.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.values()
    }

    /// The source with an id.
    pub fn source(&self, id: u32) -> Option<&Source> {
        self.sources.get(&id)
    }

    /// The source whose page an address leads to, for links that stand in the text.
    pub fn source_at(&self, address: &Address) -> Option<&Source> {
        self.pages.get(&url::page(address.as_str())).and_then(|id| self.source(*id))
    }

    /// The report's own citation for a marker: it carries the evidence of this very place.
    pub fn citation(&self, marker: &Marker) -> Option<&Citation> {
        self.citation_at(marker.span.start)
    }

    /// The report's own citation for the marker that begins at a byte of the markdown.
    pub fn citation_at(&self, start: usize) -> Option<&Citation> {
        self.ties.get(&start).and_then(|index| self.citations.get(*index))
    }

    /// What the marker refers to, in order and without repetition. Never empty.
    pub fn resolve(&self, marker: &Marker) -> Vec<Resolved> {
        let cited = self.citation(marker).map_or(&[][..], |citation| &citation.sources);
        let mut resolved: Vec<Resolved> = if cited.is_empty() {
            marker.targets.iter().map(|target| self.target(target, marker.form)).collect()
        } else {
            cited.iter().map(|id| self.number(*id)).collect()
        };
        if resolved.is_empty() {
            resolved.push(self.nothing());
        }
        let year = |target: &Target| matches!(target, Target::Number(1000..));
        let found =
            |resolved: &Resolved| !matches!(resolved, Resolved::Missing | Resolved::Pending);
        if marker.form == Form::Brackets
            && marker.targets.iter().all(year)
            && !resolved.iter().any(found)
        {
            return vec![Resolved::Literal];
        }
        let mut seen = Vec::with_capacity(resolved.len());
        resolved.retain(|one| {
            let new = !seen.contains(one);
            seen.push(one.clone());
            new
        });
        resolved
    }

    /// Every place of the report that refers to something, in reading order.
    pub fn uses(&self) -> &[Use] {
        &self.uses
    }

    /// The places that refer to a source, in reading order: the way back from the list of sources.
    pub fn uses_of(&self, source: u32) -> impl Iterator<Item = &Use> {
        self.uses.iter().filter(move |place| place.resolved.contains(&Resolved::Source(source)))
    }

    /// The place of a marker.
    pub fn use_of(&self, marker: &Marker) -> Option<&Use> {
        self.use_at(marker.span.start)
    }

    /// The place of the marker that begins at a byte of the markdown.
    pub fn use_at(&self, start: usize) -> Option<&Use> {
        let index = self.uses.binary_search_by_key(&start, |place| place.span.start).ok()?;
        self.uses.get(index)
    }

    /// The places that refer to nothing that could be found.
    pub fn unresolved(&self) -> impl Iterator<Item = &Use> {
        self.uses.iter().filter(|place| place.resolved.contains(&Resolved::Missing))
    }

    /// The citations that carry a field of the structured value.
    pub fn for_field(&self, field: &Field) -> impl Iterator<Item = &Citation> {
        self.fields.get(field).into_iter().flatten().filter_map(|index| self.citations.get(*index))
    }

    /// The fields of the structured value that carry citations.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.keys()
    }

    fn read_fields(&mut self, value: &serde_json::Value) {
        for (index, citation) in self.citations.iter().enumerate() {
            if let Some(field) = &citation.field {
                self.fields.entry(Field::locate(field, value)).or_default().push(index);
            }
        }
    }

    fn read_definitions(&mut self, document: &Document) {
        let page = |registry: &Self, target: &Target| registry.target(target, Form::CitationLink);
        for (label, definition) in document.definitions() {
            let target =
                Target::Page { url: definition.href.clone(), title: definition.title.clone() };
            self.labels.insert(label.to_owned(), page(self, &target));
        }
        for (label, target) in uses::notes(document.frozen()) {
            let resolved = match &target {
                Some(target) => page(self, target),
                None => self.noted(&label),
            };
            self.notes.entry(label).or_insert(resolved);
        }
    }

    /// What a footnote without an address means: the source of the same number, if there is one.
    fn noted(&self, label: &str) -> Resolved {
        let id = label.parse().ok().filter(|id| self.sources.contains_key(id));
        id.map_or_else(|| Resolved::Note(label.to_owned()), Resolved::Source)
    }

    fn target(&self, target: &Target, form: Form) -> Resolved {
        let label = match target {
            Target::Number(number) => number.to_string(),
            Target::Name(name) => name.clone(),
            Target::Page { url, title } => return self.page(url, title),
        };
        let said = match form {
            Form::Footnote => self.notes.get(&label),
            Form::Brackets => self.labels.get(&label),
            _ => None,
        };
        match (said, target) {
            (Some(resolved), _) => resolved.clone(),
            (None, Target::Number(number)) => self.number(*number),
            (None, _) => self
                .names
                .get(&label.to_lowercase())
                .map_or_else(|| self.nothing(), |id| Resolved::Source(*id)),
        }
    }

    fn page(&self, url: &Address, title: &str) -> Resolved {
        let source = self.pages.get(&url::page(url.as_str()));
        source.map_or_else(
            || Resolved::Page { url: url.clone(), title: title.to_owned() },
            |id| Resolved::Source(*id),
        )
    }

    fn number(&self, id: u32) -> Resolved {
        if self.sources.contains_key(&id) { Resolved::Source(id) } else { self.nothing() }
    }

    const fn nothing(&self) -> Resolved {
        if self.complete { Resolved::Missing } else { Resolved::Pending }
    }
}
