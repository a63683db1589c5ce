/** Researches: version 1, and the tasks of version 0. */

import { segment } from "../calls/call.js";
import { poll } from "../calls/poll.js";
import { jsonSchema } from "../schema.js";
import { checkOptions } from "../task.js";

const INTERVAL = 1_000;
const LONGEST_POLL = 600_000;
const OVER = new Set(["completed", "failed", "canceled"]);

/** The models by the names of the older clients. */
export const ResearchModel = Object.freeze({
  exa_research: "exa-research",
  exa_research_pro: "exa-research-pro",
  exa_research_fast: "exa-research-fast",
});

export class Research {
  #endpoints;

  constructor(endpoints) {
    this.#endpoints = endpoints;
  }

  async create(params, request) {
    const { instructions, model = "exa-research-fast", outputSchema } = checkOptions(params, {});
    const body = { instructions, model, outputSchema: jsonSchema(outputSchema) };
    return this.#endpoints.ask({ path: "/research/v1", body, creates: true }, request);
  }

  async get(id, options, request) {
    const { stream, events } = checkOptions(options, {});
    const order = { method: "GET", path: `/research/v1/${segment(id)}`, query: { stream: Boolean(stream), events } };
    return stream ? this.#endpoints.stream(order, request, told) : this.#endpoints.ask(order, request);
  }

  async list(options, request) {
    return this.#endpoints.ask({ method: "GET", path: "/research/v1", query: page(options) }, request);
  }

  async pollUntilFinished(id, options, request) {
    const { pollInterval: interval = INTERVAL, timeoutMs: timeout = LONGEST_POLL, events } = checkOptions(options, {});
    const wait = { interval, timeout, signal: request?.signal, id };
    return poll(() => this.get(id, { events }, request), (research) => OVER.has(research.status), wait);
  }

  async createTask(params, request) {
    const { instructions, model = "exa-research", output } = checkOptions(params, {});
    const body = { instructions, model, output: { schema: jsonSchema(output?.schema), inferSchema: output?.inferSchema ?? true } };
    return this.#endpoints.ask({ path: "/research/v0/tasks", body, creates: true }, request);
  }

  async getTask(id, options, request) {
    const { stream } = checkOptions(options, {});
    const order = { method: "GET", path: `/research/v0/tasks/${segment(id)}`, query: { stream: stream ? true : undefined } };
    return stream ? this.#endpoints.stream(order, request, told) : this.#endpoints.ask(order, request);
  }

  async pollTask(id, options, request) {
    const { pollInterval: interval = INTERVAL, timeoutMs: timeout = LONGEST_POLL } = checkOptions(options, {});
    const wait = { interval, timeout, failures: 10, signal: request?.signal, id };
    return poll(() => this.getTask(id, undefined, request), (task) => OVER.has(task.status), wait);
  }

  async listTasks(options, request) {
    return this.#endpoints.ask({ method: "GET", path: "/research/v0/tasks", query: page(options) }, request);
  }
}

function page(options) {
  const { cursor, limit } = checkOptions(options, {});
  return { cursor: cursor || undefined, limit: limit || undefined };
}

/** What an event of a stream tells. */
function told({ data }) {
  return typeof data === "object" && data !== null ? data : undefined;
}
