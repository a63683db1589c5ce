// Whatever comes in: a typed rejection, in time, and the next call works.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { inspect } from "node:util";

import { rejection, source } from "./support.mjs";
import { REPORT, json, program, upstream, view } from "./upstream.mjs";

const { Fathom, isFathomError } = await source("index.js");

const KEY = "key-that-nobody-may-see";
const faults = [];
process.on("uncaughtException", (error) => faults.push(error));
process.on("unhandledRejection", (error) => faults.push(error));
afterEach(() => assert.deepEqual(faults.splice(0), []));

/** The next call works. */
async function works(up, more) {
  const run = await new Fathom({ local: { baseUrl: up.base }, ...more }).runs.create("Why?");
  assert.equal((await run.wait({ timeout: 20_000 })).markdown, REPORT.markdown);
}

test("settings of the wrong type are refused with their name", () => {
  for (const [settings, field] of [
    ["text", "options"],
    [[], "options"],
    [{ exa: "key" }, "exa"],
    [{ exa: { apiKey: 7 } }, "exa"],
    [{ exa: { key: KEY } }, "exa"],
    [{ fetch: "fetch" }, "fetch"],
    [{ timeout: "soon" }, "timeout"],
    [{ timeout: Number.NaN }, "timeout"],
    [{ maxRetries: -1 }, "maxRetries"],
    [{ logger: console.log }, "logger"],
    [{ gateway: {} }, "gateway.baseUrl"],
    [{ dangerouslyAllowBrowser: 1 }, "dangerouslyAllowBrowser"],
    [{ apiKey: KEY }, "apiKey"],
  ]) {
    assert.throws(() => new Fathom(settings), { name: "InvalidTaskError", kind: "invalid-task", field });
  }
});

test("tasks and options of the wrong type are refused with their name", async () => {
  const up = await upstream(program());
  const { runs } = new Fathom({ local: { baseUrl: up.base } });
  const circle = {};
  circle.self = circle;
  for (const [task, field] of [
    [undefined, "task"],
    [7, "task"],
    [[], "task"],
    ["", "question"],
    [{}, "question"],
    [{ question: 7 }, "question"],
    [{ question: "Why?", effort: "huge" }, "effort"],
    [{ question: "Why?", outputSchema: "{}" }, "outputSchema"],
    [{ question: "Why?", output_schema: {} }, "output_schema"],
    [{ question: "Why?", include: "a" }, "include"],
    [{ question: "Why?", metadata: { a: 1 } }, "metadata"],
    [{ question: "Why?", options: circle }, "task"],
    [{ question: "Why?", options: { big: 1n } }, "task"],
  ]) {
    const error = await rejection(runs.create(task));
    assert.deepEqual([error.kind, error.field], ["invalid-task", field]);
  }
  for (const [options, field] of [
    ["local", "options"],
    [{ provider: 7 }, "provider"],
    [{ provider: "nobody" }, "provider"],
    [{ signal: "stop" }, "signal"],
    [{ timeout: -1 }, "timeout"],
    [{ token: "x".repeat(129) }, "token"],
    [{ onCheckpoint: true }, "onCheckpoint"],
  ]) {
    const error = await rejection(runs.create("Why?", options));
    assert.deepEqual([error.kind, error.field], ["invalid-task", field]);
  }
  for (const checkpoint of [undefined, 7, "", "{}", {}, { provider: "local", stage: "intended", task: null }]) {
    const run = await runs.resume(checkpoint).catch((error) => error);
    const error = isFathomError(run) ? run : await rejection(run.wait());
    assert.equal(error.kind, "invalid-task");
  }
  assert.equal(up.requests.length, 0);
  await works(up);
});

test("a key with a line break is refused before anything is sent, and not shown", async () => {
  const up = await upstream(program());
  const fathom = new Fathom({ exa: { apiKey: `${KEY}\n`, baseUrl: up.base }, local: { baseUrl: up.base, token: `${KEY}\r\n` } });
  for (const provider of ["exa-agent", "local"]) {
    const error = await rejection(fathom.runs.create("Why?", { provider }));
    assert.equal(error.kind, "unauthorized");
    assert.ok(!inspect(error, { depth: 9, showHidden: true }).includes(KEY));
  }
  assert.equal(up.requests.length, 0);
  await works(up);
});

test("a key is nowhere to be seen", async () => {
  const up = await upstream((request, response) => json(response, { error: `bad key ${KEY}` }, 401));
  const lines = [];
  const note = (line) => lines.push(line);
  const fathom = new Fathom({
    exa: { apiKey: KEY, baseUrl: up.base },
    logger: { debug: note, info: note, warn: note, error: note },
  });
  const error = await rejection(fathom.runs.create("Why?", { provider: "exa-agent" }));
  assert.equal(error.kind, "unauthorized");
  const shown = [error, error.cause, error.toJSON(), JSON.stringify(error), error.stack, fathom, fathom.runs, lines];
  for (const thing of shown) assert.ok(!inspect(thing, { depth: 9, showHidden: true }).includes(KEY));
  assert.ok(lines.length > 0);
});

