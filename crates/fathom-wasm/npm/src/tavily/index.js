/** The methods of @tavily/core, over the core. */

import { endpoints, segment } from "../calls/call.js";
import { FailedError, UnauthorizedError } from "../errors.js";
import "../calls/loaded.js";
import { settled } from "../place.js";
import { checkOptions } from "../task.js";
import { camel, camelDeep, snake } from "./case.js";

/** How long each endpoint may take where nothing is said, in seconds; a research has no limit of its own. */
const SECONDS = { search: 60, extract: 30, crawl: 150, map: 150 };

/** Endpoints that are told how long they may take. */
const OWN_LIMIT = new Set(["extract", "crawl", "map"]);
const TIMEOUT = { timeout: [(seconds) => typeof seconds === "number", "a number of seconds"] };

/** Options that are said in headers. */
const HEADERS = {
  clientSource: "x-client-source",
  projectId: "x-project-id",
  orgId: "x-tavily-orgid",
  sessionId: "x-session-id",
  humanId: "x-human-id",
  clientName: "x-client-name",
};

/** A client; its methods need no `this`. */
export function tavily(given) {
  const options = checkOptions(given ?? undefined, {});
  const { apiBaseURL, ...rest } = Object.fromEntries(Object.entries(options).filter(([name]) => !(name in HEADERS)));
  const settings = settled("tavily", { baseURL: apiBaseURL, ...rest }, { keyless: true });
  const { ask, stream } = endpoints("tavily", settings);
  const own = said(options);
  const keyless = settings.keyless ? { "x-tavily-access-mode": "keyless" } : undefined;

  /** What is sent for `fields` and options, and how long it may take. */
  const order = (name, fields, options, request) => {
    const { sessionId, humanId, clientName, timeout, ...more } = checkOptions(options, TIMEOUT);
    const headers = { ...keyless, ...own, ...said({ sessionId, humanId, clientName }) };
    const seconds = timeout ?? SECONDS[name];
    const until = { timeout: seconds === undefined ? undefined : seconds * 1000, ...checkOptions(request, {}) };
    const body = { ...fields, ...(OWN_LIMIT.has(name) && { timeout }), ...snake(more) };
    return [{ path: `/${name}`, body, headers }, until];
  };
  const needsKey = (name) => {
    if (settings.keyless) throw new UnauthorizedError(`${name}() needs an API key; without one there are search() and extract().`, { provider: "tavily" });
  };

  return {
    async search(query, options = {}, request) {
      return found(query, await ask(...order("search", { query }, options, request)));
    },

    async searchQNA(query, options = {}, request) {
      needsKey("searchQNA");
      const { searchDepth = "advanced", ...rest } = checkOptions(options, {});
      const reply = await ask(...order("search", { query }, { ...rest, searchDepth, includeAnswer: true }, request));
      return reply.answer;
    },

    async extract(urls, options = {}, request) {
      const [sent, until] = order("extract", { urls }, options, request);
      const { results, failed_results: failed, ...rest } = await ask(sent, until);
      return { ...camel(rest), results: list(results).map(camel), failedResults: list(failed).map(camel) };
    },

    async crawl(url, options = {}, request) {
      needsKey("crawl");
      const [sent, until] = order("crawl", { url }, options, request);
      const { results, ...rest } = await ask(sent, until);
      return { ...camel(rest), results: list(results).map(camel) };
    },

    async map(url, options = {}, request) {
      needsKey("map");
      const { results, ...rest } = await ask(...order("map", { url }, options, request));
      return { ...camel(rest), results: list(results) };
    },

    async research(input, options = {}, request) {
      needsKey("research");
      const [sent, until] = order("research", { input }, options, request);
      const asked = { ...sent, creates: true };
      return sent.body.stream ? stream(asked, until, chunk) : camel(await ask(asked, until));
    },

    async getResearch(requestId, options = {}, request) {
      needsKey("getResearch");
      const query = { include_usage: checkOptions(options, {}).includeUsage };
      const path = `/research/${segment(requestId)}`;
      const reply = await ask({ method: "GET", path, query, headers: { ...own } }, { timeout: 60_000, ...checkOptions(request, {}) });
      // The vendor's client types these names, and hands over those of the API.
      return { ...reply, ...camel(reply) };
    },

    async usage(request) {
      needsKey("usage");
      return camelDeep(await ask({ method: "GET", path: "/usage", headers: { ...own } }, request));
    },
  };
}

/** The same as {@link tavily}, for those who write `new`. */
export class Tavily {
  constructor(options) {
    Object.assign(this, tavily(options));
  }
}

export default tavily;

function said(options) {
  const given = Object.entries(HEADERS).filter(([name]) => options[name] !== undefined);
  return Object.fromEntries(given.map(([name, header]) => [header, options[name]]));
}

function found(query, reply) {
  const { images, results, auto_parameters: chosen, ...rest } = reply;
  const all = { ...camel(rest), query, images: pictures(images), results: list(results).map(hit) };
  return chosen ? { ...all, autoParameters: camel(chosen) } : all;
}

function hit(result) {
  return { ...camel(result), images: pictures(result.images).filter(({ url }) => typeof url === "string" && url.trim() !== "") };
}

/** Pictures are addresses, or addresses with a description. */
function pictures(images) {
  return list(images).map((image) => (typeof image === "string" ? { url: image } : { url: image?.url, description: image?.description }));
}

function list(value) {
  return Array.isArray(value) ? value : [];
}

/** A piece of a research, as the API writes it; the end of the stream is none. */
function chunk({ event, data }) {
  if (typeof data !== "object" || data === null) return undefined;
  const failed = data.error ?? (event === "error" || data.object === "error" ? data : undefined);
  if (failed) throw new FailedError(String(failed.message ?? failed.detail ?? failed), { provider: "tavily" });
  return data;
}
