/** Extruct's deep research, over the core. Objects are those of the API reference, unchanged. */

import { endpoints, segment } from "../calls/call.js";
import "../calls/loaded.js";
import { settled } from "../place.js";
import { poll } from "../calls/poll.js";
import { checkOptions } from "../task.js";

const PATH = "/v1/deep_research_tasks";
/** The reference asks for 10 to 15 seconds between polls. */
const INTERVAL = 10_000;
/** The deepest tasks take 20 minutes and more. */
const LONGEST = 3_600_000;

export class Extruct {
  #settings;
  #endpoints;

  constructor(apiKey, more) {
    const options = typeof apiKey === "object" && apiKey !== null ? apiKey : { apiKey: apiKey ?? undefined };
    this.#settings = settled("extruct", { ...options, ...more });
    this.#endpoints = endpoints("extruct", this.#settings);
  }

  /** The same client with other settings. */
  withOptions(options) {
    return new Extruct({ ...this.#settings.given, ...options });
  }

  async create(params, request) {
    return this.#endpoints.ask({ path: PATH, body: checkOptions(params, {}), creates: true }, request);
  }

  async get(id, request) {
    return this.#endpoints.ask({ method: "GET", path: `${PATH}/${segment(id)}` }, request);
  }

  async list(options, request) {
    const { offset, limit } = checkOptions(options, {});
    return this.#endpoints.ask({ method: "GET", path: PATH, query: { offset, limit } }, request);
  }

  async wait(id, options, request) {
    const { interval = INTERVAL, timeout = LONGEST, onTask } = checkOptions(options, {});
    const look = async () => {
      const task = await this.get(id, request);
      onTask?.(task);
      return task;
    };
    const isOver = ({ status }) => status === "done" || status === "failed";
    return poll(look, isOver, { interval, timeout, signal: request?.signal, id });
  }
}

export default Extruct;