test("an abort with text, and a rejection that is no error, are taken as they are", async () => {
  const up = await upstream(program());
  for (const reason of ["text", null, undefined, 7, { toString: null }]) {
    const fathom = new Fathom({ local: { baseUrl: up.base }, fetch: () => Promise.reject(reason), maxRetries: 0 });
    const error = await rejection(fathom.runs.create("Why?", { timeout: 5_000 }));
    assert.equal(error.kind, "paused");
    assert.equal(error.cause.kind, "unreachable");
  }
  const thrower = () => {
    throw new Error("no network here");
  };
  const error = await rejection(
    new Fathom({ local: { baseUrl: up.base }, fetch: thrower, maxRetries: 0 }).runs.create("Why?"),
  );
  assert.equal(error.cause.kind, "unreachable");
  await works(up);
});

test("a response of another realm, or of another making, is read as well as it can be", async () => {
  const up = await upstream(program());
  const { runInNewContext } = await import("node:vm");
  const own = async (url, init) => {
    const response = await fetch(url, init);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const foreign = runInNewContext("Uint8Array.from(bytes)", { bytes });
    return { status: response.status, headers: response.headers, body: { [Symbol.asyncIterator]: async function* () { yield foreign; } } };
  };
  await works(up, { fetch: own });
  const plain = async (url, init) => {
    const response = await fetch(url, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text: async () => text };
  };
  await works(up, { fetch: plain });
  for (const strange of [undefined, null, 7, {}, { status: "200" }, { status: 200, headers: { forEach: 7 } }, { status: 99 }]) {
    const fathom = new Fathom({ local: { baseUrl: up.base }, fetch: async () => strange, maxRetries: 0 });
    const error = await rejection(fathom.runs.create("Why?", { timeout: 5_000 }));
    assert.ok(["paused", "malformed"].includes(error.kind), error.kind);
  }
  await works(up);
});

test("a fetch that never answers ends with the time to wait", async () => {
  const up = await upstream(program());
  const never = () => new Promise(() => {});
  const begun = Date.now();
  const slow = new Fathom({ local: { baseUrl: up.base }, fetch: never });
  const error = await rejection(slow.runs.create("Why?", { timeout: 100 }));
  assert.deepEqual([error.kind, error.code], ["paused", "timeout"]);
  assert.equal(error.checkpoint.stage, "intended");
  const impatient = new Fathom({ local: { baseUrl: up.base }, fetch: never, timeout: 50, maxRetries: 0 });
  assert.equal((await rejection(impatient.runs.create("Why?"))).cause.kind, "timeout");
  assert.equal((await rejection(impatient.runs.list().next())).kind, "timeout");
  assert.ok(Date.now() - begun < 10_000);
  await works(up);
});

test("a body that never comes ends with the time to wait", async () => {
  const up = await upstream(
    program((request, response, place) => {
      if (place > 0) return false;
      response.writeHead(200, { "content-type": "application/json" });
      response.write("{");
      return true;
    }),
  );
  const error = await rejection(new Fathom({ local: { baseUrl: up.base } }).runs.create("Why?", { timeout: 200 }));
  assert.equal(error.kind, "paused");
  await works(up);
});

test("a reply of 50 MB is read, and what makes no sense of it is an error", async () => {
  const filler = "x".repeat(50 << 20);
  const up = await upstream(
    program((request, response, place) => {
      if (request.url !== "/api/v1/runs/r1" || place > 10) return false;
      json(response, { ...view("completed"), filler });
      return true;
    }),
  );
  await works(up);
  const senseless = await upstream(
    program((request, response) => {
      if (request.method !== "GET" || request.url !== "/api/v1/runs") return false;
      response.writeHead(200, { "content-type": "application/json" });
      response.end(filler);
      return true;
    }),
  );
  const fathom = new Fathom({ local: { baseUrl: senseless.base }, maxRetries: 0 });
  assert.equal((await rejection(fathom.runs.list().next())).kind, "malformed");
  await works(senseless);
});

test("an event callback that fails ends its own wait only", async () => {
  const up = await upstream(program());
  const run = await new Fathom({ local: { baseUrl: up.base } }).runs.create("Why?");
  const wrong = new Error("a fault of the caller");
  const waits = [
    rejection(run.wait({ onEvent: () => { throw wrong; } })),
    rejection(run.wait({ onEvent: () => Promise.reject(wrong) })),
    run.wait(),
  ];
  const [thrown, rejected, report] = await Promise.all(waits);
  assert.equal(thrown, wrong);
  assert.equal(rejected, wrong);
  assert.equal(report.markdown, REPORT.markdown);
});

test("a logger that fails is no reason to fail", async () => {
  const up = await upstream(program());
  await works(up, { logger: { debug() { throw new Error("no disk"); } } });
});

test("overlapping calls on one handle do not disturb each other", async () => {
  const up = await upstream(program());
  const run = await new Fathom({ local: { baseUrl: up.base } }).runs.create("Why?");
  const calls = [run.wait(), run.status(), run.settle(), run.wait({ timeout: 30_000 }), run.events().next(), run.cancel()];
  const ended = await Promise.allSettled(calls);
  assert.ok(ended.every(({ status, reason }) => status === "fulfilled" || isFathomError(reason)));
});
