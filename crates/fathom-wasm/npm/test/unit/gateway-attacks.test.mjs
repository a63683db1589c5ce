// Attacks on the gateway and through it: the list of the program's own gateway, as far as a request
// can still be written that way once a host has read it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { HERE, JSON_TYPE, KEY, PAGE, POLL, gate, refusal, vendor } from "./gateway.mjs";

test("nothing but the roster is passed", async (t) => {
  const site = await vendor(t);
  const ask = gate(site.base);
  for (const path of [
    "/gateway",
    "/gateway/",
    "/gateway/none/research",
    "/gateway/tavily",
    "/gateway/tavily/",
    "/gateway/tavily/account",
    "/gateway/tavily/research/",
    "/gateway/tavily/research/a/b",
    "/gateway/tavily/research/..",
    "/gateway/tavily/research/%2e%2e",
    "/gateway/tavily/research/%2E%2E%2Fusage",
    "/gateway/tavily/research/a%2fb",
    "/gateway/tavily/research/a%5cb",
    "/gateway/tavily/research/a%00b",
    "/gateway/tavily/research/a%0d%0ahost:%20evil.example",
    "/gateway/tavily/research/a;b",
    "/gateway/tavily//usage",
    "/gateway//tavily/usage",
    "//gateway/tavily/usage",
    "/gateway/tavily/usage/",
    "/gateway/tavily/USAGE",
    "/gateway/tavily/%75sage",
    "/gateway/tavily/@evil.example/usage",
    "/gateway/tavily/http://evil.example/usage",
    "/gateway/tavily/https:%2f%2fevil.example/usage",
    "/gateway/tavily@evil.example/usage",
    "/gateway/Tavily/usage",
    "/gateway/tavily%2fusage",
    "/gateway/local/runs",
    "/api/v1/runs",
    "/",
  ]) {
    assert.deepEqual(await refusal(await ask(path)), [404, "not-found"], path);
  }
  for (const query of ["a=%", "a=%zz", "a={b}", "a=|"]) {
    assert.equal((await ask(`/gateway/tavily/usage?${query}`)).status, 400, query);
  }
  assert.equal((await ask(`/gateway/tavily/usage?a=${"b".repeat(5000)}`)).status, 404);
  for (const [method, path] of [
    ["DELETE", "/gateway/tavily/usage"],
    ["PUT", "/gateway/tavily/research"],
    ["OPTIONS", "/gateway/tavily/usage"],
    ["HEAD", "/gateway/tavily/usage"],
    ["GET", "/gateway/tavily/research"],
    ["GETX", "/gateway/tavily/usage"],
    ["POST", "/api/v1/providers"],
  ]) {
    assert.equal((await ask(path, { method })).status, 405, `${method} ${path}`);
  }
  assert.deepEqual(site.requests, []);
});

test("steps that a host resolves still lead to the roster only", async (t) => {
  const site = await vendor(t);
  const ask = gate(site.base);
  for (const path of ["/gateway/tavily/research/../usage", "/gateway/tavily/./usage", "/gateway/exa/%2e%2e/tavily/usage"]) {
    await ask(path);
  }
  assert.deepEqual(site.requests.map(({ url }) => url), ["/usage", "/usage", "/usage"]);
  assert.equal((await ask("/gateway/../gateway/tavily/../../etc/passwd")).status, 404);
});

test("pages of other sites are refused", async (t) => {
  const site = await vendor(t);
  const ask = gate(site.base, { allowedOrigins: [PAGE] });
  for (const headers of [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: `${PAGE}.evil.example` },
    { origin: PAGE.toUpperCase() },
    { origin: "http://app.example" },
    { origin: `${PAGE}:444` },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: "https://evil.example", host: "gate.example" },
  ]) {
    for (const method of ["GET", "OPTIONS"]) {
      const answer = await ask(POLL, { method, headers: { ...headers, "access-control-request-method": "GET" } });
      assert.equal(answer.headers.get("access-control-allow-origin"), null);
      assert.deepEqual(await refusal(answer), [403, "refused"], JSON.stringify(headers));
    }
  }
  assert.deepEqual(site.requests, []);
  for (const headers of [{}, { "sec-fetch-site": "same-origin" }, { "sec-fetch-site": "none" }, { origin: HERE }, { origin: PAGE }]) {
    assert.equal((await ask(POLL, { headers })).status, 404, JSON.stringify(headers));
  }
  assert.equal(site.requests.length, 5);
});

