// Runs from beginning to end, against a program that is made up.

import assert from "node:assert/strict";
import { test } from "node:test";

import { collect, rejection, source, until } from "./support.mjs";
import { EVENTS, REPORT, json, program, stream, upstream, view } from "./upstream.mjs";

const { Fathom, PausedError, CancelledError } = await source("index.js");

const client = (up, more) => new Fathom({ local: { baseUrl: up.base }, ...more });

/** A program whose run goes on until somebody cancels it; its stream stays open. */
function endless() {
  const open = [];
  return Object.assign(
    program((request, response) => {
      if (request.url.endsWith("/cancel")) {
        open.splice(0).forEach((stream) => stream.end());
        return false;
      }
      if (!request.url.endsWith("/events")) return false;
      open.push(response);
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(stream().split("\r\n\r\n").slice(0, 2).join("\r\n\r\n") + "\r\n\r\n");
      return true;
    }),
    { open },
  );
}

test("a question becomes a report", async () => {
  const up = await upstream(program());
  const seen = [];
  const saved = [];
  const run = await client(up).runs.create(
    { question: "How long is the Rhine?", effort: "quick", outputSchema: { type: "object" }, followUpOf: "r0" },
    { token: "token-1", onCheckpoint: (checkpoint) => saved.push(checkpoint) },
  );
  assert.equal(run.job, "r1");
  assert.equal(run.report, undefined);
  const report = await run.wait({ onEvent: (event) => seen.push(event) });
  assert.equal(report.markdown, REPORT.markdown);
  assert.deepEqual(report, run.report);
  assert.equal(await run.status(), "completed");
  assert.deepEqual(JSON.parse(up.requests[0].text), {
    question: "How long is the Rhine?",
    effort: "quick",
    output_schema: { type: "object" },
    follow_up_of: "r0",
    token: "token-1",
  });
  assert.deepEqual(
    seen.filter((event) => event.id).map(({ id, atMs, ...event }) => ({ id, at_ms: atMs, event })),
    EVENTS,
  );
  assert.deepEqual([saved[0].stage, saved[0].job], ["intended", undefined]);
  assert.equal(saved.at(-1).stage, "submitted");
  assert.deepEqual(run.outcome, { type: "completed", report });
});

test("the first checkpoint is stored before the task leaves", async () => {
  const up = await upstream(program());
  let sentBefore;
  await client(up).runs.create("Why?", {
    onCheckpoint: async ({ stage }) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (stage === "intended") sentBefore = up.requests.length;
    },
  });
  assert.equal(sentBefore, 0);
});

test("a checkpoint that cannot be stored keeps the task from leaving", async () => {
  const up = await upstream(program());
  const full = new Error("the disk is full");
  const error = await rejection(client(up).runs.create("Why?", { onCheckpoint: () => Promise.reject(full) }));
  assert.ok(error instanceof PausedError);
  assert.equal(error.cause, full);
  assert.equal(up.requests.length, 0);
});

test("every reader of events gets all of them, also one who comes late", async () => {
  const up = await upstream(program());
  const run = await client(up).runs.create("Why?");
  const readers = await Promise.all([collect(run.events()), collect(run.events())]);
  const late = await collect(run.events());
  assert.deepEqual(readers[0], readers[1]);
  assert.deepEqual(readers[0], late);
  assert.deepEqual(
    late.filter((event) => event.id).map((event) => event.id),
    EVENTS.map((event) => event.id),
  );
});

test("leaving the events does not end the run", async () => {
  const answers = endless();
  const up = await upstream(answers);
  const run = await client(up).runs.create("Why?");
  for await (const event of run.events()) if (event.id === 2) break;
  await until(() => answers.open.every((stream) => stream.destroyed));
  assert.ok(!up.requests.some((request) => request.url.endsWith("/cancel")));
  assert.equal(run.outcome, undefined);
  assert.equal(run.checkpoint().seen, 2);
});

test("a wait that times out leaves a checkpoint, and another process goes on", async () => {
  const up = await upstream(endless());
  const run = await client(up).runs.create("Why?");
  const error = await rejection(run.wait({ timeout: 200 }));
  assert.deepEqual([error.kind, error.code, error.name], ["paused", "timeout", "PausedError"]);
  assert.equal(error.checkpoint.job, "r1");
  assert.ok(!up.requests.some((request) => request.url.endsWith("/cancel")));

  const later = await upstream(program());
  const text = JSON.stringify(error.checkpoint);
  const resumed = await client(later).runs.resume(text);
  assert.equal(later.requests.length, 0);
  const events = await collect(resumed.events());
  assert.deepEqual(
    events.filter((event) => event.id).map((event) => event.id),
    [3, 4, 5],
  );
  assert.equal(resumed.report.markdown, REPORT.markdown);
  assert.ok(!later.requests.some((request) => request.method === "POST"));
});

test("a wait that is aborted rejects with the caller's reason, and the handle can go on", async () => {
  const answers = endless();
  const up = await upstream(answers);
  const run = await client(up).runs.create("Why?");
  for (const reason of ["because", new Error("enough"), undefined]) {
    const controller = new AbortController();
    const waiting = run.wait({ signal: controller.signal, onEvent: (event) => event.id === 2 && controller.abort(reason) });
    const error = await rejection(waiting);
    if (reason === undefined) assert.equal(error.name, "AbortError");
    else assert.equal(error, reason);
    assert.equal(run.checkpoint().job, "r1");
  }
  const error = await rejection(run.wait({ signal: AbortSignal.abort("before") }));
  assert.equal(error, "before");
  const outcome = await run.cancel();
  assert.equal(outcome.type, "cancelled");
  assert.ok((await rejection(run.wait())) instanceof CancelledError);
});

