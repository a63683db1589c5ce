/** Reports and their tasks between JavaScript's words and the core's. */
import { InvalidTaskError } from "../errors.js";
import { toCore } from "../task.js";

/** A report as text for the core. */
export function reportToCore(report) {
  if (typeof report !== "object" || report === null) {
    throw new InvalidTaskError("This is not a report as runs yield them.", { field: "report" });
  }
  const { stopReason, ...rest } = report;
  try {
    return JSON.stringify(stopReason === undefined ? rest : { ...rest, stop_reason: stopReason });
  } catch (cause) {
    throw new InvalidTaskError("The report cannot be written as JSON.", { field: "report", cause });
  }
}

/** A report and its task as text for the core. */
export function answeredToCore(report, { task, provider, finishedAt }) {
  const facts = JSON.stringify({ provider, finished_at: finishedAt });
  const begin = `{"task":${toCore(task)},"report":${reportToCore(report)}`;
  return facts === "{}" ? `${begin}}` : `${begin},${facts.slice(1)}`;
}
