// What servers and networks do to a run, and how it still ends right.

import assert from "node:assert/strict";
import { test } from "node:test";

import { collect, rejection, source } from "./support.mjs";
import { EVENTS, REPORT, json, program, stream, upstream, view } from "./upstream.mjs";

const { Fathom } = await source("index.js");

const client = (up, more) => new Fathom({ local: { baseUrl: up.base }, ...more });
const report = async (up, more) => (await (await client(up, more).runs.create("Why?")).wait()).markdown;

/** Answers the first requests for a path so, and lets the program answer the later ones. */
function first(times, path, answer) {
  let left = times;
  return program((request, response) => {
    if (!request.url.split("?")[0].endsWith(path) || left <= 0) return false;
    left -= 1;
    answer(response, request);
    return true;
  });
}

test("a stream that is cut at any byte is taken up again without loss or repetition", async () => {
  const whole = Buffer.from(stream());
  const cut = async (length) => {
    const up = await upstream(
      first(1, "/events", (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(whole.subarray(0, length), () => response.destroy());
      }),
    );
    const run = await client(up).runs.create("Why?");
    const events = await collect(run.events());
    assert.equal(run.report?.markdown, REPORT.markdown, `cut at ${length}`);
    const told = events.filter((event) => event.id).map((event) => event.id);
    assert.deepEqual(told, [...new Set(told)], `cut at ${length}`);
    assert.deepEqual(told, EVENTS.map((event) => event.id).slice(0, told.length), `cut at ${length}`);
  };
  const places = Array.from({ length: whole.length + 1 }, (_, place) => place);
  const lane = async () => {
    for (let place; (place = places.shift()) !== undefined; ) await cut(place);
  };
  await Promise.all(Array.from({ length: 100 }, lane));
});

test("a stream in pieces of one byte tells the same", async () => {
  const up = await upstream(
    first(1, "/events", async (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const byte of Buffer.from(stream())) {
        response.write(Buffer.of(byte));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    }),
  );
  const events = await collect((await client(up).runs.create("Why?")).events());
  assert.deepEqual(
    events.filter((event) => event.id).map(({ id, atMs, ...event }) => ({ id, at_ms: atMs, event })),
    EVENTS,
  );
});

test("too many requests are tried again when the server says so, and without", async () => {
  const limited = { error: { kind: "rate-limited", message: "Slow down." } };
  for (const headers of [{}, { "retry-after": "0" }, { "retry-after-ms": "20" }]) {
    const up = await upstream(first(2, "/runs", (response) => json(response, limited, 429, headers)));
    assert.equal(await report(up), REPORT.markdown);
  }
});

test("a storm of failures while following is no reason to give up", async () => {
  const answers = [
    (response) => json(response, { error: { kind: "internal", message: "Out of luck." } }, 500),
    (response) => response.writeHead(502, { "content-type": "text/html" }).end("<html>Bad Gateway</html>"),
    (response) => response.destroy(),
    (response) => response.writeHead(200, { "content-type": "application/json" }).end('{"id": "r1", "sta'),
  ];
  for (const answer of answers) {
    const up = await upstream(first(2, "/r1/events", answer));
    assert.equal(await report(up), REPORT.markdown);
    const polls = await upstream(
      program((request, response, place) => {
        if (request.url.endsWith("/events")) return response.writeHead(204).end(), true;
        if (!request.url.endsWith("/r1") || place > 3) return false;
        answer(response);
        return true;
      }),
    );
    assert.equal(await report(polls), REPORT.markdown);
  }
});

test("a submission whose answer is lost is not sent twice where that costs twice", async () => {
  const up = await upstream((request, response) => {
    if (request.method === "POST") return response.destroy();
    return json(response, { data: [], has_more: false });
  });
  const { runs } = new Fathom({ tavily: { apiKey: "k", baseUrl: up.base } });
  const saved = [];
  const error = await rejection(
    runs.create("Why?", { provider: "tavily", onCheckpoint: (checkpoint) => saved.push(checkpoint) }),
  );
  assert.deepEqual([error.name, error.kind], ["SubmitUnknownError", "submit-unknown"]);
  assert.equal(error.checkpoint.stage, "submit-unknown");
  assert.deepEqual(saved.at(-1), error.checkpoint);
  assert.equal(up.requests.filter((request) => request.method === "POST").length, 1);
});

test("a submission whose answer is lost is sent again with its token where that is the same run", async () => {
  const up = await upstream(first(2, "/runs", (response) => response.destroy()));
  assert.equal(await report(up), REPORT.markdown);
  const tokens = up.requests.filter((request) => request.method === "POST").map((request) => JSON.parse(request.text).token);
  assert.equal(tokens.length, 3);
  assert.equal(new Set(tokens).size, 1);
});

test("nobody listening is told after a few tries, and waiting again goes on", async () => {
  const up = await upstream(program());
  const { base } = up;
  await up.close();
  const error = await rejection(new Fathom({ local: { baseUrl: base }, maxRetries: 1 }).runs.create("Why?"));
  assert.deepEqual([error.kind, error.cause.kind], ["paused", "unreachable"]);
  const later = await upstream(program());
  const run = await client(later).runs.resume(error.checkpoint);
  assert.equal((await run.wait()).markdown, REPORT.markdown);
});

test("every kind of refusal has its class", async () => {
  for (const [status, kind, name] of [
    [400, "invalid-task", "InvalidTaskError"],
    [401, "unauthorized", "UnauthorizedError"],
    [402, "quota", "QuotaError"],
    [403, "refused", "RefusedError"],
    [404, "not-found", "NotFoundError"],
    [405, "unsupported", "UnsupportedError"],
    [500, "failed", "FailedError"],
  ]) {
    const body = { error: { kind, message: `It is ${kind}.`, request_id: "req-1", field: "question" } };
    const up = await upstream((request, response) => json(response, body, status));
    const error = await rejection(client(up, { maxRetries: 0 }).runs.create("Why?"));
    assert.deepEqual(
      [error.name, error.kind, error.status, error.requestId, error.field, error.provider, error.message],
      [name, kind, status, "req-1", "question", "local", `It is ${kind}.`],
    );
  }
  for (const [status, kind] of [[429, "rate-limited"], [500, "internal"], [503, "unavailable"], [504, "timeout"]]) {
    const body = { error: { kind, message: `It is ${kind}.`, retry_after: 1 } };
    const up = await upstream((request, response) => json(response, body, status));
    const error = await rejection(client(up, { maxRetries: 0 }).runs.create("Why?"));
    assert.deepEqual([error.kind, error.cause.kind, error.cause.retryAfter], ["paused", kind, 1]);
    const listed = await rejection(client(up, { maxRetries: 0 }).runs.list().next());
    assert.deepEqual([listed.kind, listed.status], [kind, status]);
  }
});

test("a run that failed rejects with what the provider says", async () => {
  const up = await upstream(
    program((request, response) => {
      if (!request.url.endsWith("/r1")) return false;
      json(response, { ...view("failed"), error: { kind: "failed", message: "The library is empty." } });
      return true;
    }),
  );
  const run = await client(up).runs.create("Why?");
  const error = await rejection(run.wait());
  assert.deepEqual([error.name, error.message, error.checkpoint.job], ["FailedError", "The library is empty.", "r1"]);
  assert.equal(run.outcome.type, "failed");
  assert.equal(await run.status(), "failed");
});
