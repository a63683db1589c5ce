/** Agent runs. */

import { CancelledError, FailedError } from "../errors.js";
import { segment } from "../calls/call.js";
import { poll } from "../calls/poll.js";
import { jsonSchema } from "../schema.js";
import { checkOptions } from "../task.js";
import { betas } from "./betas.js";

const OVER = new Set(["completed", "failed", "cancelled"]);
const INTERVAL = 1_000;
const LONGEST_POLL = 3_600_000;
const LONGEST_WAIT = 120_000;

/** A run that was waited for has failed; `run` is all of it. */
export class AgentRunFailedError extends FailedError {
  constructor(run) {
    super(run.error?.message ?? `Agent run ${run.id} failed`, { provider: "exa", code: run.error?.code });
    this.run = run;
  }
}

/** A run that was waited for has been cancelled; `run` is all of it. */
export class AgentRunCancelledError extends CancelledError {
  constructor(run) {
    super(`Agent run ${run.id} was cancelled`, { provider: "exa" });
    this.run = run;
  }
}
for (const [type, name] of [[AgentRunFailedError, "AgentRunFailedError"], [AgentRunCancelledError, "AgentRunCancelledError"]]) {
  Object.defineProperty(type.prototype, "name", { value: name, configurable: true, writable: true });
}

export class AgentRuns {
  #endpoints;

  constructor(endpoints) {
    this.#endpoints = endpoints;
    this.events = {
      list: async (id, options, request) =>
        endpoints.ask({ method: "GET", path: `${place(id)}/events`, query: page(options), headers: betas(options) }, request),
      stream: async (id, options, request) => {
        const headers = { ...betas(options), "last-event-id": options?.lastEventId };
        return endpoints.stream({ method: "GET", path: `${place(id)}/events`, headers }, request, logged);
      },
    };
  }

  async create(params, request) {
    const { stream, betas: _, outputSchema, ...rest } = checkOptions(params, {});
    const body = outputSchema ? { ...rest, outputSchema: jsonSchema(outputSchema) } : rest;
    const order = { path: "/agent/runs", body, headers: betas(params), creates: true };
    return stream ? this.#endpoints.stream(order, request, logged) : this.#endpoints.ask(order, request);
  }

  async get(id, request) {
    return this.#endpoints.ask({ method: "GET", path: place(id), headers: betas(request) }, request);
  }

  async list(options, request) {
    return this.#endpoints.ask({ method: "GET", path: "/agent/runs", query: page(options), headers: betas(options) }, request);
  }

  async *listAll(options, request) {
    let cursor = options?.cursor;
    do {
      const found = await this.list({ ...options, cursor }, request);
      yield* found.data;
      cursor = found.hasMore ? found.nextCursor : undefined;
    } while (cursor);
  }

  async getAll(options, request) {
    const all = [];
    for await (const run of this.listAll(options, request)) all.push(run);
    return all;
  }

  async cancel(id, request) {
    return this.#endpoints.ask({ path: `${place(id)}/cancel`, headers: betas(request) }, request);
  }

  async stop(id, request) {
    return this.#endpoints.ask({ path: `${place(id)}/stop`, headers: betas(request) }, request);
  }

  async delete(id, request) {
    return this.#endpoints.ask({ method: "DELETE", path: place(id), headers: betas(request) }, request);
  }

  async pollUntilFinished(id, options, request) {
    const { pollInterval: interval = INTERVAL, timeoutMs: timeout = LONGEST_POLL } = checkOptions(options, {});
    const wait = { interval, timeout, signal: request?.signal, id };
    return poll(() => this.get(id, { betas: options?.betas, ...request }), (run) => OVER.has(run.status), wait);
  }

  async createAndWait(params, options, request) {
    const { stream: _, ...task } = checkOptions(params, {});
    const { id } = await this.create(task, request);
    const run = await this.pollUntilFinished(id, { timeoutMs: LONGEST_WAIT, betas: params?.betas, ...options }, request);
    if (run.status === "failed") throw new AgentRunFailedError(run);
    if (run.status === "cancelled") throw new AgentRunCancelledError(run);
    return run;
  }
}

/** Where a run is. */
function place(id) {
  return `/agent/runs/${segment(id)}`;
}

function page(options) {
  const { cursor, limit } = checkOptions(options, {});
  return { cursor: cursor || undefined, limit: limit || undefined };
}

/** An event of the log, which has a name. */
function logged({ event, data, id }) {
  if (event === "message" || data === "") return undefined;
  return { ...(id !== undefined && { id }), event, data: typeof data === "object" && data !== null ? data : { value: data } };
}
