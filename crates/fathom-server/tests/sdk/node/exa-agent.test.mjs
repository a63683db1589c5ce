// exa-js 2.23.0: exa.agent.runs and exa.beta.agent.runs.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import Exa, { AgentRunCancelledError, ExaError } from "exa-js";
import { z } from "zod";
import { KEY, collect, start } from "./support.mjs";

let program, exa, runs;
before(async () => {
  program = await start("--workers", "1");
  exa = new Exa(KEY, `${program.base}/local/exa`);
  runs = exa.agent.runs;
});
after(() => program.end());

const QUERY = "What are the population and the exports of Norway?";
const FAST = { pollInterval: 20 };
const SCHEMA = {
  type: "object",
  properties: {
    countries: {
      type: "array",
      items: {
        type: "object",
        properties: { name: { type: "string" }, population: { type: "integer" }, capital: { type: "string" } },
      },
    },
  },
};

async function failure(promise) {
  const error = await promise.then(() => assert.fail("was not refused"), (error) => error);
  assert.ok(error instanceof ExaError, `${error}`);
  return error;
}

test("a run is created, polled and read", async () => {
  const created = await runs.create({ query: QUERY, effort: "low", metadata: { ticket: "T-1" }, systemPrompt: "Be brief." });
  assert.match(created.id, /^agent_run_[0-9a-z]{26}$/);
  assert.equal(created.object, "agent_run");
  assert.equal(created.status, "queued");
  assert.equal(created.stopReason, null);
  assert.equal(created.completedAt, null);
  assert.deepEqual(created.output, { text: "", structured: null, grounding: [] });
  assert.equal(created.request.query, QUERY);
  assert.deepEqual(created.request.metadata, { ticket: "T-1" });
  const run = await runs.pollUntilFinished(created.id, FAST);
  assert.equal(run.status, "completed");
  assert.equal(run.stopReason, "schema_satisfied");
  assert.match(run.output.text, /5,500,000/);
  assert.match(run.output.text, /natural gas/);
  assert.deepEqual(run.output.grounding[0].field, "text");
  assert.equal(run.output.grounding[0].citations[0].url, "https://example.org/countries/norway");
  assert.equal(run.costDollars.total, 0);
  assert.ok(run.usage.searches > 0);
  assert.ok(run.completedAt >= run.createdAt);
  assert.equal(run.request.systemPrompt, "Be brief.");
  assert.deepEqual(await runs.get(created.id), run);
});

test("createAndWait fills a schema, and every field names its page", async () => {
  const run = await runs.createAndWait({ query: "Compare Norway and Sweden", outputSchema: SCHEMA }, FAST);
  assert.deepEqual(run.output.structured, {
    countries: [
      { name: "Norway", population: 5500000, capital: "Oslo" },
      { name: "Sweden", population: 10600000, capital: "Stockholm" },
    ],
  });
  const grounded = run.output.grounding.find((entry) => entry.field === "structured.countries[1].population");
  assert.equal(grounded.citations[0].url, "https://example.org/countries/sweden");
  assert.equal(grounded.citations[0].title, "Sweden");
  assert.ok(["low", "medium", "high"].includes(grounded.confidence));
  assert.equal(run.request.effort, "auto");
});

test("a zod schema works as well", async () => {
  const outputSchema = z.object({ capital: z.string(), population: z.number().int() });
  const run = await runs.createAndWait({ query: "Key figures of Finland", outputSchema }, FAST);
  assert.deepEqual(run.output.structured, { capital: "Helsinki", population: 5600000 });
});

test("rows are completed and exclusions are left out", async () => {
  const input = { data: [{ name: "Sweden", code: "se" }, { name: "Finland", code: "fi" }] };
  const outputSchema = structuredClone(SCHEMA);
  outputSchema.properties.countries.items.properties.code = { type: "string" };
  const run = await runs.createAndWait({ query: "Complete these rows", input, outputSchema }, FAST);
  assert.deepEqual(run.output.structured.countries, [
    { name: "Sweden", population: 10600000, capital: "Stockholm", code: "se" },
    { name: "Finland", population: 5600000, capital: "Helsinki", code: "fi" },
  ]);
  assert.deepEqual(run.request.input, input);
  const addresses = { data: [{ site: "https://example.org/countries/norway" }, { site: "https://nobody.example" }] };
  const sites = await runs.createAndWait({ query: "Complete these rows", input: addresses, outputSchema: SCHEMA }, FAST);
  const [known, unknown] = sites.output.structured.countries;
  assert.deepEqual(known, { name: "Norway", population: 5500000, capital: "Oslo" });
  assert.deepEqual(unknown, {}, "nothing is found about what nobody can name");
  const exclusion = [{ name: "Norway" }, { url: "https://example.org/countries/finland" }];
  const query = "Compare the exports of Norway, Sweden and Finland";
  const less = await runs.createAndWait({ query, input: { exclusion }, outputSchema: SCHEMA }, FAST);
  assert.deepEqual(less.output.structured.countries.map((country) => country.name), ["Sweden"]);
  assert.doesNotMatch(less.output.text, /natural gas/);
  assert.doesNotMatch(less.output.text, /flat-rolled steel/);
});

