// The faces of single vendors, against the program that speaks their protocols.

import { collect, equal, ok, rejection } from "./check.mjs";

const KEY = "planted-key-7d1f";
const QUERY = "What does Norway export?";

function exa({ faces, base }) {
  return new faces.exa.Exa({ apiKey: KEY, baseURL: `${base}/local/exa`, dangerouslyAllowBrowser: true });
}

const local = ({ faces, base }) => {
  const tavily = faces.tavily.tavily({ apiKey: KEY, apiBaseURL: `${base}/local/tavily`, dangerouslyAllowBrowser: true });
  const extruct = new faces.extruct.Extruct({ apiKey: KEY, baseURL: `${base}/local/extruct`, dangerouslyAllowBrowser: true });
  return { tavily, extruct };
};

export const vendors = (setting) => ({
  "exa: a search": async () => {
    const { results } = await exa(setting).searchAndContents(QUERY, { numResults: 2, text: true });
    ok(results.length > 0 && results.every(({ url, text }) => url && text), "no results");
  },

  "exa: an answer as it is written": async () => {
    const pieces = await collect(exa(setting).streamAnswer(QUERY));
    ok(pieces.map(({ content }) => content ?? "").join("").length > 20, "no answer");
  },

  "exa: a run with its events, which is left in the middle": async () => {
    const { runs } = exa(setting).agent;
    const seen = [];
    for await (const event of await runs.create({ query: QUERY, effort: "low", stream: true })) if (seen.push(event) === 2) break;
    equal(seen[0].event, "agent_run.created", "the first event");
    const run = await runs.pollUntilFinished(seen[0].data.id, { pollInterval: 100 });
    ok(run.output.text.length > 20, "no text");
  },

  "exa: a refusal has its class": async () => {
    const error = await rejection(exa(setting).agent.runs.get("agent_run_none"));
    ok(error instanceof setting.faces.errors.NotFoundError, `${error?.name}: ${error?.message}`);
    equal(error.code, "RUN_NOT_FOUND", "the code");
  },

  "tavily: a search": async () => {
    const { results, query } = await local(setting).tavily.search(QUERY, { maxResults: 2 });
    equal(query, QUERY, "the query");
    ok(results.length > 0 && results.every(({ url, content }) => url && content), "no results");
  },

  "tavily: a research as it is written": async () => {
    const pieces = await collect(await local(setting).tavily.research(QUERY, { stream: true, model: "mini" }));
    const text = pieces.map((piece) => piece.choices?.[0]?.delta?.content).filter((content) => typeof content === "string").join("");
    ok(text.length > 20, "no text");
  },

  "extruct: a task is made and read": async () => {
    const { extruct } = local(setting);
    const { id } = await extruct.create({ brief: QUERY, depth: "medium" });
    equal((await extruct.get(id)).id, id, "the id");
  },
});
