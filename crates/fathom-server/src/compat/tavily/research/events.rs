//! The events of a run as chunks of a chat completion.

use fathom_core::providers::tavily::wire::{
    Chunk, ChunkChoice, Delta, ResearchSource, ToolCall, ToolCalls,
};
use fathom_core::{Event, Report, Source, Status};
use serde_json::{Value, json};

use super::cite::Form;
use super::view;
use crate::compat::address::Origin;
use crate::compat::runs;
use crate::compat::teller::{Frame, Moment, Teller};
use crate::store::Run;

const CHUNK: &str = "chat.completion.chunk";
const DONE: &str = "[DONE]";
const PLANNING: &str = "Planning";
const SEARCHING: &str = "WebSearch";
const SUBTOPIC: &str = "ResearchSubtopic";
const GENERATING: &str = "Generating";

/// Tells a run as a stream of chunks: what is done as tools that are called and answer, then the text, then the sources.
pub(super) struct Narrator {
    run: String,
    model: &'static str,
    origin: Origin,
    form: Form,
    /// A value is wanted, so the text is not told.
    value: bool,
    /// The search under way.
    search: Option<ToolCall>,
    /// What the newest search found.
    found: Vec<Source>,
    /// The parts of the question, each a call under way; only in the larger model.
    subtopics: Vec<ToolCall>,
    generating: Option<ToolCall>,
    planning: Option<ToolCall>,
    said: bool,
}

impl Narrator {
    pub(super) fn new(run: &Run, origin: Origin) -> Self {
        let pro = run.task.level.as_deref() == Some("pro");
        Self {
            run: run.id.clone(),
            model: if pro { "pro" } else { "mini" },
            origin,
            form: view::form(run),
            value: run.task.output_schema.is_some(),
            search: None,
            found: Vec::new(),
            subtopics: Vec::new(),
            generating: None,
            planning: None,
            said: false,
        }
    }

    fn chunk(&self, moment: Moment, delta: Delta) -> Frame {
        let chunk = Chunk {
            id: self.run.clone(),
            object: CHUNK.to_owned(),
            model: self.model.to_owned(),
            created: moment.ms.unsigned_abs() / 1000,
            choices: vec![ChunkChoice { delta }],
        };
        Frame::new(CHUNK, &chunk)
    }

    fn called(&self, moment: Moment, call: &ToolCall) -> Frame {
        let calls = ToolCalls {
            kind: "tool_call".to_owned(),
            tool_call: Some(vec![call.clone()]),
            tool_response: None,
        };
        self.chunk(moment, Delta { tool_calls: Some(calls), ..Delta::default() })
    }

    fn answered(&self, moment: Moment, call: ToolCall) -> Frame {
        let calls = ToolCalls {
            kind: "tool_response".to_owned(),
            tool_call: None,
            tool_response: Some(vec![call]),
        };
        self.chunk(moment, Delta { tool_calls: Some(calls), ..Delta::default() })
    }

    fn call(&self, moment: Moment, number: usize, name: &str, arguments: String) -> ToolCall {
        ToolCall {
            id: format!("{}-{}-{number}", self.run, moment.id),
            name: name.to_owned(),
            arguments,
            ..ToolCall::default()
        }
    }

    /// Ends the search under way with the pages that it found.
    fn searched(&mut self, moment: Moment) -> Vec<Frame> {
        let Some(call) = self.search.take() else { return Vec::new() };
        let found = std::mem::take(&mut self.found);
        let page = |source: &Source| ResearchSource {
            title: source.title.clone(),
            url: self.origin.of_source(source),
            ..ResearchSource::default()
        };
        let sources = Some(found.iter().map(page).collect());
        vec![self.answered(moment, ToolCall { queries: None, sources, ..call })]
    }

