// exa-js 2.23.0: exa.research (v1); exa-js 1.8.27: exa.research (v0).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import Exa, { ExaError } from "exa-js";
import ExaV0, { ExaError as ExaErrorV0 } from "exa-js-v0";
import { KEY, collect, start } from "./support.mjs";

let program, v1, v0;
before(async () => {
  program = await start();
  v1 = new Exa(KEY, `${program.base}/local/exa`).research;
  v0 = new ExaV0(KEY, `${program.base}/local/exa`).research;
});
after(() => program.end());

const INSTRUCTIONS = "Compare the population and the exports of Norway and Sweden";
const FAST = { pollInterval: 20 };
const SCHEMA = {
  type: "object",
  properties: { capital: { type: "string" }, population: { type: "integer" } },
  required: ["capital"],
};

test("v1: a research is created, polled and read", async () => {
  const created = await v1.create({ instructions: INSTRUCTIONS });
  assert.match(created.researchId, /^[0-9a-z]{26}$/);
  assert.equal(created.status, "pending");
  assert.equal(created.model, "exa-research-fast");
  assert.ok(Math.abs(created.createdAt - Date.now()) < 60_000);
  const research = await v1.pollUntilFinished(created.researchId, FAST);
  assert.equal(research.status, "completed");
  assert.match(research.output.content, /5,500,000.* \(\[Norway\]\(https:\/\/example\.org\/countries\/norway\)\)/);
  assert.equal(research.output.parsed, undefined);
  assert.equal(research.events, undefined);
  const { costDollars } = research;
  assert.equal(costDollars.total, 0);
  assert.ok(costDollars.numSearches > 0 && costDollars.numPages > 0);
  assert.equal(costDollars.reasoningTokens, 0);
  assert.ok(research.finishedAt >= research.createdAt);
  assert.deepEqual(await v1.get(created.researchId), research);
});

test("v1: a schema gives text and a parsed value", async () => {
  const created = await v1.create({ instructions: "Key figures of Finland", model: "exa-research-pro", outputSchema: SCHEMA });
  assert.deepEqual(created.outputSchema, SCHEMA);
  const research = await v1.pollUntilFinished(created.researchId, FAST);
  assert.deepEqual(research.output.parsed, { capital: "Helsinki", population: 5600000 });
  assert.deepEqual(JSON.parse(research.output.content), research.output.parsed);
  const impossible = { type: "object", properties: { anthem: { type: "string" } }, required: ["anthem"] };
  const other = await v1.create({ instructions: "The anthem of Finland", outputSchema: impossible });
  const unfit = await v1.pollUntilFinished(other.researchId, FAST);
  assert.equal(unfit.output.parsed, undefined, "a value that does not fit is not parsed");
  assert.deepEqual(JSON.parse(unfit.output.content), { anthem: null });
});

const KINDS = [
  "research-definition", "plan-definition", "plan-operation", "plan-output", "task-definition", "task-operation",
  "task-output", "research-output",
];

test("v1: the log holds every kind of event, and the stream the same", async () => {
  const { researchId } = await v1.create({ instructions: INSTRUCTIONS, model: "exa-research" });
  const streamed = await collect(await v1.get(researchId, { stream: true }));
  const research = await v1.get(researchId, { events: true });
  assert.deepEqual(research.events, streamed);
  const kinds = new Set(streamed.map((event) => event.eventType));
  assert.deepEqual([...kinds].sort(), [...KINDS].sort());
  assert.equal(streamed[0].eventType, "research-definition");
  assert.equal(streamed[0].instructions, INSTRUCTIONS);
  assert.equal(streamed.at(-1).eventType, "research-output");
  assert.equal(streamed.at(-1).output.content, research.output.content);
  assert.deepEqual(streamed.at(-1).output.costDollars, research.costDollars);
  assert.ok(streamed.every((event) => event.researchId === researchId && event.createdAt >= research.createdAt));
  const tasks = streamed.find((event) => event.eventType === "plan-output").output.tasksInstructions;
  assert.deepEqual(tasks, streamed.filter((event) => event.eventType === "task-definition").map((event) => event.instructions));
  const operations = streamed.filter((event) => event.data).map((event) => event.data);
  for (const type of ["think", "search", "crawl"]) assert.ok(operations.some((data) => data.type === type), type);
  const searches = operations.filter((data) => data.type === "search");
  assert.equal(searches.length, research.costDollars.numSearches);
  assert.ok(searches.some((search) => search.results.some((page) => page.url === "https://example.org/countries/norway")));
  const outputs = streamed.filter((event) => event.eventType === "task-output");
  assert.equal(outputs.length, tasks.length);
  assert.ok(outputs.some((event) => /natural gas/.test(event.output.content)));
  const again = await collect(await v1.get(researchId, { stream: true, events: true }));
  assert.deepEqual(again, streamed, "a stream of an ended research replays it");
});

