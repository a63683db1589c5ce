// A fault inside the module while a vendor is being called.

import assert from "node:assert/strict";
import { test } from "node:test";

import { faulty } from "./faulty.mjs";
import { collect, rejection, source } from "./support.mjs";

const { Exa } = await source("exa/index.js");
const { init } = await source("calls/wasm.js");

await init(faulty(["call_woke", "sse_push"], "calls"));

const isTrap = (error) => assert.deepEqual([error.kind, error.code, error.cause?.name], ["internal", "trap", "RuntimeError"]);

const refused = () => new Response("", { status: 503, headers: { "retry-after-ms": "1" } });
const stream = () => new Response("data: {}\n\n", { headers: { "content-type": "text/event-stream" } });

/** A client whose upstream answers when it is released, and not before. */
function held(answer) {
  let release;
  const until = new Promise((resolve) => (release = resolve));
  return { slow: new Exa("key", { fetch: async () => (await until, answer()) }), release };
}

const trap = async () => isTrap(await rejection(new Exa("key", { fetch: async () => refused() }).search("x")));

test("a trap in a call or a stream rejects, and the next call works", async () => {
  let answer;
  const exa = new Exa("key", { fetch: async () => answer() });
  for (let round = 0; round < 3; round += 1) {
    answer = refused;
    isTrap(await rejection(exa.search("x")));
    answer = stream;
    isTrap(await rejection(collect(exa.streamAnswer("x"))));
    answer = () => new Response('{"fine":true}');
    assert.deepEqual(await exa.search("x"), { fine: true });
  }
});

test("a call that was under way when another trapped ends as well", async () => {
  const { slow, release } = held(() => new Response("", { status: 503 }));
  const waiting = rejection(slow.search("x"));
  await trap();
  release();
  const error = await waiting;
  assert.deepEqual([error.kind, error.code], ["internal", "outdated"]);
  assert.deepEqual(await new Exa("key", { fetch: async () => new Response('{"fine":true}') }).search("x"), { fine: true });
});

test("an answer that came after another call trapped is not lost: it may be a job", async () => {
  const { slow, release } = held(() => new Response('{"id":"agent_run_1"}'));
  const created = slow.agent.runs.create({ query: "x" });
  await trap();
  release();
  assert.deepEqual(await created, { id: "agent_run_1" });
});