    fn planned(&mut self, moment: Moment, titles: &[String]) -> Vec<Frame> {
        let mut frames = Vec::new();
        if let Some(call) = &self.planning {
            let arguments = format!("Looking for {}", titles.join("; "));
            frames.push(self.answered(moment, ToolCall { arguments, ..call.clone() }));
        }
        if self.model == "pro" {
            let parent = self.planning.as_ref().map(|call| call.id.clone());
            for (number, title) in titles.iter().enumerate() {
                let call = self.call(moment, number, SUBTOPIC, title.clone());
                let call = ToolCall { parent_tool_call_id: parent.clone(), ..call };
                frames.push(self.called(moment, &call));
                self.subtopics.push(call);
            }
        }
        frames
    }

    fn content(&mut self, moment: Moment, content: Value) -> Frame {
        let role = (!self.said).then(|| "assistant".to_owned());
        self.said = true;
        self.chunk(moment, Delta { role, content: Some(content), ..Delta::default() })
    }

    /// What could not be told before the report was complete.
    fn rest(&mut self, moment: Moment, report: &Report) -> Vec<Frame> {
        if self.value {
            let value = report.structured.clone().unwrap_or_default();
            return vec![self.content(moment, value)];
        }
        let mut frames = Vec::new();
        if self.form != Form::Numbered {
            let text = self.form.text(report);
            frames.push(self.content(moment, Value::from(text)));
        }
        let list = self.form.list(report, &self.origin);
        if !list.is_empty() {
            frames.push(self.content(moment, Value::from(list)));
        }
        frames
    }
}

impl Teller for Narrator {
    type Told = Frame;

    fn found(&mut self, pages: Vec<Source>) {
        self.found = pages;
    }

    fn event(&mut self, moment: Moment, event: &Event) -> Vec<Frame> {
        let mut frames = Vec::new();
        match event {
            Event::RunStarted => {
                let call = self.call(moment, 0, PLANNING, "Taking the question apart".to_owned());
                frames.push(self.called(moment, &call));
                self.planning = Some(call);
            }
            Event::PlanMade { facets, .. } => {
                let titles: Vec<String> = facets.iter().map(|facet| facet.title.clone()).collect();
                frames.extend(self.planned(moment, &titles));
            }
            Event::SearchStarted { query } => {
                let call = self.call(moment, 0, SEARCHING, format!("Searching for {query}"));
                let call = ToolCall { queries: Some(vec![query.clone()]), ..call };
                frames.push(self.called(moment, &call));
                self.search = Some(call);
            }
            Event::SearchEnded { .. } => frames.extend(self.searched(moment)),
            Event::ReadEnded { .. } => {
                for call in std::mem::take(&mut self.subtopics) {
                    frames.push(self.answered(moment, call));
                }
            }
            Event::OutlineMade { sections } => {
                let arguments = format!("Writing {}", sections.join("; "));
                let call = self.call(moment, 0, GENERATING, arguments);
                frames.push(self.called(moment, &call));
                self.generating = Some(call);
            }
            Event::TextDelta { text } if !self.value && self.form == Form::Numbered => {
                frames.push(self.content(moment, Value::from(text.as_str())));
            }
            Event::CheckEnded { checked, dropped } => {
                if let Some(call) = self.generating.take() {
                    let arguments =
                        format!("Compared {checked} quotes with their sources, dropped {dropped}");
                    frames.push(self.answered(moment, ToolCall { arguments, ..call }));
                }
            }
            _ => {}
        }
        frames
    }

    fn end(&mut self, moment: Moment, run: &Run) -> Vec<Frame> {
        let mut frames = Vec::new();
        if run.status == Status::Completed {
            let report = runs::report(run);
            frames.extend(self.rest(moment, &report));
            let sources = Some(view::sources(&report, self.form, &self.origin));
            frames.push(self.chunk(moment, Delta { sources, ..Delta::default() }));
        } else {
            let error = json!({ "id": self.run, "object": "error", "error": view::why_not(run) });
            frames.push(Frame::new("error", &error));
        }
        frames.push(Frame { id: None, event: Some("done".into()), data: DONE.to_owned() });
        frames
    }
}
