/** The methods of exa-js, over the core. */

import { endpoints } from "../calls/call.js";
import "../calls/loaded.js";
import { settled } from "../place.js";
import { checkOptions } from "../task.js";
import { jsonSchema } from "../schema.js";
import { AgentRuns } from "./agent.js";
import { piece } from "./answer.js";
import { InvalidTaskError } from "../errors.js";
import { Research } from "./research.js";
import { chosen, legacy, summarised } from "./contents.js";
import { betas } from "./betas.js";

export { AgentRunCancelledError, AgentRunFailedError } from "./agent.js";
export { FathomError as ExaError } from "../errors.js";
export { ResearchModel } from "./research.js";

export class Exa {
  #settings;
  #endpoints;

  constructor(apiKey, place, more) {
    this.#settings = settled("exa", { ...bag(apiKey, "apiKey"), ...bag(place, "baseURL"), ...more });
    this.#endpoints = endpoints("exa", this.#settings);
    this.research = new Research(this.#endpoints);
    this.agent = { runs: new AgentRuns(this.#endpoints) };
    this.beta = { agent: this.agent };
  }

  /** The same client with other settings. */
  withOptions(options) {
    return new Exa({ ...this.#settings.given, ...options });
  }

  async search(query, options, request) {
    if (options?.stream) throw new InvalidTaskError("search() does not stream; streamSearch() does.", { field: "stream" });
    return this.#endpoints.ask({ path: "/search", body: { query, ...chosen(options) }, headers: betas(options) }, request);
  }

  async *streamSearch(query, options, request) {
    const body = { query, ...chosen(options), stream: true };
    yield* await this.#endpoints.stream({ path: "/search", body, headers: betas(options) }, request, piece);
  }

  async searchAndContents(query, options, request) {
    return this.#endpoints.ask({ path: "/search", body: { query, ...legacy(options) } }, request);
  }

  async findSimilar(url, options, request) {
    return this.#endpoints.ask({ path: "/findSimilar", body: { url, ...chosen(options) } }, request);
  }

  async findSimilarAndContents(url, options, request) {
    return this.#endpoints.ask({ path: "/findSimilar", body: { url, ...legacy(options) } }, request);
  }

  async getContents(urls, options, request) {
    const { betas: _, ...contents } = checkOptions(options, {});
    const body = { urls: addresses(urls), ...summarised(contents) };
    return this.#endpoints.ask({ path: "/contents", body, headers: betas(options) }, request);
  }

  async answer(query, options, request) {
    if (options?.stream) throw new InvalidTaskError("answer() does not stream; streamAnswer() does.", { field: "stream" });
    return this.#endpoints.ask({ path: "/answer", body: question(query, options, false) }, request);
  }

  async *streamAnswer(query, options, request) {
    const body = question(query, options, true);
    yield* await this.#endpoints.stream({ path: "/answer", body }, request, piece);
  }
}

export default Exa;

/** An argument that is a value by itself, or a bag of settings. */
function bag(argument, name) {
  if (argument === undefined || argument === null) return {};
  return typeof argument === "object" ? argument : { [name]: argument };
}

/** Pages as addresses, whether they were given as such or as results. */
function addresses(urls) {
  const all = (Array.isArray(urls) ? urls : [urls]).map((page) => page?.url ?? page);
  if (all.length > 0 && all.every((page) => typeof page === "string" && page !== "")) return all;
  throw new InvalidTaskError("getContents() needs an address, a list of addresses, or a list of results.", { field: "urls" });
}

function question(query, options, stream) {
  const { text = false, model = "exa", systemPrompt, outputSchema, userLocation } = checkOptions(options, {});
  return { query, stream, text, model, systemPrompt, outputSchema: jsonSchema(outputSchema), userLocation };
}
