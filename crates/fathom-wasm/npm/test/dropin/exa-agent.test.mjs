// exa-js 2.23.0: agent runs.

import { after, before } from "node:test";
import Exa, { AgentRunCancelledError } from "exa-js";
import { collect, face, sides } from "./sides.mjs";
import { row } from "./table.mjs";

let both;
let Ours;
before(async () => {
  Ours = await face("exa");
  const make = { theirs: (base) => new Exa("any key", base), ours: (base) => new Ours.default("any key", base) };
  both = await sides("exa", make, "--workers", "1");
});
after(() => both.end());

const compared = (method, input, call, options) =>
  row(`agent.runs.${method}`, input, () => both, (exa, context) => call(exa.agent.runs, context, exa), { name: "exa-js 2.23.0", ...options });

const OWN = "a question to the library";
const QUERY = "What are the population and the exports of Norway?";
const SCHEMA = { type: "object", properties: { capital: { type: "string" }, population: { type: "integer" } } };
const POLLS = { asks: false };

/** A run that is over. */
const over = (params) => ({
  prepare: async ({ agent: { runs } }) => {
    const { id } = await runs.create(params);
    await runs.pollUntilFinished(id, { pollInterval: 20 });
    return { id };
  },
});
/** A run that waits behind others that need a while. */
const waiting = (params) => ({
  prepare: async ({ agent: { runs } }) => {
    const query = "Compare population, capital and exports of Norway, Sweden and Finland in every respect";
    await Promise.all(Array.from({ length: 20 }, () => runs.create({ query, effort: "xhigh" })));
    return runs.create(params);
  },
});

compared("create", OWN, (runs) => runs.create({ query: QUERY, effort: "low", metadata: { ticket: "T-1" }, systemPrompt: "Be brief." }));
compared("create", `${OWN}, as a stream`, async (runs) => collect(await runs.create({ query: QUERY, stream: true })));
compared("get", OWN, (runs, { id }) => runs.get(id), over({ query: QUERY }));
compared("get", `${OWN}, with a schema`, (runs, { id }) => runs.get(id), over({ query: "Key figures of Finland", outputSchema: SCHEMA }));
compared("pollUntilFinished", OWN, async (runs) => runs.pollUntilFinished((await runs.create({ query: QUERY })).id, { pollInterval: 20 }), POLLS);
compared("createAndWait", `${OWN}, with rows`, (runs) =>
  runs.createAndWait({ query: "Complete these rows", input: { data: [{ name: "Sweden" }] }, outputSchema: SCHEMA }, { pollInterval: 20 }), POLLS);
compared("events.list", OWN, async (runs, { id }) => {
  const first = await runs.events.list(id, { limit: 5 });
  return [first, await runs.events.list(id, { cursor: first.nextCursor })];
}, over({ query: QUERY }));
compared("list", "a page", (runs) => runs.list({ limit: 3 }));
compared("listAll", "pages of four", (runs) => collect(runs.listAll({ limit: 4 })));
compared("getAll", "nothing said", (runs) => runs.getAll());
compared("cancel", "a run that waits", (runs, { id }) => runs.cancel(id), waiting({ query: QUERY }));
compared("stop", "a run that waits", async (runs, { id }) => {
  await runs.stop(id);
  const { status, stopReason } = await runs.pollUntilFinished(id, { pollInterval: 20 });
  return { status, stopReason };
}, { ...waiting({ query: QUERY, effort: "ultra" }), ...POLLS });
compared("delete", "a run that is over", (runs, { id }) => runs.delete(id), over({ query: QUERY }));
compared("get", "a run that is not there", (runs) => runs.get("agent_run_none"));
compared("create", "an effort that is refused", (runs) => runs.create({ query: "x", effort: "enormous" }));
compared("create", "a run to continue that is not there", (runs) => runs.create({ query: "x", previousRunId: "agent_run_none" }));
compared("createAndWait", "a run that is cancelled", async (runs) => {
  const known = new Set((await runs.getAll({ limit: 100 })).map(({ id }) => id));
  const ended = runs.createAndWait({ query: QUERY }, { pollInterval: 20 }).then(
    () => "completed",
    (error) => [error.name, error.run.status, error instanceof AgentRunCancelledError || error instanceof Ours.AgentRunCancelledError],
  );
  for (;;) {
    const [newest] = (await runs.list({ limit: 1 })).data;
    if (known.has(newest.id)) continue;
    await runs.cancel(newest.id);
    return ended;
  }
}, { ...waiting({ query: QUERY }), ...POLLS });
