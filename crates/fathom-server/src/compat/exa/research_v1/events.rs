//! The events of a run as the log of a research: a plan, its parts as tasks, what each searched and read, and how it all
//! ended.

use fathom_core::providers::exa::wire::research_v1::{
    CreateResearch, Event as Entry, EventOutput, Operation, PageUrl, event,
};
use fathom_core::{Event, Source, Status};

use super::view;
use crate::compat::address::Origin;
use crate::compat::markers;
use crate::compat::runs;
use crate::compat::teller::{Frame, Moment, Teller, narration};
use crate::store::Run;

/// Tells a run as a research. Ids are made of the run's and of places in it, so that they are the same every time.
pub(in crate::compat::exa) struct Narrator {
    run: String,
    origin: Origin,
    /// What each task looks for; empty until the plan is made.
    tasks: Vec<String>,
    /// What the newest search found.
    found: Vec<Source>,
    /// The words of the newest search, to which what is read next belongs.
    query: String,
    /// Operations so far.
    operations: u64,
    kept: u32,
}

impl Narrator {
    pub(in crate::compat::exa) fn new(run: &Run, origin: Origin) -> Self {
        Self {
            run: run.id.clone(),
            origin,
            tasks: Vec::new(),
            found: Vec::new(),
            query: String::new(),
            operations: 0,
            kept: 0,
        }
    }

    fn entry(&self, kind: &str, moment: Moment) -> Entry {
        Entry {
            event_type: kind.to_owned(),
            research_id: self.run.clone(),
            created_at: moment.ms.unsigned_abs(),
            ..Entry::default()
        }
    }

    fn plan(&self, round: u32) -> Option<String> {
        Some(format!("{}-plan-{round}", self.run))
    }

    fn task(&self, number: usize) -> Option<String> {
        Some(format!("{}-task-{}", self.run, number + 1))
    }

    fn of_plan(&self, kind: &str, moment: Moment) -> Entry {
        Entry { plan_id: self.plan(1), ..self.entry(kind, moment) }
    }

    /// Something that was done, for the task that it is likely to belong to: the one that looks for most of its words.
    fn operation(&mut self, moment: Moment, words: &str, data: Operation) -> Entry {
        self.operations += 1;
        let operation_id = Some(format!("{}-operation-{}", self.run, self.operations));
        let data = Some(data);
        match self.task_of(words) {
            Some(task) => Entry {
                task_id: self.task(task),
                operation_id,
                data,
                ..self.of_plan(event::TASK_OPERATION, moment)
            },
            None => Entry { operation_id, data, ..self.of_plan(event::PLAN_OPERATION, moment) },
        }
    }

    fn task_of(&self, words: &str) -> Option<usize> {
        if words.is_empty() {
            return None;
        }
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let shared = |task: &String| {
            let task = task.to_lowercase();
            words.iter().filter(|word| task.contains(word.as_str())).count()
        };
        // The first of equals, so that what fits none belongs to the first.
        (0..self.tasks.len()).rev().max_by_key(|at| self.tasks.get(*at).map(shared))
    }

    fn think(&mut self, moment: Moment, content: String) -> Entry {
        let data =
            Operation { kind: "think".to_owned(), content: Some(content), ..Operation::default() };
        self.operation(moment, "", data)
    }

    fn crawl(&mut self, moment: Moment, source: &Source) -> Entry {
        let data = Operation {
            kind: "crawl".to_owned(),
            result: Some(PageUrl { url: self.origin.of_source(source) }),
            page_tokens: Some(0.0),
            ..Operation::default()
        };
        self.operation(moment, &self.query.clone(), data)
    }

    fn searched(&mut self, moment: Moment, query: &str) -> Entry {
        query.clone_into(&mut self.query);
        let found = std::mem::take(&mut self.found);
        let url = |source: &Source| PageUrl { url: self.origin.of_source(source) };
        let data = Operation {
            kind: "search".to_owned(),
            search_type: Some("keyword".to_owned()),
            query: Some(query.to_owned()),
            results: Some(found.iter().map(url).collect()),
            page_tokens: Some(0.0),
            ..Operation::default()
        };
        self.operation(moment, query, data)
    }

    fn planned(&mut self, moment: Moment, facets: Vec<String>, queries: u32) -> Vec<Entry> {
        let reasoning = format!("{} parts to look for, with {queries} phrasings.", facets.len());
        let mut told = vec![self.think(moment, reasoning.clone())];
        self.tasks = facets;
        told.push(Entry {
            output: Some(EventOutput {
                output_type: "tasks".to_owned(),
                reasoning: Some(reasoning),
                tasks_instructions: Some(self.tasks.clone()),
                ..EventOutput::default()
            }),
            ..self.of_plan(event::PLAN_OUTPUT, moment)
        });
        for (number, task) in self.tasks.iter().enumerate() {
            told.push(Entry {
                task_id: self.task(number),
                instructions: Some(task.clone()),
                ..self.of_plan(event::TASK_DEFINITION, moment)
            });
        }
        told
    }

