// A fault inside the module: some of its functions are made to trap, one after another.

import assert from "node:assert/strict";
import { test } from "node:test";

import { faulty } from "./faulty.mjs";
import { rejection, source, until } from "./support.mjs";
import { REPORT, program, upstream } from "./upstream.mjs";

const { Fathom, init } = await source("slim.js");

const NAMES = { check: "check", told: "told", cancel: "machine_cancel" };

await init(faulty(Object.values(NAMES)));

const isTrap = (error) => {
  assert.equal(error.kind, "internal");
  assert.equal(error.code, "trap");
  assert.equal(error.cause.name, "RuntimeError");
};

test("a trap is an internal error, and the next call has a new instance", async () => {
  const up = await upstream(program());
  const fathom = new Fathom({ local: { baseUrl: up.base } });
  for (let round = 0; round < 3; round += 1) {
    isTrap(await rejection(fathom.check("Why?")));
    assert.ok((await fathom.providers()).length > 0);
    isTrap(await rejection(fathom.runs.list({ maxRetries: 0 }).next()));
    const run = await fathom.runs.create("Why?");
    assert.equal((await run.wait()).markdown, REPORT.markdown);
  }
});

test("a run that is ended by a trap keeps its checkpoint, and others go on", async () => {
  const open = [];
  const up = await upstream(
    program((request, response) => {
      if (!request.url.endsWith("/events") || open.done) return false;
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(": open\n\n");
      open.push(response);
      return true;
    }),
  );
  const fathom = new Fathom({ local: { baseUrl: up.base } });
  const runs = await Promise.all(Array.from({ length: 5 }, () => fathom.runs.create("Why?")));
  const waits = runs.slice(1).map((run) => run.wait());
  const trapped = rejection(runs[0].wait());
  await until(() => open.length >= runs.length);
  open.done = true;
  const error = await rejection(runs[0].cancel());
  isTrap(error);
  assert.equal(error.checkpoint.job, "r1");
  isTrap(await trapped);
  open.forEach((response) => response.end());
  for (const report of await Promise.all(waits)) assert.equal(report.markdown, REPORT.markdown);
  const again = await fathom.runs.resume({ ...error.checkpoint, cancel: false });
  assert.equal((await again.wait()).markdown, REPORT.markdown);
});
