//! The self-check of a filled schema: a value stays only while a document says it.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use fathom_core::{Citation, Confidence, StoredDocument, Warning, WarningKind};
use serde_json::Value as Json;

use super::schema::{Filled, inner, shortfalls};
use crate::{
    document::Quote,
    index::IndexError,
    report::holds_in,
    session::{Session, count},
};

/// Compares every quote with its document as the index holds it now, and returns how many were looked at and how many
/// did not stand. A field that has lost all its evidence becomes null, as an item of a list it goes away, and a warning
/// names it.
pub(crate) fn verify(
    filled: &mut Filled,
    schema: &Json,
    session: &Session<'_>,
) -> Result<(u32, u32), IndexError> {
    let fresh = fresh(filled, session)?;
    let mut sums = (0, 0);
    let mut lost = BTreeSet::new();
    let mut kept = Vec::new();
    for (citation, quotes) in std::mem::take(&mut filled.citations) {
        let all = quotes.len();
        let field = citation.field.clone().unwrap_or_default();
        let said = quotes.first().map(|quote| quote.text().to_owned()).unwrap_or_default();
        let (citation, quotes) = standing(citation, quotes, &fresh);
        sums = (sums.0 + all, sums.1 + all - quotes.len());
        if !quotes.is_empty() {
            kept.push((citation, quotes));
            continue;
        }
        let message = format!("no document says {said:?} any more, so the field {field} is empty");
        filled.warnings.push(Warning { kind: WarningKind::FieldMissing, message });
        lost.insert(field);
    }
    filled.citations = kept;
    if !lost.is_empty() {
        empty(filled, &lost);
        let known: Vec<Warning> = shortfalls(schema, &filled.value);
        let new = known.into_iter().filter(|warning| !filled.warnings.contains(warning));
        let new: Vec<Warning> = new.collect();
        filled.warnings.extend(new);
    }
    Ok((count(sums.0), count(sums.1)))
}

type Fresh = HashMap<String, Option<Arc<StoredDocument>>>;

fn fresh(filled: &Filled, session: &Session<'_>) -> Result<Fresh, IndexError> {
    let mut fresh = HashMap::new();
    for quote in filled.citations.iter().flat_map(|(_, quotes)| quotes) {
        let id = &quote.document.document;
        if !fresh.contains_key(id) {
            fresh.insert(id.clone(), session.reread(id)?);
        }
    }
    Ok(fresh)
}

/// A citation with those of its quotes that stand.
fn standing(citation: Citation, quotes: Vec<Quote>, fresh: &Fresh) -> (Citation, Vec<Quote>) {
    let all = quotes.len();
    let stands = |quote: &Quote| {
        holds_in(quote, fresh.get(&quote.document.document).and_then(Option::as_deref))
    };
    let quotes: Vec<Quote> = quotes.into_iter().filter(stands).collect();
    let confidence = match citation.confidence {
        // What other documents no longer say is not as sure as it was.
        Some(Confidence::High) if quotes.len() < all => Some(Confidence::Medium),
        confidence => confidence,
    };
    let evidence = quotes.iter().map(Quote::evidence).collect();
    (Citation { evidence, confidence, ..citation }, quotes)
}

/// Takes the fields out of the value. Items of a list move up, and their citations with them.
fn empty(filled: &mut Filled, lost: &BTreeSet<String>) {
    let mut moved = BTreeMap::new();
    let mut value = std::mem::take(&mut filled.value);
    if !lost.contains("") {
        take_out(&mut value, "", (lost, &filled.optional), &mut moved);
        filled.value = value;
    }
    for (citation, _) in &mut filled.citations {
        if let Some(place) = citation.field.as_ref().and_then(|field| moved.get(field)) {
            citation.field = Some(place.clone());
        }
    }
}

