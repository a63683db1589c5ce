//! The steps of a run, one after the other.

use fathom_core::{Event, Report, Task, Warning, WarningKind, event};
use serde_json::Value;

use super::{Earlier, compare, gather, profile, ranking, topic};
use crate::{
    fill,
    index::IndexError,
    plan::{Plan, Standing, Superlative, name_of, named},
    read::{Library, count},
    write::{Block, Markdown, Section},
};

/// What a run has found before it is written down.
#[derive(Default)]
pub(super) struct Outcome {
    pub sections: Vec<Section>,
    pub gaps: Vec<(String, Vec<String>)>,
    pub kept: usize,
    pub merged: usize,
}

pub(super) fn run(
    task: &Task,
    earlier: Option<&Earlier>,
    library: &Library<'_>,
) -> Result<Report, IndexError> {
    let rows = rows(&task.rows, library)?;
    let mut plan = Plan::make(&task.question, task.effort, earlier, library)?;
    plan.add(rows.iter().filter_map(|row| row.entity.clone()));
    plan.leave_out(&names(&task.known));
    let form = Form::of(&plan);
    match form {
        Form::Compare if !plan.asks() => plan.facets = profile::shared_facets(&plan, library)?,
        Form::Profile => plan.facets = profile::top_facets(&plan, library)?,
        _ => {}
    }
    tell_plan(&plan, library);
    let mut outcome = look(form, &plan, &task.include, library)?;
    let filled = match &task.output_schema {
        Some(schema) if !library.is_cancelled() => {
            Some(fill::fill(schema, &plan.entities, &rows, library, &task.include)?)
        }
        _ => None,
    };
    let (documents, sentences) = library.read_so_far();
    library.tell(Event::ReadEnded { documents: count(documents), sentences: count(sentences) });
    library.tell(Event::SelectEnded { kept: count(outcome.kept), merged: count(outcome.merged) });
    let (checked, dropped) = verify(&mut outcome.sections, library)?;
    Ok(write(outcome, filled, (checked, dropped), library))
}

/// The rows that the task begins, each with what it is about.
fn rows<'a>(rows: &'a [Value], library: &Library<'_>) -> Result<Vec<fill::Row<'a>>, IndexError> {
    rows.iter()
        .filter_map(Value::as_object)
        .map(|given| {
            let entity = name_of(given).map(|name| named(name, library)).transpose()?;
            Ok(fill::Row { entity, given })
        })
        .collect()
}

/// Every text of what is known already; any of them may be the name of something to leave out.
fn names(known: &[Value]) -> Vec<&str> {
    let fields = known.iter().filter_map(Value::as_object).flat_map(|known| known.values());
    fields.filter_map(Value::as_str).collect()
}

/// The form of an answer, by what the question names.
#[derive(Clone, Copy)]
enum Form {
    /// Nothing that could be searched for.
    Nothing,
    /// The most or the least of something.
    Ranking(Superlative),
    /// Several entities side by side.
    Compare,
    /// Everything about one entity.
    Profile,
    /// What any document says about a topic.
    Topic,
}

impl Form {
    fn of(plan: &Plan) -> Self {
        let homes =
            plan.entities.iter().filter(|entity| entity.standing == Standing::Title).count();
        match (plan.entities.len(), plan.asks(), plan.intent.superlative) {
            (0, false, _) => Self::Nothing,
            (0, true, Some(end)) => Self::Ranking(end),
            (2.., ..) if homes > 0 && plan.each => Self::Compare,
            (1, false, _) if homes > 0 => Self::Profile,
            _ => Self::Topic,
        }
    }
}

fn tell_plan(plan: &Plan, library: &Library<'_>) {
    let facets: Vec<event::Facet> = plan
        .facets
        .iter()
        .map(|facet| event::Facet { title: facet.title.clone(), origin: facet.origin })
        .collect();
    library.tell(Event::PlanMade { facets, queries: count(gather::phrasings_of(plan)) });
}

fn look(
    form: Form,
    plan: &Plan,
    include: &[String],
    library: &Library<'_>,
) -> Result<Outcome, IndexError> {
    match form {
        Form::Nothing => Ok(Outcome::default()),
        Form::Compare => compare::compare(plan, include, library),
        Form::Profile => profile::profile(plan, include, library),
        Form::Topic => topic::topic(plan, include, library),
        Form::Ranking(end) => match ranking::ranking(plan, end, include, library)? {
            Some(outcome) => Ok(outcome),
            None => topic::topic(plan, include, library),
        },
    }
}

