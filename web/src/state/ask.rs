//! What is being asked, while it is typed.

use fathom_core::{Effort, ErrorKind, Task, providers::local};
use serde_json::Value;

use super::columns;

/// From how many characters on the length of a question is worth a word.
const LONG: usize = local::wire::QUESTION_MAX * 9 / 10;

/// A question as it stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The question.
    pub question: String,
    /// How much work it is worth.
    pub effort: Effort,
    /// Globs, one a line or divided by commas.
    pub include: String,
    /// What the answer is to look like.
    pub shape: Shape,
    /// The columns of a table, divided by commas.
    pub columns: String,
    /// A JSON Schema.
    pub schema: String,
    /// The run that this continues.
    pub follow_up_of: Option<String>,
}

/// What an answer can look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Text alone.
    #[default]
    Report,
    /// Text, and a table with the columns of [`Draft::columns`].
    Table,
    /// Text, and a value of the shape of [`Draft::schema`].
    Fields,
}

impl Shape {
    /// Every shape, simplest first.
    pub const ALL: [Self; 3] = [Self::Report, Self::Table, Self::Fields];

    /// The word for it in a form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Table => "table",
            Self::Fields => "fields",
        }
    }

    /// The shape of that word.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.as_str() == name)
    }
}

/// Something about a draft that its writer should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it is.
    pub field: Field,
    /// What it is, and what to do.
    pub message: String,
}

/// The fields of a [`Draft`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// [`Draft::question`].
    Question,
    /// [`Draft::include`].
    Include,
    /// [`Draft::columns`].
    Columns,
    /// [`Draft::schema`].
    Schema,
}

impl Field {
    /// The name of the field in the page, and where there is one in the task.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Include => "include",
            Self::Columns => "columns",
            Self::Schema => "output_schema",
        }
    }
}

impl Draft {
    /// The task that the draft describes.
    ///
    /// # Errors
    /// Everything that stands in the way, field by field.
    pub fn task(&self) -> Result<Task, Vec<Problem>> {
        let mut problems = Vec::new();
        if let Err(error) = local::check_question(&self.question) {
            problems.push(Problem::new(Field::Question, error.message()));
        }
        let include = self.globs();
        problems.extend(include.iter().filter_map(|glob| glob_problem(glob)));
        let output_schema = self.output_schema().unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });
        if !problems.is_empty() {
            return Err(problems);
        }
        let (question, effort) = (self.question.trim().to_owned(), self.effort);
        Ok(Task {
            question,
            effort,
            output_schema,
            include,
            follow_up_of: self.follow_up_of.clone(),
            ..Task::default()
        })
    }

    /// What is worth saying before it is sent: an empty field is not, it is still to be written.
    pub fn warnings(&self) -> Vec<Problem> {
        let mut problems = self.task().err().unwrap_or_default();
        problems.retain(|problem| !self.is_empty(problem.field));
        let length = self.question.trim().chars().count();
        if (LONG..=local::wire::QUESTION_MAX).contains(&length) {
            let left = super::format::number((local::wire::QUESTION_MAX - length) as u64);
            let message = [&left, " characters are left for the question."].concat();
            problems.push(Problem { field: Field::Question, message });
        }
        problems
    }

    fn is_empty(&self, field: Field) -> bool {
        let text = match field {
            Field::Question => &self.question,
            Field::Include => &self.include,
            Field::Columns => &self.columns,
            Field::Schema => &self.schema,
        };
        text.trim().is_empty()
    }

    /// The globs, one by one.
    pub fn globs(&self) -> Vec<String> {
        let globs = self.include.split(['\n', ',']).map(str::trim);
        globs.filter(|glob| !glob.is_empty()).map(str::to_owned).collect()
    }

    fn output_schema(&self) -> Result<Option<Value>, Problem> {
        match self.shape {
            Shape::Report => Ok(None),
            Shape::Table => columns::schema(&self.columns).map(Some).ok_or_else(|| {
                Problem::new(Field::Columns, "Name at least one column of the table.")
            }),
            Shape::Fields => self.own_schema().map(Some),
        }
    }

    fn own_schema(&self) -> Result<Value, Problem> {
        let problem = |message: &str| Problem::new(Field::Schema, message);
        let schema: Value = serde_json::from_str(&self.schema).map_err(|error| {
            let (line, column) = (error.line().to_string(), error.column().to_string());
            problem(
                &["The schema is not JSON yet: look at line ", &line, ", column ", &column, "."]
                    .concat(),
            )
        })?;
        if !schema.is_object() {
            return Err(problem(
                "The schema must be a JSON object, for example {\"type\": \"object\"}.",
            ));
        }
        match refs(&schema) {
            None => Ok(schema),
            Some(stranger) => Err(problem(
                &[
                    "The schema refers to ",
                    &stranger,
                    ", which lies outside of it. Copy that part into it.",
                ]
                .concat(),
            )),
        }
    }
}

