//! What is being asked, while it is typed.

use fathom_core::{Budget, Effort, Error, Info, Provider, Task, provider::Key, providers::local};
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
    /// The providers that are asked, by id; nobody named means the library.
    pub providers: Vec<String>,
    /// The one provider's own word for the effort; empty where our three words do.
    pub level: String,
    /// What is not to be searched, one a line or divided by commas.
    pub exclude: String,
    /// What to know beside the question.
    pub guidance: String,
    /// The most that a run may cost, in US dollars.
    pub budget: String,
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
    is_soft: bool,
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
    /// [`Draft::level`].
    Level,
    /// [`Draft::exclude`].
    Exclude,
    /// [`Draft::guidance`].
    Guidance,
    /// [`Draft::budget`].
    Budget,
}

impl Field {
    /// The name of the field in the page, and where there is one in the task.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Include => "include",
            Self::Columns => "columns",
            Self::Schema => "output_schema",
            Self::Level => "level",
            Self::Exclude => "exclude",
            Self::Guidance => "guidance",
            Self::Budget => "budget",
        }
    }

    /// The field that an error of a provider names; the question where it names none of ours.
    pub fn of_error(error: &Error) -> Self {
        let name = error.field().unwrap_or_default().split(['.', '[']).next().unwrap_or_default();
        let named = |field: &Self| field.as_str() == name;
        Self::OF_TASK.into_iter().find(named).unwrap_or(Self::Question)
    }

    /// Those that a task has too.
    const OF_TASK: [Self; 7] = [
        Self::Question,
        Self::Include,
        Self::Schema,
        Self::Level,
        Self::Exclude,
        Self::Guidance,
        Self::Budget,
    ];
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
        let (include, exclude) = (entries(&self.include), entries(&self.exclude));
        problems.extend(include.iter().filter_map(|glob| glob_problem(Field::Include, glob)));
        problems.extend(exclude.iter().filter_map(|glob| glob_problem(Field::Exclude, glob)));
        let budget = self.budget().unwrap_or_else(|problem| {
            problems.push(problem);
            Budget::default()
        });
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
            level: filled(&self.level),
            exclude,
            guidance: filled(&self.guidance),
            budget,
            ..Task::default()
        })
    }

    /// Those who are asked, by id.
    pub fn asked(&self) -> Vec<String> {
        match self.providers.is_empty() {
            true => vec![local::Local.info().id.clone().into_owned()],
            false => self.providers.clone(),
        }
    }

    /// Keeps those that can be asked here, and says whether that changed anything. When nobody is
    /// left, the first of whom no key is missing is asked, else the first.
    pub fn keep_offered(&mut self, offered: &[Info]) -> bool {
        let mut asked = self.asked();
        let before = asked.len();
        asked.retain(|id| offered.iter().any(|info| info.id == *id));
        if asked.is_empty() {
            let ready = offered.iter().find(|info| info.key != Key::Missing);
            asked.extend(ready.or(offered.first()).map(|info| info.id.clone().into_owned()));
        } else if asked.len() == before {
            return false;
        }
        self.providers = asked;
        !self.providers.is_empty()
    }

    /// Asks somebody too, or no longer; somebody is always asked.
    pub fn toggle(&mut self, provider: &str) {
        let mut asked = self.asked();
        match asked.iter().position(|id| id == provider) {
            Some(at) if asked.len() > 1 => _ = asked.remove(at),
            Some(_) => {}
            None => asked.push(provider.to_owned()),
        }
        self.providers = asked;
        self.level.clear();
    }

    /// What is worth saying before it is sent: an empty field is not, it is still to be written.
    pub fn warnings(&self) -> Vec<Problem> {
        let mut problems = self.task().err().unwrap_or_default();
        problems.retain(|problem| !self.is_empty(problem.field));
        let length = self.question.trim().chars().count();
        if (LONG..=local::wire::QUESTION_MAX).contains(&length) {
            let left = super::format::number((local::wire::QUESTION_MAX - length) as u64);
            let message = [&left, " characters are left for the question."].concat();
            problems.push(Problem { field: Field::Question, message, is_soft: true });
        }
        problems
    }

    fn is_empty(&self, field: Field) -> bool {
        let text = match field {
            Field::Question => &self.question,
            Field::Include => &self.include,
            Field::Columns => &self.columns,
            Field::Schema => &self.schema,
            Field::Level => &self.level,
            Field::Exclude => &self.exclude,
            Field::Guidance => &self.guidance,
            Field::Budget => &self.budget,
        };
        text.trim().is_empty()
    }

    fn budget(&self) -> Result<Budget, Problem> {
        let text = self.budget.trim().trim_start_matches('$').trim();
        if text.is_empty() {
            return Ok(Budget::default());
        }
        match text.parse::<f64>() {
            Ok(usd) if usd.is_finite() && usd > 0.0 => Ok(Budget { usd: Some(usd), seconds: None }),
            _ => Err(Problem::new(
                Field::Budget,
                "Write the most it may cost in US dollars, for example 5.",
            )),
        }
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
        Self { field, message: message.to_owned(), is_soft: false }
    }

    /// Whether it is only worth knowing, and stands in nobody's way.
    pub const fn is_soft(&self) -> bool {
        self.is_soft
    }
}

