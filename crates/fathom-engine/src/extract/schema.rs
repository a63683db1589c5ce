//! Walking a schema and filling what the library supports; everything else stays null.

use std::collections::BTreeSet;

use fathom_core::{Citation, Evidence, Warning, WarningKind};
use serde_json::{Map, Value as Json};

use super::{
    field::{FieldSpec, Shape},
    kind::{allows_null, json, kind, shape},
    lookup::{Found, lookup},
    schema_check::resolve,
};
use crate::{
    document::{OpenDocument, Quote},
    index::IndexError,
    plan::Entity,
    session::Session,
    text::sentence::trim,
};

/// A filled schema. Citations carry no source numbers yet; their evidence says which documents they mean.
#[derive(Debug, Default)]
pub(crate) struct Filled {
    pub value: Json,
    pub citations: Vec<(Citation, Vec<Quote>)>,
    pub warnings: Vec<Warning>,
    /// The paths of fields that are left out, not null, where they have no value.
    pub optional: BTreeSet<String>,
}

/// A row that the person who asks has begun: what it is about, and the fields that are known.
pub(crate) struct Row<'a> {
    pub entity: Option<Entity>,
    pub given: &'a Map<String, Json>,
}

/// Fills `schema` about the rows, where there are any, else about the entities of the question.
pub(crate) fn fill(
    schema: &Json,
    entities: &[Entity],
    rows: &[Row<'_>],
    session: &Session<'_>,
) -> Result<Filled, IndexError> {
    let mut filler = Filler { root: schema, entities, rows, session, filled: Filled::default() };
    let one = match entities {
        [entity] => Some(entity),
        _ => None,
    };
    let begun = match rows {
        [row] if !lists_objects(schema) => Some(row),
        _ => None,
    };
    let value = filler.node(
        schema,
        "",
        Field {
            name: String::new(),
            around: String::new(),
            entity: begun.and_then(|row| row.entity.as_ref()).or(one),
            given: begun.map(|row| row.given),
            nameless: begun.is_some_and(|row| row.entity.is_none()),
            own: true,
            required: true,
            depth: 0,
        },
    )?;
    filler.filled.value = value;
    filler.validate();
    Ok(filler.filled)
}

struct Filler<'a, 'l> {
    root: &'a Json,
    entities: &'a [Entity],
    rows: &'a [Row<'a>],
    session: &'a Session<'l>,
    filled: Filled,
}

/// Where in the result the walk stands.
#[derive(Clone)]
struct Field<'a> {
    name: String,
    /// The name of the object around it, unless that is an entity's.
    around: String,
    entity: Option<&'a Entity>,
    /// What the person who asks knows already of the object that is being filled.
    given: Option<&'a Map<String, Json>>,
    /// The object is about something that nobody can name, so nothing may be found for it.
    nameless: bool,
    /// The object around it is the entity itself, not something that the entity has.
    own: bool,
    required: bool,
    depth: usize,
}

/// An entity, and what is known of it.
type About<'a> = (Option<&'a Entity>, Option<&'a Map<String, Json>>);

/// Whether one of the root's properties is a list of objects.
fn lists_objects(schema: &Json) -> bool {
    let properties = schema.get("properties").and_then(Json::as_object);
    properties.into_iter().flat_map(Map::values).any(|property| {
        let items = property.get("items");
        items.is_some_and(|items| items.get("properties").is_some() || items.get("$ref").is_some())
    })
}

/// A result of more levels than this would be a schema that unfolds without end.
const DEEPEST: usize = 32;
/// Names of objects that are the entity asked about.
const ITSELF: [&str; 16] = [
    "entity",
    "subject",
    "item",
    "record",
    "result",
    "answer",
    "output",
    "data",
    "info",
    "details",
    "profile",
    "country",
    "company",
    "organization",
    "person",
    "product",
];
/// A list value gives at most this many items.
const MOST_ITEMS: usize = 40;

