// A run of the fake upstream.

import { events, report } from "./story.mjs";

let number = 0;

/** Completes as soon as it has been followed, or, where it is held, when somebody releases it. */
export class Run {
  status = "running";
  ended = new Promise((done) => (this.end = done));

  constructor(question, fault) {
    number += 1;
    this.id = `run_${number}`;
    this.question = question;
    this.fault = fault;
    if (fault.status) this.release(fault.status);
  }

  /** The run is over. */
  release(status) {
    if (this.status !== "running") return;
    this.status = status;
    this.end();
  }

  /** All that there is to tell, `run-ended` included. */
  events() {
    return events(this.status === "running" ? "completed" : this.status);
  }

  view() {
    const { id, status, question } = this;
    const view = { id, status, question, effort: "standard", created_at: "2026-11-22T02:00:00.000Z", task: { question } };
    if (status === "completed") view.report = report(this.fault.bytes);
    if (status === "cancelled") view.report = { ...report(), partial: true };
    if (status === "failed") view.error = { kind: "failed", message: "The library burned down." };
    return view;
  }
}