/// Reads what a provider would refuse as a problem of the form.
impl From<&Error> for Problem {
    fn from(error: &Error) -> Self {
        Self::new(Field::of_error(error), error.message())
    }
}

/// What stands between commas and line breaks, one by one.
fn entries(text: &str) -> Vec<String> {
    let entries = text.split(['\n', ',']).map(str::trim);
    entries.filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
}

fn filled(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// How many lines a field needs for `text`, where the browser does not know by itself.
pub fn rows(text: &str) -> usize {
    const LINE: usize = 60;
    let lines = text.split('\n').map(|line| line.chars().count() / LINE + 1).sum::<usize>();
    lines.clamp(2, 12)
}

fn glob_problem(field: Field, glob: &str) -> Option<Problem> {
    let strange = glob.contains('\\') || glob.chars().any(char::is_control);
    strange.then(|| {
        Problem::new(field, &["Write the path ", glob, " with / between its parts."].concat())
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
    fn somebody_is_always_asked() {
        let mut draft = Draft::default();
        assert_eq!(draft.asked(), ["local"]);
        assert!(!draft.keep_offered(std::slice::from_ref(local::Local.info())));
        draft.toggle("local");
        assert_eq!(draft.asked(), ["local"]);
        draft.toggle("elsewhere");
        draft.toggle("local");
        assert_eq!(draft.asked(), ["elsewhere"]);
    }

    #[test]
    fn who_cannot_be_asked_here_is_replaced_by_somebody_who_can() {
        let offer =
            |id: &'static str, key| Info { id: id.into(), key, ..local::Local.info().clone() };
        let offered =
            [offer("a", Key::Missing), offer("b", Key::Present), offer("c", Key::Present)];
        let mut draft = Draft::default();
        assert!(draft.keep_offered(&offered));
        assert_eq!(draft.asked(), ["b"]);
        assert!(!draft.keep_offered(&offered));
        assert!(draft.keep_offered(&offered[..1]));
        assert_eq!(draft.asked(), ["a"]);
        assert!(!Draft::default().keep_offered(&[]));
    }

    #[test]
    fn a_budget_is_a_sum_of_money_or_a_problem() {
        let budget = |text: &str| Draft { budget: text.to_owned(), ..draft("Why?", "", "") }.task();
        assert_eq!(budget(" $ 2.5 ").unwrap().budget.usd, Some(2.5));
        assert_eq!(budget("").unwrap().budget, Budget::default());
        for nonsense in ["much", "-1", "0", "inf", "1e999"] {
            let problems = budget(nonsense).unwrap_err();
            assert_eq!(problems.first().map(|problem| problem.field), Some(Field::Budget));
        }
    }

    #[test]
    fn what_a_provider_refuses_is_said_at_its_field() {
        let at = |field: &'static str| {
            let error = Error::new(fathom_core::ErrorKind::InvalidTask, "No.").with_field(field);
            Problem::from(&error).field
        };
        assert_eq!(at("output_schema.properties"), Field::Schema);
        assert_eq!(at("budget.usd"), Field::Budget);
        assert_eq!(at("options.files[0]"), Field::Question);
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
