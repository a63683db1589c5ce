// Against the program: its own runs, and the vendors' protocols that it speaks.

import { ask, told } from "./ask.mjs";
import { collect, equal, ok } from "./check.mjs";

const LOCAL = { provider: "local" };
const QUESTION = "Compare the exports of Norway and Sweden";

/** Every vendor's provider is pointed at the engine on this machine. */
function everyone({ faces, base }) {
  const at = (vendor) => ({ apiKey: "any-key", baseUrl: `${base}/local/${vendor}` });
  const options = { local: { baseUrl: base }, exa: at("exa"), tavily: at("tavily"), extruct: at("extruct") };
  return new faces.index.Fathom({ ...options, dangerouslyAllowBrowser: true });
}

const IMMEDIATE = ["exa-deep-search", "exa-answer"];
const FOLLOWED = ["exa-agent", "exa-research", "exa-research-v0", "tavily", "extruct"];

export const program = (setting) => ({
  "the program: a run is created, told and read": async () => {
    const run = await everyone(setting).runs.create({ question: ask(QUESTION) }, LOCAL);
    const events = told(await collect(run.events()));
    const report = await run.wait();
    const types = events.map((event) => event.type);
    equal(types[0], "run-started", "the first event");
    equal(types.at(-1), "run-ended", "the last event");
    for (const type of ["plan-made", "search-ended", "source-found", "text-delta"]) ok(types.includes(type), `no ${type}`);
    const text = events.filter((event) => event.type === "text-delta").map((event) => event.text).join("");
    equal(text, report.markdown, "the text as it was told");
    ok(report.sources.length > 0 && report.citations.length > 0 && /\[1\]/.test(report.markdown), "no citations");
    equal(told(await collect(run.events())), events, "what a late listener hears");
  },

  "the program: the run stands in the list": async () => {
    const fathom = everyone(setting);
    const question = ask(QUESTION);
    const run = await fathom.runs.create({ question }, LOCAL);
    await run.wait();
    const { job } = run.checkpoint();
    const listed = [];
    for await (const entry of fathom.runs.list(LOCAL)) if (listed.push(entry) > 200 || entry.question === question) break;
    equal(listed.at(-1)?.job, job, "the job in the list");
  },

  "the program: a schema is filled": async () => {
    const outputSchema = { type: "object", properties: { capital: { type: "string" }, population: { type: "integer" } } };
    const run = await everyone(setting).runs.create({ question: "Key figures of Finland", outputSchema }, LOCAL);
    equal((await run.wait()).structured, { capital: "Helsinki", population: 5600000 }, "the value");
  },

  "the program: a run that was cancelled stays so": async () => {
    const run = await everyone(setting).runs.create({ question: ask(QUESTION), effort: "deep" }, LOCAL);
    await run.cancel();
    ok(["cancelled", "completed"].includes(await run.status()), `the run is ${await run.status()}`);
  },

  ...Object.fromEntries(
    [...IMMEDIATE, ...FOLLOWED].map((provider) => [
      `the program as ${provider}: a question ends in a report`,
      async () => {
        const run = await everyone(setting).runs.create({ question: ask(QUESTION) }, { provider });
        const report = await run.wait();
        ok(`${report.markdown}${JSON.stringify(report.structured)}`.length > 60, `a short report: ${report.markdown}`);
        equal(await run.status(), "completed", "the status");
      },
    ]),
  ),
});