/// Compares every quote with its document as the index holds it now.
fn verify(sections: &mut Vec<Section>, library: &Library<'_>) -> Result<(u32, u32), IndexError> {
    let mut sums = (0, 0);
    let mut fresh = std::collections::HashMap::new();
    for quote in sections.iter().flat_map(Section::quotes) {
        let id = &quote.document.document;
        if !fresh.contains_key(id) {
            fresh.insert(id.clone(), library.reread(id)?);
        }
    }
    for section in sections.iter_mut() {
        let (checked, dropped) = section.check(&fresh);
        sums = (sums.0 + checked, sums.1 + dropped);
    }
    sections.retain(|section| !section.blocks.is_empty());
    Ok(sums)
}

fn write(
    outcome: Outcome,
    filled: Option<fill::Filled>,
    (checked, dropped): (u32, u32),
    library: &Library<'_>,
) -> Report {
    let mut sections = outcome.sections;
    let mut warnings = Vec::new();
    let partial = library.is_cancelled();
    let answered = sections.iter().any(|section| section.quotes().next().is_some());
    if !answered {
        sections = vec![refusal(library, partial)];
    }
    if !outcome.gaps.is_empty() {
        sections.push(gaps(&outcome.gaps));
    }
    warnings.extend(outcome.gaps.iter().map(|(topic, _)| {
        warning(WarningKind::Gap, format!("the library holds nothing on {topic}"))
    }));
    if !answered && warnings.is_empty() {
        warnings.push(warning(
            WarningKind::Gap,
            "the library holds nothing that answers this question".to_owned(),
        ));
    }
    if sections.iter().any(|section| section.title == DISAGREE) {
        warnings.push(warning(
            WarningKind::Disagreement,
            "sources give different values; see the section on disagreements".to_owned(),
        ));
    }
    if dropped > 0 {
        warnings.push(warning(
            WarningKind::Dropped,
            format!("{dropped} quotes did not stand in their document as quoted and were left out"),
        ));
    }
    if partial {
        warnings.push(warning(
            WarningKind::Partial,
            "the run was ended early; the report holds what had been found".to_owned(),
        ));
    }
    library.tell(Event::OutlineMade {
        sections: sections.iter().map(|section| section.title.clone()).collect(),
    });
    let mut markdown = Markdown::default();
    for section in &sections {
        let before = markdown.text.len();
        markdown.render(section);
        library.tell(Event::TextDelta {
            text: markdown.text.get(before..).unwrap_or_default().to_owned(),
        });
    }
    library.tell(Event::CheckEnded { checked, dropped });
    let structured = filled.map(|filled| {
        for (mut citation, quotes) in filled.citations {
            citation.sources = quotes.iter().map(|quote| markdown.number(quote)).collect();
            markdown.citations.push(citation);
        }
        warnings.extend(filled.warnings);
        filled.value
    });
    for warning in &warnings {
        library.tell(Event::WarningRaised { warning: warning.clone() });
    }
    Report {
        markdown: markdown.text,
        structured,
        sources: markdown.sources,
        citations: markdown.citations,
        warnings,
        partial,
        ..Report::default()
    }
}

const fn warning(kind: WarningKind, message: String) -> Warning {
    Warning { kind, message }
}

/// The title of the section on sources that contradict each other.
pub(super) const DISAGREE: &str = "Where sources disagree";

fn gaps(gaps: &[(String, Vec<String>)]) -> Section {
    let blocks =
        gaps.iter().map(|(topic, tried)| Block::Gap { topic: topic.clone(), tried: tried.clone() });
    Section::new("What was not found", blocks.collect())
}

/// What a report says that has nothing to quote.
fn refusal(library: &Library<'_>, partial: bool) -> Section {
    let size = library.size();
    let words = if partial {
        "The run was ended before anything could be quoted.".to_owned()
    } else {
        format!(
            "Nothing in this library answers the question. {} documents with {} passages were searched.",
            size.documents, size.passages
        )
    };
    Section::new("In short", vec![Block::Own(words)])
}