test("a stream tells the run from its creation to its end", async () => {
  const events = await collect(await runs.create({ query: QUERY, stream: true }));
  const names = events.map((event) => event.event);
  assert.deepEqual(names.slice(0, 2), ["agent_run.created", "agent_run.started"]);
  assert.equal(names.at(-1), "agent_run.completed");
  assert.ok(names.includes("agent_run.output_item.added") && names.includes("agent_run.output_item.done"));
  assert.ok(names.includes("agent_run.source.added") && names.includes("agent_run.search_trace"));
  const ids = events.map((event) => Number(event.id));
  assert.deepEqual(ids, [...new Set(ids)].sort((a, b) => a - b));
  const { id } = events[0].data;
  assert.deepEqual(events.at(-1).data, await runs.get(id));
  // The same is stored, in pages.
  const stored = [];
  let cursor;
  do {
    const page = await runs.events.list(id, { limit: 5, cursor });
    assert.equal(page.object, "list");
    assert.ok(page.data.length <= 5);
    stored.push(...page.data);
    cursor = page.nextCursor;
    assert.equal(page.hasMore, cursor !== null);
  } while (cursor);
  assert.deepEqual(stored.map(({ id, event, data }) => ({ id, event, data })), events);
  assert.ok(stored.every((event) => !Number.isNaN(Date.parse(event.createdAt))));
});

test("stored events are replayed after the last one seen", async () => {
  const run = await runs.createAndWait({ query: QUERY }, FAST);
  const replay = async (headers) => {
    const response = await fetch(`${program.base}/local/exa/agent/runs/${run.id}/events`, {
      headers: { accept: "text/event-stream", ...headers },
    });
    assert.equal(response.headers.get("content-type"), "text/event-stream");
    return (await response.text()).split("\n\n").slice(0, -1);
  };
  const all = await replay({});
  assert.match(all[0], /^id: 0\nevent: agent_run\.created\ndata: \{.*\}$/);
  const third = all[2].match(/^id: (\d+)/)[1];
  assert.deepEqual(await replay({ "last-event-id": third }), all.slice(3));
});

test("runs are listed newest first in pages, and only agent runs", async () => {
  await exa.research.create({ instructions: "What does Norway export?" });
  const all = await runs.getAll({ limit: 2 });
  assert.ok(all.length >= 5);
  assert.ok(all.every((run) => run.id.startsWith("agent_run_")));
  const times = all.map((run) => run.createdAt);
  assert.deepEqual(times, [...times].sort().reverse());
  assert.deepEqual(await collect(runs.listAll({ limit: 3 })), all);
  const page = await runs.list({ limit: 1 });
  assert.equal(page.data.length, 1);
  assert.equal(page.hasMore, true);
  assert.deepEqual(page.data[0], all[0]);
});

/** Keeps the only worker busy with runs that need a while, so that what comes next waits. */
async function keepBusy() {
  const query = "Compare population, capital and exports of Norway, Sweden and Finland in every respect";
  return Promise.all(Array.from({ length: 30 }, () => runs.create({ query, effort: "xhigh" })));
}

test("a waiting run can be cancelled", async () => {
  await keepBusy();
  const created = await runs.create({ query: QUERY });
  const cancelled = await runs.cancel(created.id);
  assert.equal(cancelled.status, "cancelled");
  assert.equal(cancelled.stopReason, "cancelled");
  assert.deepEqual(await runs.cancel(created.id), cancelled, "a second time changes nothing");
  const known = new Set((await runs.getAll({ limit: 100 })).map((run) => run.id));
  const rejected = assert.rejects(runs.createAndWait({ query: QUERY }, FAST), AgentRunCancelledError);
  let newest;
  do [newest] = (await runs.list({ limit: 1 })).data;
  while (known.has(newest.id));
  await runs.cancel(newest.id);
  await rejected;
});

test("an ultra run that is stopped completes with what there is", async () => {
  await keepBusy();
  const created = await runs.create({ query: QUERY, effort: "ultra", budget: { maxCostDollars: 5, maxDurationSeconds: 600 } });
  await runs.stop(created.id);
  const run = await runs.pollUntilFinished(created.id, FAST);
  assert.equal(run.status, "completed");
  assert.equal(run.stopReason, "stopped");
  assert.deepEqual(await exa.beta.agent.runs.stop(created.id), run);
  const other = await runs.create({ query: QUERY, effort: "low" });
  assert.equal((await failure(runs.stop(other.id))).code, "INVALID_REQUEST");
});

