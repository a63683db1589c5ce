// exa-js 1.8.27: research tasks (v0); exa-js 2.23.0: researches (v1).

import { after, before } from "node:test";
import Exa from "exa-js";
import ExaV0 from "exa-js-v0";
import { collect, face, sides } from "./sides.mjs";
import { row } from "./table.mjs";

let v0;
let v1;
before(async () => {
  const { default: Ours } = await face("exa");
  const ours = (base) => new Ours("any key", base).research;
  v0 = await sides("exa", { theirs: (base) => new ExaV0("any key", base).research, ours });
  v1 = await sides("exa", { theirs: (base) => new Exa("any key", base).research, ours });
});
after(() => Promise.all([v0.end(), v1.end()]));

const SPEC = "the specification's input";
const OWN = "a question to the library";
const task = (method, input, call, options) => row(method, input, () => v0, call, { name: "exa-js 1.8.27", ...options });
const research = (method, input, call, options) => row(method, input, () => v1, call, { name: "exa-js 2.23.0", ...options });

const text = (...names) => ({ type: "object", properties: Object.fromEntries(names.map((name) => [name, { type: "string" }])) });
const SPACEX = { instructions: "What is the latest valuation of SpaceX?", output: { schema: text("valuation", "date", "source") } };
const PARIS = { instructions: "Get information about Paris, France", output: { schema: text("name", "population", "founded_date") } };
const MEDITATION = { instructions: "What are the main benefits of meditation?", output: { inferSchema: true } };
const NORWAY = { instructions: "Key figures of Norway", output: { schema: text("capital", "population") } };
const OPEN = { instructions: "Compare the exports of Norway and Sweden" };

/** A task that is over. */
const over = (params) => ({
  prepare: async (client) => {
    const { id } = await client.createTask(params);
    while (!["completed", "failed"].includes((await client.getTask(id)).status));
    return { id };
  },
});
/** A research that is over. */
const ended = (params) => ({
  prepare: async (client) => {
    const { researchId } = await client.create(params);
    await client.pollUntilFinished(researchId, { pollInterval: 20 });
    return { id: researchId };
  },
});
/** How often is asked depends on how fast the answer is there. */
const POLLS = { asks: false };

task("research.createTask", SPEC, (client) => client.createTask(SPACEX));
task("research.createTask", `${SPEC}: the schema left open`, (client) => client.createTask(MEDITATION));
task("research.createTask", `${OWN}, nothing said`, (client) => client.createTask(OPEN));
task("research.getTask", SPEC, (client, { id }) => client.getTask(id), over(SPACEX));
task("research.getTask", OWN, (client, { id }) => client.getTask(id), over(NORWAY));
task("research.getTask", `${OWN}, the schema left open`, (client, { id }) => client.getTask(id), over(OPEN));
task("research.getTask", `${OWN}, as a stream`, async (client, { id }) => collect(await client.getTask(id, { stream: true })), over(NORWAY));
task("research.pollTask", SPEC, async (client) => client.pollTask((await client.createTask(PARIS)).id), POLLS);
task("research.pollTask", OWN, async (client) => client.pollTask((await client.createTask(NORWAY)).id), POLLS);
task("research.listTasks", SPEC, (client) => client.listTasks());
task("research.listTasks", `${SPEC}: ten, and the page after`, async (client) => {
  const page = await client.listTasks({ limit: 10 });
  return page.hasMore ? [page, await client.listTasks({ cursor: page.nextCursor })] : [page];
});
task("research.getTask", "a task that is not there", (client) => client.getTask("00000000-0000-4000-8000-000000000000"), {
  why: { "result.failed.code": "exa-js drops the code of this form of a refusal" },
});

const SCHEMA = { type: "object", properties: { capital: { type: "string" }, population: { type: "integer" } }, required: ["capital"] };
const EXPORTS = { instructions: "Compare the population and the exports of Norway and Sweden" };
const FINLAND = { instructions: "Key figures of Finland", model: "exa-research-pro", outputSchema: SCHEMA };

research("research.create", OWN, (client) => client.create(EXPORTS));
research("research.create", `${OWN}, with a schema`, (client) => client.create(FINLAND));
research("research.get", OWN, (client, { id }) => client.get(id), ended(EXPORTS));
research("research.get", `${OWN}, with its events`, (client, { id }) => client.get(id, { events: true }), ended(FINLAND));
research("research.get", `${OWN}, as a stream`, async (client, { id }) => collect(await client.get(id, { stream: true, events: true })), ended(EXPORTS));
research("research.pollUntilFinished", OWN, async (client) => {
  const { researchId } = await client.create(FINLAND);
  return client.pollUntilFinished(researchId, { pollInterval: 20, events: false });
}, POLLS);
research("research.list", OWN, (client) => client.list({ limit: 3 }));