impl Problem {
    fn new(field: Field, message: &str) -> Self {
        Self { field, message: message.to_owned() }
    }
}

/// Reads what a server found wrong with a task as a problem of the form.
impl From<&fathom_core::Error> for Problem {
    fn from(error: &fathom_core::Error) -> Self {
        let field = match (error.kind(), error.field()) {
            (ErrorKind::InvalidTask, Some("output_schema")) => Field::Schema,
            (ErrorKind::InvalidTask, Some("include")) => Field::Include,
            _ => Field::Question,
        };
        Self::new(field, error.message())
    }
}

/// How many lines a field needs for `text`, where the browser does not know by itself.
pub fn rows(text: &str) -> usize {
    const LINE: usize = 60;
    let lines = text.split('\n').map(|line| line.chars().count() / LINE + 1).sum::<usize>();
    lines.clamp(2, 12)
}

fn glob_problem(glob: &str) -> Option<Problem> {
    let strange = glob.contains('\\') || glob.chars().any(char::is_control);
    strange.then(|| {
        Problem::new(
            Field::Include,
            &["Write the path ", glob, " with / between its parts."].concat(),
        )
    })
}

/// The first reference that leads out of the schema. The stack is ours, so depth costs nothing.
fn refs(schema: &Value) -> Option<String> {
    let mut left = vec![schema];
    while let Some(value) = left.pop() {
        match value {
            Value::Array(values) => left.extend(values),
            Value::Object(fields) => {
                let reference = fields.get("$ref").and_then(Value::as_str);
                if let Some(stranger) = reference.filter(|target| !target.starts_with('#')) {
                    return Some(stranger.chars().take(80).collect());
                }
                left.extend(fields.values());
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(question: &str, include: &str, schema: &str) -> Draft {
        let [question, include, schema] = [question, include, schema].map(str::to_owned);
        let shape = if schema.is_empty() { Shape::Report } else { Shape::Fields };
        Draft { question, include, schema, shape, ..Draft::default() }
    }

    #[test]
    fn a_draft_becomes_a_task() {
        let task = draft(" Why? ", "a/**, b.md\n\n c ", r#"{"type":"object"}"#).task().unwrap();
        assert_eq!(task.question, "Why?");
        assert_eq!(task.include, ["a/**", "b.md", "c"]);
        assert!(task.output_schema.is_some());
        assert_eq!(draft("Why?", "", "").task().unwrap().output_schema, None);
    }

    #[test]
    fn each_problem_names_its_field() {
        let cases = [
            (draft("", "", ""), Field::Question),
            (draft(&"x".repeat(20_001), "", ""), Field::Question),
            (draft("Why?", "a\\b", ""), Field::Include),
            (draft("Why?", "", "{"), Field::Schema),
            (draft("Why?", "", "[]"), Field::Schema),
            (draft("Why?", "", " "), Field::Schema),
            (Draft { shape: Shape::Table, ..draft("Why?", "", "") }, Field::Columns),
            (draft("Why?", "", r#"{"items":{"$ref":"https://example.org/s"}}"#), Field::Schema),
        ];
        for (draft, field) in cases {
            let problems = draft.task().unwrap_err();
            assert_eq!(problems.iter().map(|problem| problem.field).collect::<Vec<_>>(), [field]);
        }
        assert_eq!(draft("", "\\", "nope").task().unwrap_err().len(), 3);
        assert!(draft("Why?", "", r##"{"$ref":"#/$defs/a"}"##).task().is_ok());
    }

    #[test]
    fn columns_become_the_schema_of_a_table() {
        let columns = "country, population (number)".to_owned();
        let task = Draft { shape: Shape::Table, columns, ..draft("Why?", "", "") }.task().unwrap();
        assert!(task.output_schema.is_some_and(|schema| schema.get("properties").is_some()));
    }

    #[test]
    fn a_field_grows_with_its_text_up_to_a_limit() {
        assert_eq!(rows(""), 2);
        assert_eq!(rows(&"x".repeat(200)), 4);
        assert_eq!(rows(&"\n".repeat(100)), 12);
    }

    #[test]
    fn an_empty_form_is_not_scolded_and_a_full_one_is_warned() {
        assert_eq!(Draft::default().warnings(), []);
        assert_eq!(draft("Why?", "", "").warnings(), []);
        let warnings = draft(&"x".repeat(19_000), "", "").warnings();
        assert_eq!(warnings[0].message, "1,000 characters are left for the question.");
    }
}
