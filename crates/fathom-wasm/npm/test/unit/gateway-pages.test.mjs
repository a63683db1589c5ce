// Pages of other origins that may ask.

import assert from "node:assert/strict";
import { test } from "node:test";
import { JSON_TYPE, PAGE, POLL, bearer, gate, vendor } from "./gateway.mjs";

const list = (response, name) => (response.headers.get(name) ?? "").split(", ").filter(Boolean);

test("a page that is allowed is told what it may send, without a token", async (t) => {
  const site = await vendor(t);
  const ask = gate(site.base, { allowedOrigins: [PAGE], authorize: bearer("open sesame") });
  const headers = { origin: PAGE, "access-control-request-method": "POST", "access-control-request-headers": "authorization" };
  const answer = await ask("/gateway/exa/search", { method: "OPTIONS", headers });
  assert.deepEqual([answer.status, answer.body], [204, null]);
  assert.equal(answer.headers.get("access-control-allow-origin"), PAGE);
  assert.equal(answer.headers.get("access-control-allow-credentials"), null);
  assert.equal(answer.headers.get("vary"), "Origin");
  assert.deepEqual(list(answer, "access-control-allow-methods"), ["GET", "POST", "DELETE"]);
  const allowed = list(answer, "access-control-allow-headers");
  for (const name of ["authorization", "accept", "content-type", "last-event-id", "x-fathom-key", "exa-beta", "x-project-id"]) {
    assert.ok(allowed.includes(name), name);
  }
  assert.ok(!allowed.includes("cookie") && !allowed.includes("*"));
  assert.deepEqual(site.requests, []);
});

test("a page that is allowed may read every answer, refusals too", async (t) => {
  const site = await vendor(t);
  site.set("/research/r1", "{}", { ...JSON_TYPE, "retry-after": "3", "x-request-id": "v-1", "x-ratelimit-limit": "9" }, 429);
  const ask = gate(site.base, { allowedOrigins: [PAGE], authorize: bearer("open sesame") });
  const headers = { origin: PAGE, authorization: "Bearer open sesame", "sec-fetch-site": "cross-site" };
  const answer = await ask(POLL, { headers });
  assert.equal(answer.headers.get("access-control-allow-origin"), PAGE);
  assert.deepEqual(list(answer, "access-control-expose-headers").sort(), [
    "retry-after",
    "x-fathom-request-id",
    "x-ratelimit-limit",
    "x-request-id",
  ]);
  for (const refused of [await ask(POLL, { headers: { origin: PAGE } }), await ask("/nothing", { headers })]) {
    assert.equal(refused.headers.get("access-control-allow-origin"), PAGE);
    assert.ok((await refused.json()).error.request_id);
  }
});

test("whoever is no page needs no origin, and gets no such headers", async (t) => {
  const site = await vendor(t);
  const answer = await gate(site.base, { allowedOrigins: [PAGE, "http://localhost:3000"] })(POLL);
  assert.ok([...answer.headers.keys()].every((name) => !name.startsWith("access-control-")));
  assert.equal(answer.headers.get("vary"), "Origin");
});
