//! The steps of a run, one after the other.

use std::collections::HashMap;

use fathom_core::{Event, Grade, Report, Task, Warning, WarningKind, event};
use serde_json::Value;

use super::strategy::{compare, profile, ranking, topic};
use crate::{
    extract::{Filled, Row, fill, verify_fields},
    index::IndexError,
    plan::{Plan, PreviousRun, Standing, Superlative, name_of, named},
    rank::grade,
    report::{Block, DISAGREE, Findings, Markdown, Section},
    session::{Session, count},
};

pub(super) fn run(
    task: &Task,
    previous: Option<&PreviousRun>,
    session: &Session<'_>,
) -> Result<Report, IndexError> {
    let rows = rows(&task.rows, session)?;
    let mut plan = Plan::make(&task.question, task.effort, previous, session)?;
    plan.add(rows.iter().filter_map(|row| row.entity.clone()));
    plan.leave_out(&names(&task.known));
    let form = Form::of(&plan);
    match form {
        Form::Compare if !plan.asks() => plan.facets = profile::shared_facets(&plan, session)?,
        Form::Profile => plan.facets = profile::top_facets(&plan, session)?,
        _ => {}
    }
    tell_plan(&plan, session);
    let mut findings = look(form, &plan, session)?;
    let mut filled = match &task.output_schema {
        Some(schema) if !session.is_cancelled() => {
            Some(fill(schema, &plan.entities, &rows, session)?)
        }
        _ => None,
    };
    let (documents, sentences) = session.read_so_far();
    session.tell(Event::ReadEnded { documents: count(documents), sentences: count(sentences) });
    session.tell(Event::SelectEnded { kept: count(findings.kept), merged: count(findings.merged) });
    let (mut checked, mut dropped) = verify(&mut findings.sections, session)?;
    if let (Some(filled), Some(schema)) = (&mut filled, &task.output_schema) {
        let fields = verify_fields(filled, schema, session)?;
        checked += fields.0;
        dropped += fields.1;
    }
    Ok(write(findings, filled, (checked, dropped), session))
}