    /// What each task found: the sections of the report that bear its name, or that speak of it.
    fn findings(&self, moment: Moment, run: &Run) -> Vec<Entry> {
        let sections = markers::sections(&runs::report(run));
        let finding = |task: &String| {
            let named = sections.iter().filter(|section| section.title.ends_with(task.as_str()));
            let spoken = sections
                .iter()
                .filter(|section| section.text.to_lowercase().contains(&task.to_lowercase()));
            let texts: Vec<&str> = named.map(|section| section.text.as_str()).collect();
            let texts = if texts.is_empty() {
                spoken.map(|section| section.text.as_str()).collect()
            } else {
                texts
            };
            if texts.is_empty() {
                format!("Nothing was found on {task}.")
            } else {
                texts.join("\n\n")
            }
        };
        let outputs = self.tasks.iter().enumerate().map(|(number, task)| Entry {
            task_id: self.task(number),
            output: Some(EventOutput {
                output_type: "completed".to_owned(),
                content: Some(finding(task)),
                ..EventOutput::default()
            }),
            ..self.of_plan(event::TASK_OUTPUT, moment)
        });
        outputs.collect()
    }

    /// The second round of planning only finds that nothing is left to do.
    fn stopped(&self, moment: Moment, run: &Run) -> [Entry; 2] {
        let reasoning = format!(
            "Every part was looked for: {} searches, {} documents, {} sentences kept.",
            run.progress.searches, run.progress.documents_read, self.kept
        );
        let round = |kind| Entry { plan_id: self.plan(2), ..self.entry(kind, moment) };
        let output = EventOutput {
            output_type: "stop".to_owned(),
            reasoning: Some(reasoning),
            ..EventOutput::default()
        };
        [round(event::PLAN_DEFINITION), Entry { output: Some(output), ..round(event::PLAN_OUTPUT) }]
    }

    fn output(&self, run: &Run) -> EventOutput {
        if run.status != Status::Completed {
            let error =
                runs::failure(run).unwrap_or_else(|| "The research was canceled.".to_owned());
            let output_type = "failed".to_owned();
            return EventOutput { output_type, error: Some(error), ..EventOutput::default() };
        }
        let output = view::output(run, &runs::report(run), &self.origin);
        EventOutput {
            output_type: "completed".to_owned(),
            content: Some(output.content),
            parsed: output.parsed,
            cost_dollars: Some(view::cost(run)),
            ..EventOutput::default()
        }
    }
}

impl Teller for Narrator {
    type Told = Entry;

    fn begin(&mut self, run: &Run) -> Vec<Entry> {
        let wanted: CreateResearch = runs::request(run);
        let moment = Moment { id: 0, ms: run.created_ms };
        vec![Entry {
            instructions: Some(wanted.instructions),
            output_schema: wanted.output_schema,
            ..self.entry(event::RESEARCH_DEFINITION, moment)
        }]
    }

    fn found(&mut self, pages: Vec<Source>) {
        self.found = pages;
    }

    fn event(&mut self, moment: Moment, event: &Event) -> Vec<Entry> {
        match event {
            Event::RunStarted => vec![self.of_plan(event::PLAN_DEFINITION, moment)],
            Event::SourceFound { source } => vec![self.crawl(moment, source)],
            Event::SearchEnded { query, .. } => vec![self.searched(moment, query)],
            Event::PlanMade { facets, queries } => {
                let facets = facets.iter().map(|facet| facet.title.clone()).collect();
                self.planned(moment, facets, *queries)
            }
            event => {
                if let Event::SelectEnded { kept, .. } = event {
                    self.kept = *kept;
                }
                narration(event).map(|words| self.think(moment, words)).into_iter().collect()
            }
        }
    }

    fn end(&mut self, moment: Moment, run: &Run) -> Vec<Entry> {
        let mut told = self.findings(moment, run);
        told.extend(self.stopped(moment, run));
        told.push(Entry {
            output: Some(self.output(run)),
            ..self.entry(event::RESEARCH_OUTPUT, moment)
        });
        told
    }
}

/// An entry of the log as an event of a stream.
pub(in crate::compat::exa) fn frame(entry: Entry) -> Frame {
    Frame::new(entry.event_type.clone(), &entry)
}