impl<'a> Filler<'a, '_> {
    fn node(&mut self, schema: &'a Json, path: &str, field: Field<'a>) -> Result<Json, IndexError> {
        let schema = self.unfold(schema);
        if field.depth > DEEPEST {
            return Ok(Json::Null);
        }
        if let Some(fixed) = schema.get("const") {
            return Ok(fixed.clone());
        }
        match kind(schema) {
            "object" => self.object(schema, path, &field),
            "array" => self.array(schema, path, &field),
            kind => self.leaf(schema, kind, path, &field),
        }
    }

    /// Follows references, and of several alternatives takes the first that is not null.
    fn unfold(&self, schema: &'a Json) -> &'a Json {
        let mut current = schema;
        for _ in 0..DEEPEST {
            let target = current
                .get("$ref")
                .and_then(Json::as_str)
                .and_then(|target| target.strip_prefix('#'));
            let alternative = ["anyOf", "oneOf", "allOf"].iter().find_map(|key| {
                current.get(key)?.as_array()?.iter().find(|option| kind(option) != "null")
            });
            current = match (target.and_then(|pointer| resolve(self.root, pointer)), alternative) {
                (Some(target), _) => target,
                (None, Some(option)) if current.get("properties").is_none() => option,
                _ => return current,
            };
        }
        current
    }

    fn object(
        &mut self,
        schema: &'a Json,
        path: &str,
        field: &Field<'a>,
    ) -> Result<Json, IndexError> {
        let mut object = Map::new();
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
            .collect();
        for (name, inner) in
            schema.get("properties").and_then(Json::as_object).into_iter().flatten()
        {
            let given = field.given.and_then(|given| given.get(name));
            if let Some(given) = given.filter(|given| !given.is_null()) {
                object.insert(name.clone(), given.clone());
                continue;
            }
            let entity = field.entity.or_else(|| self.named(name));
            let is_required = required.contains(&name.as_str());
            let own = field.own && self.is_itself(field);
            let around =
                if self.named(&field.name).is_some() { String::new() } else { field.name.clone() };
            let place = self::inner(path, name);
            let value = self.node(
                inner,
                &place,
                Field {
                    name: name.clone(),
                    around,
                    entity,
                    given: None,
                    nameless: field.nameless,
                    own,
                    required: is_required,
                    depth: field.depth + 1,
                },
            )?;
            let stays = is_required || allows_null(self.unfold(inner)) || allows_null(inner);
            if !stays {
                self.filled.optional.insert(place);
            }
            if stays || !value.is_null() {
                object.insert(name.clone(), value);
            }
        }
        Ok(Json::Object(object))
    }

    /// The entity that a property is named after: `norway` in `{"norway": {...}}`.
    fn named(&self, name: &str) -> Option<&'a Entity> {
        let plain = |text: &str| {
            text.chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect::<String>()
        };
        let wanted = plain(name);
        self.entities.iter().find(|entity| !wanted.is_empty() && plain(&entity.name) == wanted)
    }

    /// Whether the object in this field is what its entity is, by its name: `norway`, `country`, or `trial` about the
    /// Lund sleep trial. Any other name is of something that the entity has: its `capital`, its `president`.
    fn is_itself(&self, field: &Field<'_>) -> bool {
        let name = field.name.to_lowercase();
        name.is_empty()
            || ITSELF.contains(&name.as_str())
            || self.named(&name).is_some()
            || field.entity.is_some_and(|entity| {
                let words = FieldSpec::field(&name, "", Shape::Text).words;
                !words.is_empty() && words.iter().all(|word| entity.terms.contains(&word.term))
            })
    }

    fn array(
        &mut self,
        schema: &'a Json,
        path: &str,
        field: &Field<'a>,
    ) -> Result<Json, IndexError> {
        let Some(items) = schema.get("items") else { return Ok(Json::Array(Vec::new())) };
        if kind(self.unfold(items)) == "object" {
            let mut rows = Vec::new();
            for (entity, given) in self.abouts(field) {
                let inside = Field {
                    name: String::new(),
                    around: String::new(),
                    entity,
                    given,
                    nameless: given.is_some() && entity.is_none(),
                    own: true,
                    required: true,
                    depth: field.depth + 1,
                };
                rows.push(self.node(items, &format!("{path}[{}]", rows.len()), inside)?);
            }
            return Ok(Json::Array(rows));
        }
        self.items(path, field)
    }

    /// What the rows of a list are about: those that were begun, else whatever the question names.
    fn abouts(&self, field: &Field<'a>) -> Vec<About<'a>> {
        if self.rows.is_empty() || field.given.is_some() {
            return self.entities.iter().map(|entity| (Some(entity), None)).collect();
        }
        self.rows.iter().map(|row| (row.entity.as_ref(), Some(row.given))).collect()
    }

    /// The items of a list value, each with the bytes it stands at.
    fn items(&mut self, path: &str, field: &Field<'a>) -> Result<Json, IndexError> {
        let want =
            FieldSpec { prefers_list: true, ..FieldSpec::field(&field.name, "", Shape::List) };
        let found = match field.nameless {
            true => None,
            false => lookup(&want, field.entity, self.session)?,
        };
        let Some(found) = found else {
            self.miss(path, field);
            return Ok(Json::Array(Vec::new()));
        };
        let text = found.page.text(found.quote.clone()).to_owned();
        let mut values = Vec::new();
        let separator = if text.contains(", ") { ", " } else { "; " };
        let mut start = 0;
        for part in text.split(separator).take(MOST_ITEMS) {
            let range = trim(&text, start..start + part.len());
            start += part.len() + separator.len();
            if range.is_empty() {
                continue;
            }
            let place = format!("{path}[{}]", values.len());
            values.push(Json::from(text.get(range.clone()).unwrap_or_default()));
            let quote =
                found.page.quote(&(found.quote.start + range.start..found.quote.start + range.end));
            self.cite(&place, &found, quote);
        }
        Ok(Json::Array(values))
    }

    fn leaf(
        &mut self,
        schema: &'a Json,
        kind: &str,
        path: &str,
        field: &Field<'a>,
    ) -> Result<Json, IndexError> {
        if schema.get("enum").is_none()
            && let Some(name) = self.own_name(kind, path, field)
        {
            return Ok(name);
        }
        if field.nameless {
            self.miss(path, field);
            return Ok(Json::Null);
        }
        let about = ["title", "description"]
            .iter()
            .filter_map(|key| schema.get(key)?.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let shape = shape(schema, kind);
        for name in [format!("{} {}", field.around, field.name), field.name.clone(), about.clone()]
        {
            let want = FieldSpec::field(&name, &about, shape.clone());
            // What an object has is not named by `name` or `total` alone.
            let vague = !field.own && name == field.name && !want.is_telling();
            if want.words.is_empty() || want.words.len() > 12 || vague {
                continue;
            }
            if let Some(found) = lookup(&want, field.entity, self.session)? {
                let value = json(&found.value, kind);
                let quote = found.page.quote(&found.quote);
                self.cite(path, &found, quote);
                return Ok(value);
            }
        }
        self.miss(path, field);
        Ok(Json::Null)
    }

    /// The name of the row's entity, for fields such as `name` or `country`, where its page bears it.
    fn own_name(&mut self, kind: &str, path: &str, field: &Field<'a>) -> Option<Json> {
        let asks = matches!(
            field.name.to_lowercase().as_str(),
            "name" | "country" | "entity" | "title" | "subject" | "president" | "company"
        );
        let entity = field.entity.filter(|_| asks && field.own && kind == "string")?;
        let page = entity.homes.first().and_then(|home| self.session.page(home).ok().flatten())?;
        let quote = name_in(&page, &entity.name)?;
        let name = quote.text().to_owned();
        self.filled.citations.push((
            citation(path, vec![quote.evidence()], Some(fathom_core::Confidence::High)),
            vec![quote],
        ));
        Some(Json::from(name))
    }

    fn cite(&mut self, path: &str, found: &Found, quote: Quote) {
        let mut quotes = vec![quote];
        quotes.extend(found.same.iter().map(|(page, range)| page.quote(range)));
        let evidence = quotes.iter().map(Quote::evidence).collect();
        self.filled.citations.push((citation(path, evidence, Some(found.confidence())), quotes));
        if let Some((page, range)) = &found.rival {
            let message = format!("{path}: another document says {:?}", page.text(range.clone()));
            self.filled.warnings.push(Warning { kind: WarningKind::Disagreement, message });
        }
    }

    fn miss(&mut self, path: &str, field: &Field<'_>) {
        let need = if field.required { "required " } else { "" };
        let message = format!("no source in the library supports the {need}field {path}");
        self.filled.warnings.push(Warning { kind: WarningKind::FieldMissing, message });
    }

    fn validate(&mut self) {
        self.filled.warnings.extend(shortfalls(self.root, &self.filled.value));
    }
}

/// Where a result falls short of its schema; nothing is made up to please it.
pub(super) fn shortfalls(schema: &Json, value: &Json) -> Vec<Warning> {
    let Ok(validator) = jsonschema::validator_for(schema) else { return Vec::new() };
    let errors = validator.iter_errors(value).take(20);
    let told = errors.map(|error| {
        let message = format!(
            "the result does not satisfy the schema at {:?}: {error}",
            error.instance_path().to_string()
        );
        Warning { kind: WarningKind::FieldMissing, message }
    });
    told.collect()
}

/// The path of a field in the object at `path`.
pub(super) fn inner(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn citation(
    path: &str,
    evidence: Vec<Evidence>,
    confidence: Option<fathom_core::Confidence>,
) -> Citation {
    Citation { field: Some(path.to_owned()), evidence, confidence, ..Citation::default() }
}

/// Where a page's text first bears the name.
fn name_in(page: &OpenDocument, name: &str) -> Option<Quote> {
    let start = page.document.text.find(name)?;
    Some(page.quote(&(start..start + name.len())))
}