test("a run can be continued once it has completed", async () => {
  const first = await runs.createAndWait({ query: "What is the population of Norway?" }, FAST);
  const next = await runs.createAndWait({ query: "And of Sweden?", previousRunId: first.id }, FAST);
  assert.match(next.output.text, /10,600,000/);
  assert.equal(next.request.previousRunId, first.id);
  await keepBusy();
  const waiting = await runs.create({ query: QUERY });
  const early = await failure(runs.create({ query: "More?", previousRunId: waiting.id }));
  assert.deepEqual([early.statusCode, early.code], [400, "PREVIOUS_RUN_NOT_COMPLETED"]);
  const none = await failure(runs.create({ query: "More?", previousRunId: "agent_run_none" }));
  assert.deepEqual([none.statusCode, none.code], [404, "PREVIOUS_RUN_NOT_FOUND"]);
});

test("a deleted run is gone", async () => {
  const run = await runs.createAndWait({ query: QUERY }, FAST);
  assert.deepEqual(await runs.delete(run.id), { id: run.id, object: "agent_run.deleted", deleted: true });
  const gone = await failure(runs.get(run.id));
  assert.deepEqual([gone.statusCode, gone.type, gone.code], [404, "NOT_FOUND", "RUN_NOT_FOUND"]);
  assert.ok(!(await runs.getAll()).some((other) => other.id === run.id));
});

test("what cannot be taken is refused with the agent's codes", async () => {
  for (const [params, code, path] of [
    [{ query: "" }, "INVALID_REQUEST", "query"],
    [{}, "INVALID_REQUEST", "query"],
    [{ query: "x", effort: "enormous" }, "INVALID_REQUEST", "effort"],
    [{ query: "x", outputSchema: { type: "nonsense" } }, "INVALID_OUTPUT_SCHEMA", "outputSchema"],
    [{ query: "x", outputSchema: { $ref: "https://evil.example/s.json" } }, "INVALID_OUTPUT_SCHEMA", "outputSchema"],
    [{ query: "x", budget: { maxCostDollars: 500 } }, "INVALID_REQUEST", "maxCostDollars"],
    [{ query: "x", effort: "low", budget: { maxCostDollars: 5 } }, "INVALID_REQUEST", "budget.maxCostDollars"],
    [{ query: "x", effort: "high", budget: { maxDurationSeconds: 600 } }, "INVALID_REQUEST", "budget.maxDurationSeconds"],
    [{ query: "x", dataSources: Array(6).fill({ provider: "fiber" }) }, "INVALID_DATA_SOURCE", "dataSources"],
    [{ query: "x", input: { data: [1] } }, "INVALID_REQUEST", "data"],
  ]) {
    const error = await failure(runs.create(params));
    assert.deepEqual([error.statusCode, error.type, error.code], [400, "INVALID_REQUEST", code], JSON.stringify(params));
    assert.ok(error.message.length > 10);
    const stream = await failure(runs.create({ ...params, stream: true }));
    assert.equal(stream.statusCode, 400);
    assert.equal(JSON.parse(stream.message).error.path, path);
  }
  assert.equal((await failure(runs.list({ limit: 101 }))).code, "INVALID_REQUEST");
  for (const call of [runs.get, runs.cancel, runs.stop, runs.delete, runs.events.list]) {
    const owner = call === runs.events.list ? runs.events : runs;
    assert.equal((await failure(call.call(owner, "agent_run_none"))).code, "RUN_NOT_FOUND");
  }
});

test("the beta face does the same, with or without betas", async () => {
  const beta = exa.beta.agent.runs;
  const betas = ["agent-2026-05-07"];
  const created = await beta.create({ query: QUERY, betas });
  const run = await beta.pollUntilFinished(created.id, { betas, ...FAST });
  assert.deepEqual(await beta.get(created.id, { betas }), run);
  assert.equal((await beta.createAndWait({ query: QUERY, betas }, FAST)).status, "completed");
  assert.equal((await collect(await beta.create({ query: QUERY, betas, stream: true }))).at(-1).event, "agent_run.completed");
  assert.ok((await beta.list({ betas, limit: 1 })).data.length === 1);
  assert.ok((await beta.getAll({ betas })).length > 1);
  assert.ok((await collect(beta.listAll({ betas }))).length > 1);
  assert.ok((await beta.events.list(run.id, { betas })).data.length > 1);
  assert.equal((await beta.cancel(run.id, { betas })).status, "completed", "an ended run stays as it is");
  assert.equal((await beta.delete(run.id, { betas })).deleted, true);
});