test("v1: researches are listed in pages", async () => {
  const all = [];
  let cursor;
  do {
    const page = await v1.list({ limit: 2, cursor });
    assert.ok("nextCursor" in page);
    all.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor);
  assert.ok(all.length >= 4);
  assert.equal(new Set(all.map((research) => research.researchId)).size, all.length);
});

test("v1: what cannot be taken is refused", async () => {
  const deep = Array.from({ length: 6 }).reduce((inner) => ({ type: "object", properties: { a: inner } }), { type: "string" });
  const wide = { type: "object", properties: Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`f${n}`, { type: "string" }])) };
  for (const [params, status] of [
    [{ instructions: "" }, 400],
    [{}, 400],
    [{ instructions: "x".repeat(4097) }, 400],
    [{ instructions: "x", model: "gpt" }, 400],
    [{ instructions: "x", outputSchema: { type: "nonsense" } }, 400],
    [{ instructions: "x", outputSchema: deep }, 400],
    [{ instructions: "x", outputSchema: wide }, 400],
  ]) {
    const error = await v1.create(params).then(() => assert.fail(), (error) => error);
    assert.ok(error instanceof ExaError && error.statusCode === status && error.requestId, JSON.stringify(params));
  }
  const gone = await v1.get("none").then(() => assert.fail(), (error) => error);
  assert.deepEqual([gone.statusCode, gone.path], [404, "/research/v1/none"]);
  await assert.rejects(v1.pollUntilFinished("none", { pollInterval: 1 }), /Polling failed 5 times/);
  assert.deepEqual(await collect(await v1.get("none", { stream: true })), [], "this client reads no error in a stream");
});

test("v0: a task with a schema gives data and citations by root field", async () => {
  const { id } = await v0.createTask({ instructions: "Key figures of Sweden", output: { schema: SCHEMA } });
  assert.match(id, /^[0-9a-f-]{36}$/);
  const task = await v0.pollTask(id);
  assert.equal(task.status, "completed");
  assert.equal(task.instructions, "Key figures of Sweden");
  assert.deepEqual(task.schema, SCHEMA);
  assert.deepEqual(task.data, { capital: "Stockholm", population: 10600000 });
  const [page] = task.citations.capital;
  assert.equal(page.url, "https://example.org/countries/sweden");
  assert.equal(page.id, page.url);
  assert.equal(page.title, "Sweden");
  assert.match(page.snippet, /Stockholm/);
  assert.deepEqual(await v0.getTask(id), task);
});

test("v0: without a schema one is made up", async () => {
  const { id } = await v0.createTask({ instructions: INSTRUCTIONS });
  const task = await v0.pollTask(id);
  const fields = Object.keys(task.schema.properties);
  assert.deepEqual(Object.keys(task.data), fields);
  assert.deepEqual(Object.keys(task.citations).sort(), [...fields].sort());
  assert.ok(Object.values(task.data).some((text) => /5,500,000/.test(text)));
  assert.ok(Object.values(task.data).every((text) => !/\[\d+\]|\*\*/.test(text)));
  assert.ok(Object.values(task.citations).flat().some((page) => page.url.endsWith("/norway")));
});

test("v0: a task can be followed as a stream that ends with it", async () => {
  const { id } = await v0.createTask({ instructions: "What does Finland export?", model: "exa-research-pro" });
  const events = await collect(await v0.getTask(id, { stream: true }));
  assert.deepEqual(events.at(-1).task, await v0.getTask(id));
  assert.ok(events.some((event) => event.eventType === "task-operation"));
});

test("v0: tasks are listed in pages, and only those of v0", async () => {
  const first = await v0.listTasks({ limit: 2 });
  assert.equal(first.data.length, 2);
  assert.equal(first.hasMore, true);
  const next = await v0.listTasks({ limit: 200, cursor: first.nextCursor });
  assert.ok(next.data.length >= 1 && next.hasMore === false && next.nextCursor === null);
  assert.ok([...first.data, ...next.data].every((task) => /^[0-9a-f-]{36}$/.test(task.id)));
});

test("v0: what cannot be taken is refused", async () => {
  for (const params of [{ instructions: "" }, { instructions: "x", output: { schema: { type: "nonsense" } } }]) {
    await assert.rejects(v0.createTask(params), (error) => error instanceof ExaErrorV0 && error.statusCode === 400);
  }
  await assert.rejects(v0.getTask("none"), (error) => error.statusCode === 404);
});