test("cancelling ends the run for everybody who waits", async () => {
  const up = await upstream(endless());
  const run = await client(up).runs.create("Why?");
  const waits = [rejection(run.wait()), run.settle(), collect(run.events())];
  const cancelled = await run.cancel();
  assert.deepEqual(cancelled, { type: "cancelled", report: undefined });
  const [error, settled, events] = await Promise.all(waits);
  assert.equal(error.kind, "cancelled");
  assert.equal(settled, cancelled);
  assert.ok(events.length >= 0);
  assert.deepEqual(await run.cancel(), cancelled);
});

test("an aborted submission is seen through, and its job is kept", async () => {
  let answer;
  const saved = [];
  const up = await upstream(
    program((request, response) => {
      if (request.method !== "POST") return false;
      answer = () => json(response, view("queued"), 202);
      return true;
    }),
  );
  const controller = new AbortController();
  const creating = client(up).runs.create("Why?", {
    signal: controller.signal,
    onCheckpoint: (checkpoint) => saved.push(checkpoint),
  });
  const rejected = rejection(creating);
  await until(() => answer);
  controller.abort("no patience");
  assert.equal(await rejected, "no patience");
  answer();
  await until(() => saved.at(-1)?.job === "r1");
  assert.equal(up.requests.filter((request) => request.method === "POST").length, 1);
});

test("jobs are listed page by page, and a page that leads to itself ends the list", async () => {
  const up = await upstream((request, response) => {
    const next = request.url.includes("cursor=") ? "c1" : "c1";
    json(response, { runs: [view("completed"), { ...view("queued"), id: "r2" }], next_cursor: next });
  });
  const jobs = await collect(client(up).runs.list());
  assert.deepEqual(
    jobs.map(({ provider, job }) => `${provider}/${job}`),
    ["local/r1", "local/r2", "local/r1", "local/r2"],
  );
  assert.equal(up.requests.length, 2);
  const list = client(up).runs.list();
  await list.next();
  await list.return();
});

test("a job that was begun elsewhere is taken over", async () => {
  const up = await upstream(program());
  const run = await client(up).runs.adopt("r1");
  assert.equal((await run.wait()).markdown, REPORT.markdown);
  assert.equal((await rejection(client(up).runs.adopt("no job at all"))).field, "job");
});

test("the state of a run is asked for when nobody follows it", async () => {
  const up = await upstream(program());
  const { checkpoint } = await rejection(
    (await client(up).runs.create("Why?")).wait({ timeout: 0 }),
  );
  const later = await upstream(program());
  const run = await client(later).runs.resume(checkpoint);
  assert.equal(await run.status(), "completed");
  assert.deepEqual(later.requests.map((request) => request.url), ["/api/v1/runs/r1"]);
});

test("what a provider is and would refuse is known without a request", async () => {
  const up = await upstream(program());
  const fathom = client(up);
  const all = await fathom.providers();
  assert.deepEqual(all.find((info) => info.id === "local").capabilities.followUp, true);
  assert.ok(all.every((info) => info.vendor && info.capabilities && Array.isArray(info.options)));
  all.length = 0;
  assert.ok((await fathom.providers()).length > 0);
  assert.deepEqual(await fathom.check("Why?"), []);
  const refused = await rejection(fathom.check({ question: "Why?", outputSchema: {}, rows: [{}] }));
  assert.equal(refused.kind, "invalid-task");
  assert.equal(up.requests.length, 0);
});

test("a closed client ends all waiting and begins nothing", async () => {
  const up = await upstream(endless());
  const fathom = client(up);
  const run = await fathom.runs.create("Why?");
  const waiting = rejection(run.wait());
  await fathom.close();
  const error = await waiting;
  assert.deepEqual([error.kind, error.cause.code, error.checkpoint.job], ["paused", "closed", "r1"]);
  const calls = [
    fathom.runs.create("Why?"),
    fathom.runs.resume(error.checkpoint),
    fathom.runs.list().next(),
    fathom.providers(),
    fathom.check("Why?"),
    run.wait(),
    collect(run.events()),
    run.cancel(),
  ];
  for (const call of calls) assert.deepEqual((await rejection(call)).toJSON().code, "closed");
  await fathom.close();
});

test("a client is closed at the end of its block, and a changed one is another", async () => {
  const up = await upstream(program());
  const fathom = client(up);
  const kept = fathom.withOptions({ maxRetries: 1 });
  await (await fathom.runs.create("Why?")).wait();
  await fathom[Symbol.asyncDispose]();
  assert.equal((await rejection(fathom.providers())).code, "closed");
  assert.equal((await (await kept.runs.create("Why?")).wait()).markdown, REPORT.markdown);
});

test("many runs at once all finish", async () => {
  const up = await upstream(program());
  const fathom = client(up);
  const reports = await Promise.all(
    Array.from({ length: 100 }, async (_, place) => (await fathom.runs.create(`Question ${place}?`)).wait()),
  );
  assert.ok(reports.every((report) => report.markdown === REPORT.markdown));
});
