// One poll of a job that is done, by each of those that are compared. Each sees the job's report in the end.

import Exa from "exa-js";
import { Fathom } from "fathom-research";
import { Exa as OurExa } from "fathom-research/exa";

/** Bare fetch and JSON: no client can do with less. */
const bare = (base) => async (bytes) => (await (await fetch(`${base}/agent/runs/${bytes}`, { headers: { "x-api-key": "key" } })).json()).output.text;

const exaJs = (base) => {
  const exa = new Exa("key", base);
  return async (bytes) => (await exa.agent.runs.get(`${bytes}`)).output.text;
};

const ourExa = (base) => {
  const exa = new OurExa("key", base);
  return async (bytes) => (await exa.agent.runs.get(`${bytes}`)).output.text;
};

/** A run that is taken up, polled once and read into a report with sources and citations. */
const ours = (base) => {
  const fathom = new Fathom({ tavily: { apiKey: "key", baseUrl: base }, dangerouslyAllowBrowser: true });
  const checkpoint = (bytes) => ({ provider: "tavily", task: { question: "What does Norway export?" }, token: "t", stage: "submitted", job: `${bytes}` });
  return async (bytes) => (await (await fathom.runs.resume(checkpoint(bytes))).wait()).markdown;
};

/** By name, in the order of the table; the first is what the others are compared with. */
export const polls = (base) => ({
  "fetch + json": bare(base),
  "exa-js": exaJs(base),
  "fathom-research/exa": ourExa(base),
  "fathom-research": ours(base),
});
