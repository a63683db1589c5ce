//! What a report leaves open that its provider calls complete.

use serde_json::Value;

use crate::{
    report::{Report, Warning, WarningKind},
    schema, text,
};

use super::{Outcome, Run};

impl Run {
    /// The run is over; what the provider does not say about the report's holes is added.
    pub(super) fn completed(&mut self, mut report: Report) {
        if let Some(schema) = &self.checkpoint.task.output_schema {
            judge(schema, &mut report);
        }
        self.conclude(Outcome::Completed(report));
    }

    /// Keeps what a job was asked that was taken over without knowing that.
    pub(super) fn asked(&mut self, question: String, output_schema: Option<Value>) {
        let task = &mut self.checkpoint.task;
        if task.question.is_empty() && !question.is_empty() {
            task.question = question;
            task.output_schema = output_schema;
            self.save();
        }
    }
}

/// Warns of required fields without a value, unless the provider has done so itself.
fn judge(schema: &Value, report: &mut Report) {
    if report.warnings.iter().any(|warning| warning.kind == WarningKind::FieldMissing) {
        return;
    }
    let message = match &report.structured {
        None | Some(Value::Null) => {
            "The run is complete, but no value of the wanted shape came back.".to_owned()
        }
        Some(value) => {
            let mut missing = String::new();
            for path in schema::missing(schema, value) {
                text::list(&mut missing, ", ", &path);
            }
            if missing.is_empty() {
                return;
            }
            ["These fields are required and have no value: ", &missing, "."].concat()
        }
    };
    report.warnings.push(Warning::new(WarningKind::FieldMissing, message));
}