test("headers that two servers could read differently are refused", async (t) => {
  const site = await vendor(t);
  const ask = gate(site.base);
  for (const [headers, status] of [
    [{ "content-length": "2, 40" }, 400],
    [{ "content-length": "+2" }, 400],
    [{ "content-length": "2, 2" }, 400],
    [{ "content-length": "-1" }, 400],
    [{ "transfer-encoding": "xchunked" }, 400],
    [{ "transfer-encoding": "gzip, chunked" }, 400],
    [{ "transfer-encoding": "chunked", "content-length": "2" }, 400],
    [{ "content-encoding": "gzip" }, 415],
    [{ upgrade: "websocket" }, 400],
    [{ upgrade: "h2c" }, 400],
    [{ accept: "a".repeat(2000) }, 400],
    [{ "last-event-id": "\u00e9" }, 400],
    [{ "x-fathom-key": "a b" }, 401],
    [{ "x-fathom-key": "a, b" }, 401],
    [{ "x-fathom-key": "k", connection: "x-fathom-key" }, 401],
    [{ "content-type": "text/plain" }, 415],
    [{ "content-type": "application/x-www-form-urlencoded" }, 415],
  ]) {
    const init = { method: "POST", body: "{}", headers: { ...JSON_TYPE, ...headers } };
    const answer = await ask("/gateway/tavily/search", init);
    assert.equal(answer.status, status, JSON.stringify(headers));
  }
  assert.deepEqual(site.requests, []);
  site.set("/search", "{}");
  const claimed = { ...JSON_TYPE, accept: "text/html", connection: "accept" };
  assert.equal((await ask("/gateway/tavily/search", { method: "POST", body: "{}", headers: claimed })).status, 200);
  assert.notEqual(site.requests[0].headers.accept, "text/html");
});

test("bodies that are too large are refused whether their size is told or not", async (t) => {
  const site = await vendor(t);
  const ask = gate(site.base);
  const large = " ".repeat((1 << 20) + 1);
  const send = (body, headers) =>
    ask("/gateway/tavily/search", { method: "POST", body, headers: { ...JSON_TYPE, ...headers }, duplex: "half" });
  const told = await send(large, { "content-length": String(large.length) });
  assert.deepEqual(await refusal(told), [413, "invalid-task"]);
  assert.deepEqual(await refusal(await send(large)), [413, "invalid-task"]);
  // Less is said than comes.
  assert.deepEqual(await refusal(await send(large, { "content-length": "2" })), [413, "invalid-task"]);
  // A body without an end is not read to its end.
  let read = 0;
  let cancelled = false;
  const endless = new ReadableStream({
    pull(controller) {
      read += 1 << 16;
      controller.enqueue(new Uint8Array(1 << 16));
    },
    cancel() {
      cancelled = true;
    },
  });
  assert.deepEqual(await refusal(await send(endless)), [413, "invalid-task"]);
  assert.ok(cancelled && read < 2 << 20, `${read} bytes`);
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
  assert.deepEqual(await refusal(await send(broken)), [400, "invalid-task"]);
  assert.deepEqual(site.requests, []);
  site.set("/search", "{}");
  const fits = new Blob(['{"query":', '"a"}']).stream();
  assert.equal((await send(fits)).status, 200);
  assert.equal(site.requests[0].text, '{"query":"a"}');
});

test("a redirect is not followed and not shown", async (t) => {
  const site = await vendor(t);
  const other = await vendor(t);
  const ask = gate(site.base);
  for (const status of [300, 301, 302, 303, 304, 307, 308, 399]) {
    site.set("/research/r1", "", { location: `${other.base}/usage` }, status);
    const answer = await ask(POLL);
    assert.equal(answer.headers.get("location"), null);
    assert.deepEqual(await refusal(answer), [502, "malformed"], String(status));
  }
  assert.deepEqual(other.requests, []);
});

test("a hostile reply brings no header but the few that are passed", async (t) => {
  const site = await vendor(t);
  site.set("/research/r1", '{"echo": "body"}', {
    ...JSON_TYPE,
    "x-request-id": "vendor-7",
    "retry-after": "3",
    "x-ratelimit-remaining": KEY,
    "ratelimit-limit": "10",
    "set-cookie": "fathom_token=stolen",
    "access-control-allow-origin": "*",
    "access-control-allow-credentials": "true",
    "content-security-policy": "default-src *",
    location: "http://evil.example/",
    "www-authenticate": `Bearer ${KEY}`,
    server: "evil",
    refresh: "0; url=http://evil.example/",
    "clear-site-data": "*",
  });
  const answer = await gate(site.base)(POLL);
  assert.deepEqual([...answer.headers.keys()].sort(), [
    "cache-control",
    "content-type",
    "ratelimit-limit",
    "referrer-policy",
    "retry-after",
    "vary",
    "x-content-type-options",
    "x-fathom-request-id",
    "x-request-id",
  ]);
  assert.ok(!JSON.stringify([...answer.headers]).includes(KEY));
  assert.equal(await answer.text(), '{"echo": "body"}');
  // A page of somebody's proxy must not run as a page of this origin.
  site.set("/research/r1", "<script>evil()</script>", { "content-type": "text/html" });
  const page = await gate(site.base)(POLL);
  assert.equal(page.headers.get("content-type"), "text/plain; charset=utf-8");
});