fn take_out(
    value: &mut Json,
    path: &str,
    (lost, optional): (&BTreeSet<String>, &BTreeSet<String>),
    moved: &mut BTreeMap<String, String>,
) {
    match value {
        Json::Object(fields) => fields.retain(|name, value| {
            let place = inner(path, name);
            let is_lost = lost.contains(&place);
            if is_lost {
                *value = Json::Null;
            } else {
                take_out(value, &place, (lost, optional), moved);
            }
            !(is_lost && optional.contains(&place))
        }),
        Json::Array(items) => {
            for (at, mut item) in std::mem::take(items).into_iter().enumerate() {
                let place = format!("{path}[{at}]");
                if !lost.contains(&place) {
                    take_out(&mut item, &place, (lost, optional), moved);
                    moved.insert(place, format!("{path}[{}]", items.len()));
                    items.push(item);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use fathom_core::{Confidence, StoredDocument};
    use serde_json::{Value, json};

    use super::{Arc, Filled, Session, WarningKind, verify};
    use crate::{
        extract::fill,
        index::{Hit, Index, IndexError, MemoryIndex, Query, Size},
        observer::Silent,
        plan::named,
        testing::document,
    };

    /// A library whose documents change while a run reads them.
    struct Changing {
        before: MemoryIndex,
        after: Vec<StoredDocument>,
        changed: Cell<bool>,
    }

    impl Index for Changing {
        fn search(&self, query: &Query, limit: usize) -> Result<Vec<Hit>, IndexError> {
            self.before.search(query, limit)
        }

        fn document(&self, id: &str) -> Result<Option<Arc<StoredDocument>>, IndexError> {
            let path = id.split('@').next().unwrap_or_default();
            if self.changed.get() {
                let after = self.after.iter().find(|document| document.path == path);
                return Ok(after.cloned().map(Arc::new));
            }
            self.before.document(id)
        }

        fn document_frequency(&self, term: &str) -> Result<u64, IndexError> {
            self.before.document_frequency(term)
        }

        fn terms(&self, prefix: &str, limit: usize) -> Result<Vec<String>, IndexError> {
            self.before.terms(prefix, limit)
        }

        fn size(&self) -> Result<Size, IndexError> {
            self.before.size()
        }
    }

    const BEFORE: &str = "# Norway\n## People\nPopulation: 5,207,689\nLanguages: Bokmal, Nynorsk, Sami\n## Economy\nCurrency: krone";

    fn norway(text: &str) -> StoredDocument {
        document("no.md", "Norway", text)
    }

    /// What stays of a filled schema when the documents have become these.
    fn after(schema: &Value, after: Vec<StoredDocument>) -> (Filled, (u32, u32)) {
        let other = document("money.md", "Money", "# Norway\nCurrency: krone");
        let before: MemoryIndex = [norway(BEFORE), other].into_iter().collect();
        let index = Changing { before, after, changed: Cell::new(false) };
        let mut observer = Silent;
        let session = Session::open(&index, &[], &mut observer).unwrap();
        let entity = named("Norway", &session).unwrap();
        let mut filled = fill(schema, &[entity], &[], &session).unwrap();
        index.changed.set(true);
        let sums = verify(&mut filled, schema, &session).unwrap();
        (filled, sums)
    }

    fn schema() -> Value {
        json!({ "type": "object", "required": ["population"], "properties": {
            "population": { "type": "integer" },
            "currency": { "type": "string" },
            "languages": { "type": "array", "items": { "type": "string" } },
        } })
    }

    fn fields(filled: &Filled) -> Vec<(&str, &str)> {
        let cited = filled.citations.iter().map(|(citation, _)| {
            (citation.field.as_deref().unwrap(), citation.evidence[0].quote.as_str())
        });
        cited.collect()
    }

    #[test]
    fn what_stands_stays_as_it_is() {
        let (filled, (checked, dropped)) = after(&schema(), vec![norway(BEFORE)]);
        assert_eq!(
            filled.value,
            json!({ "population": 5_207_689, "currency": "krone", "languages": ["Bokmal", "Nynorsk", "Sami"] })
        );
        assert_eq!((checked, dropped), (5, 0));
        assert!(filled.warnings.is_empty(), "{:?}", filled.warnings);
    }

    #[test]
    fn a_field_that_lost_its_evidence_is_null_and_named() {
        let changed = BEFORE.replace("5,207,689", "5,207,690");
        let (filled, sums) = after(&schema(), vec![norway(&changed)]);
        assert_eq!(
            filled.value,
            json!({ "population": null, "currency": "krone", "languages": ["Bokmal", "Nynorsk", "Sami"] })
        );
        assert_eq!(sums, (5, 1));
        assert!(fields(&filled).iter().all(|(field, _)| *field != "population"));
        let said: Vec<&str> =
            filled.warnings.iter().map(|warning| warning.message.as_str()).collect();
        assert!(filled.warnings.iter().all(|warning| warning.kind == WarningKind::FieldMissing));
        assert!(said[0].contains("5,207,689") && said[0].contains("population"), "{said:?}");
        assert!(said[1].contains("does not satisfy the schema"), "{said:?}");
    }

    #[test]
    fn items_of_a_list_move_up_with_their_citations() {
        let changed = BEFORE.replace("Nynorsk", "Nynorks");
        let (filled, sums) = after(&schema(), vec![norway(&changed)]);
        assert_eq!(filled.value["languages"], json!(["Bokmal", "Sami"]));
        assert_eq!(sums, (5, 1));
        let mut items = fields(&filled);
        items.retain(|(field, _)| field.starts_with("languages"));
        assert_eq!(items, [("languages[0]", "Bokmal"), ("languages[1]", "Sami")]);
    }

    #[test]
    fn where_every_document_is_gone_nothing_is_left() {
        let (filled, (checked, dropped)) = after(&schema(), Vec::new());
        assert_eq!(filled.value, json!({ "population": null, "languages": [] }));
        assert_eq!(checked, dropped);
        assert!(filled.citations.is_empty());
        let named =
            |field: &str| filled.warnings.iter().any(|warning| warning.message.contains(field));
        assert!(named("currency") && named("population") && named("languages[2]"));
    }

    #[test]
    fn one_of_several_documents_is_enough_and_less_sure() {
        let text = |name: &str| document(name, "Norway", "# Norway\nCurrency: krone");
        let before: MemoryIndex = [text("a.md"), text("b.md")].into_iter().collect();
        let index = Changing { before, after: vec![text("b.md")], changed: Cell::new(false) };
        let mut observer = Silent;
        let session = Session::open(&index, &[], &mut observer).unwrap();
        let entity = named("Norway", &session).unwrap();
        let schema = json!({ "properties": { "currency": { "type": "string" } } });
        let mut filled = fill(&schema, &[entity], &[], &session).unwrap();
        assert_eq!(filled.citations[0].0.evidence.len(), 2);
        index.changed.set(true);
        assert_eq!(verify(&mut filled, &schema, &session).unwrap(), (2, 1));
        let (citation, quotes) = &filled.citations[0];
        assert_eq!((citation.evidence.len(), quotes.len()), (1, 1));
        assert_eq!(citation.confidence, Some(Confidence::Medium));
        assert_eq!(filled.value, json!({ "currency": "krone" }));
    }
}