/// The rows that the task begins, each with what it is about.
fn rows<'a>(rows: &'a [Value], session: &Session<'_>) -> Result<Vec<Row<'a>>, IndexError> {
    rows.iter()
        .filter_map(Value::as_object)
        .map(|given| {
            let entity = name_of(given).map(|name| named(name, session)).transpose()?;
            Ok(Row { entity, given })
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
        let superlative = plan.intent.superlative.filter(|_| plan.ranked.is_some());
        match (plan.entities.len(), plan.asks(), superlative) {
            (0, false, _) => Self::Nothing,
            (0, true, Some(end)) => Self::Ranking(end),
            (2.., ..) if homes > 0 && plan.each => Self::Compare,
            (1, false, _) if homes > 0 => Self::Profile,
            _ => Self::Topic,
        }
    }
}

fn tell_plan(plan: &Plan, session: &Session<'_>) {
    let facets: Vec<event::Facet> = plan
        .facets
        .iter()
        .map(|facet| event::Facet { title: facet.title.clone(), origin: facet.origin })
        .collect();
    let each = if plan.each { plan.entities.len() } else { 1 };
    let queries = (plan.facets.len() * each).max(1);
    session.tell(Event::PlanMade { facets, queries: count(queries) });
}

fn look(form: Form, plan: &Plan, session: &Session<'_>) -> Result<Findings, IndexError> {
    match form {
        Form::Nothing => Ok(Findings::default()),
        Form::Compare => compare::compare(plan, session),
        Form::Profile => profile::profile(plan, session),
        Form::Topic => topic::topic(plan, session),
        Form::Ranking(end) => match ranking::ranking(plan, end, session)? {
            Some(findings) => Ok(findings),
            None => topic::topic(plan, session),
        },
    }
}

/// Compares every quote with its document as the index holds it now.
fn verify(sections: &mut Vec<Section>, session: &Session<'_>) -> Result<(u32, u32), IndexError> {
    let mut sums = (0, 0);
    let mut fresh = HashMap::new();
    for quote in sections.iter().flat_map(Section::quotes) {
        let id = &quote.document.document;
        if !fresh.contains_key(id) {
            fresh.insert(id.clone(), session.reread(id)?);
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
    findings: Findings,
    filled: Option<Filled>,
    (checked, dropped): (u32, u32),
    session: &Session<'_>,
) -> Report {
    let grade = grade_of(&findings);
    let mut warnings = warnings(&findings, grade, dropped, session);
    let sections = sections(findings.sections, &findings.gaps, &findings.missing, grade, session);
    session.tell(Event::OutlineMade {
        sections: sections.iter().map(|section| section.title.clone()).collect(),
    });
    let mut markdown = Markdown::default();
    for section in &sections {
        let before = markdown.text.len();
        markdown.render(section);
        session.tell(Event::TextDelta {
            text: markdown.text.get(before..).unwrap_or_default().to_owned(),
        });
    }
    session.tell(Event::CheckEnded { checked, dropped });
    let structured = filled.map(|filled| {
        for (mut citation, quotes) in filled.citations {
            citation.sources = quotes.iter().map(|quote| markdown.number(quote)).collect();
            markdown.citations.push(citation);
        }
        warnings.extend(filled.warnings);
        filled.value
    });
    for warning in &warnings {
        session.tell(Event::WarningRaised { warning: warning.clone() });
    }
    Report {
        markdown: markdown.text,
        structured,
        sources: markdown.sources,
        citations: markdown.citations,
        warnings,
        partial: session.is_cancelled(),
        grade: Some(grade),
        confidence: Some(rounded(findings.confidence)),
        ..Report::default()
    }
}

/// What the findings are worth; without a quote they are nothing.
fn grade_of(findings: &Findings) -> Grade {
    let quoted = findings.sections.iter().any(|section| section.quotes().next().is_some());
    match grade(findings.confidence) {
        _ if !quoted => Grade::Nothing,
        // What is shown at all is near.
        Grade::Nothing => Grade::Related,
        grade => grade,
    }
}

/// Three digits say all that the calibration does.
fn rounded(probability: f64) -> f64 {
    (probability.clamp(0.0, 1.0) * 1_000.0).round() / 1_000.0
}

fn sections(
    mut sections: Vec<Section>,
    gaps: &[(String, Vec<String>)],
    missing: &[String],
    grade: Grade,
    session: &Session<'_>,
) -> Vec<Section> {
    match grade {
        Grade::Answered => {}
        Grade::Related => {
            let note = Block::Related { missing: missing.to_vec() };
            if let Some(first) = sections.first_mut() {
                CLOSEST.clone_into(&mut first.title);
                first.blocks.insert(0, note);
            }
        }
        Grade::Nothing => sections = vec![nothing(missing, session)],
    }
    if !gaps.is_empty() {
        let blocks = gaps
            .iter()
            .map(|(topic, tried)| Block::Gap { topic: topic.clone(), tried: tried.clone() });
        sections.push(Section::new("What was not found", blocks.collect()));
    }
    sections
}

/// The title of passages that may not answer.
const CLOSEST: &str = "Closest passages";

fn warnings(
    findings: &Findings,
    grade: Grade,
    dropped: u32,
    session: &Session<'_>,
) -> Vec<Warning> {
    let gaps = findings.gaps.iter();
    let mut warnings: Vec<Warning> = gaps
        .map(|(topic, _)| {
            Warning::new(WarningKind::Gap, format!("the library holds nothing on {topic}"))
        })
        .collect();
    let mut warn = |holds: bool, kind, message: String| {
        if holds {
            warnings.push(Warning::new(kind, message));
        }
    };
    let none = grade == Grade::Nothing && findings.gaps.is_empty();
    warn(none, WarningKind::Gap, "the library holds nothing that answers this question".to_owned());
    let message = "the library may not answer this question; the closest passages are shown";
    warn(grade == Grade::Related, WarningKind::Gap, message.to_owned());
    let disagree = findings.sections.iter().any(|section| section.title == DISAGREE);
    let message = "sources give different values; see the section on disagreements";
    warn(disagree, WarningKind::Disagreement, message.to_owned());
    let message =
        format!("{dropped} quotes did not stand in their document as quoted and were left out");
    warn(dropped > 0, WarningKind::Dropped, message);
    let message = "the run was ended early; the report holds what had been found";
    warn(session.is_cancelled(), WarningKind::Partial, message.to_owned());
    warnings
}

/// What a report says that has nothing to quote.
fn nothing(missing: &[String], session: &Session<'_>) -> Section {
    let size = session.size();
    let words = if session.is_cancelled() {
        "The run was ended before anything could be quoted.".to_owned()
    } else {
        format!(
            "Nothing in this library answers the question. {} documents with {} passages were searched.",
            size.documents, size.passages
        )
    };
    let missing = Block::Missing { words: missing.to_vec() };
    Section::new("In short", vec![Block::Own(words), missing])
}
