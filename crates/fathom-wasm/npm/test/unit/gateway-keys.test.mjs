// Keys: where they come from, and where they never are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { JSON_TYPE, KEY, POLL, bearer, gate, gateway, isKind, refusal, vendor } from "./gateway.mjs";

test("a key comes from the settings or with the request", async (t) => {
  const site = await vendor(t);
  site.set("/research/r1", "{}");
  const none = gate(site.base, { keys: { tavily: "", exa: undefined } });
  const answer = await none(POLL);
  const text = await answer.clone().text();
  assert.deepEqual(await refusal(answer), [401, "unauthorized"]);
  assert.match(text, /TAVILY_API_KEY/);
  assert.equal(JSON.parse(text).error.provider, "tavily");
  const own = { headers: { "x-fathom-key": "brought-along" } };
  const both = gate(site.base);
  assert.deepEqual([(await none(POLL, own)).status, (await both(POLL, own)).status], [200, 200]);
  for (const { headers } of site.requests) {
    assert.equal(headers.authorization, "Bearer brought-along");
    assert.ok(!("x-fathom-key" in headers) && !JSON.stringify(headers).includes(KEY));
  }
});

test("providers are told in the form of the program", async (t) => {
  const site = await vendor(t);
  const told = async (ask) => (await (await ask("/api/v1/providers")).json()).providers;
  const some = await told(gate(site.base, { keys: { exa: KEY } }));
  assert.ok(some.length >= 6 && some.every((info) => info.id && info.capabilities && info.pace));
  for (const { vendor, key } of some) assert.equal(key, vendor === "exa" ? "present" : "missing");
  // What needs no gateway is not here: the program's own research is none of a Worker's.
  assert.ok(some.every(({ id }) => id !== "local"));
  assert.ok((await told(gate(site.base))).every(({ key }) => key === "present"));
  assert.deepEqual(site.requests, []);
});

test("a token is asked for, and never sent on", async (t) => {
  const site = await vendor(t);
  site.set("/research/r1", "{}");
  const ask = gate(site.base, { authorize: bearer("open sesame") });
  const closed = await ask(POLL);
  assert.equal(closed.headers.get("www-authenticate"), "Bearer");
  assert.deepEqual(await refusal(closed), [401, "unauthorized"]);
  for (const authorization of ["Bearer closed", "Bearer open sesame ever", "Bearer ", "open sesame", "Basic b3Blbg=="]) {
    assert.deepEqual(await refusal(await ask(POLL, { headers: { authorization } })), [403, "refused"], authorization);
  }
  assert.equal((await ask("/api/v1/providers")).status, 401);
  assert.equal(await (await ask("/healthz")).text(), "ok");
  assert.deepEqual(site.requests, []);
  assert.equal((await ask(POLL, { headers: { authorization: "Bearer open sesame" } })).status, 200);
  assert.ok(!inspect(site.requests[0]).includes("sesame"));
});

test("whoever runs it decides, and what fails stays closed", async (t) => {
  const site = await vendor(t);
  site.set("/search", "{}");
  const asked = (authorize, context) =>
    gateway({ keys: { tavily: KEY }, upstreams: { tavily: site.base }, authorize })(
      new Request("https://gate.example/gateway/tavily/search", { method: "POST", headers: JSON_TYPE, body: "{}" }),
      context,
    );
  for (const verdict of [false, null, undefined, "yes", 1, {}, 0]) {
    assert.deepEqual(await refusal(await asked(() => verdict)), [401, "unauthorized"], String(verdict));
  }
  for (const fails of [() => { throw new Error("x"); }, () => Promise.reject("x"), (request) => request.text().then(() => true)]) {
    assert.deepEqual(await refusal(await asked(fails)), [500, "internal"]);
  }
  const own = await asked(async () => new Response("slow down", { status: 429, headers: { "retry-after": "9" } }));
  assert.deepEqual([own.status, own.headers.get("retry-after"), await own.text()], [429, "9", "slow down"]);
  assert.deepEqual(site.requests, []);
  let seen;
  const passed = await asked(async (request, context) => ((seen = [await request.clone().text(), context]), true), { env: 1 });
  assert.deepEqual([passed.status, seen], [200, ["{}", { env: 1 }]]);
  assert.equal(site.requests[0].text, "{}");
});

test("a planted key is found nowhere", async (t) => {
  const site = await vendor(t);
  site.set("/research", '{"request_id": "r1"}');
  site.set("/research/r1", '{"detail": "wrong key"}', { ...JSON_TYPE, "x-request-id": KEY }, 401);
  const lines = [];
  const log = (...line) => lines.push(line);
  const logger = { debug: log, info: log, warn: log, error: log };
  const settings = { logger, authorize: (request) => request.headers.has("x-fail") ? Promise.reject(new Error(`no ${KEY}`)) : true };
  const ask = gate(site.base, settings);
  const answers = [
    await ask("/gateway/tavily/research", { method: "POST", headers: JSON_TYPE, body: '{"input": "a"}' }),
    await ask(POLL),
    await ask("/gateway/tavily/none"),
    await ask(`/gateway/tavily/${KEY}`),
    await ask(`/gateway/tavily/usage?key=${KEY}`),
    await ask("/gateway/extruct/v1/deep_research_tasks"),
    await ask(POLL, { headers: { "x-fathom-key": "not a key" } }),
    await ask(POLL, { headers: { "x-fail": "1" } }),
    await ask("/api/v1/providers"),
    await gate("http://127.0.0.1:9", settings)(POLL),
  ];
  assert.deepEqual(answers.map(({ status }) => status), [200, 401, 404, 404, 404, 404, 401, 500, 200, 502]);
  assert.ok(site.requests.length > 3 && site.requests.every(({ headers }) => inspect(headers).includes(KEY)));
  for (const answer of answers) {
    assert.ok(!inspect([...answer.headers]).includes(KEY) && !(await answer.text()).includes(KEY));
  }
  assert.ok(lines.length >= answers.length);
  assert.ok(!inspect([lines, ask], { depth: 9, showHidden: true }).includes(KEY));
  assert.ok(!JSON.stringify(lines).includes("?key="));
});

test("settings that cannot be right are refused, without showing them", () => {
  const fine = { keys: { exa: KEY }, authorize: () => true };
  for (const [settings, field] of [
    [undefined, "options"],
    [{ keys: { exa: KEY } }, "authorize"],
    [{ ...fine, authorize: true }, "authorize"],
    [{ ...fine, keys: { exa: 7 } }, "keys.exa"],
    [{ ...fine, keys: { exa: "planted key" } }, "keys.exa"],
    [{ ...fine, keys: { exa: "planted\nkey" } }, "keys.exa"],
    [{ ...fine, keys: "planted" }, "keys"],
    [{ ...fine, upstreams: { exa: 1 } }, "upstreams.exa"],
    [{ ...fine, allowedOrigins: "https://app.example" }, "allowedOrigins"],
    [{ ...fine, allowedOrigins: ["*"] }, "allowedOrigins"],
    [{ ...fine, allowedOrigins: ["null"] }, "allowedOrigins"],
    [{ ...fine, allowedOrigins: ["https://app.example/"] }, "allowedOrigins"],
    [{ ...fine, allowedOrigins: ["https://app.example/page"] }, "allowedOrigins"],
    [{ ...fine, allowedOrigins: ["app.example"] }, "allowedOrigins"],
    [{ ...fine, timeout: "1" }, "timeout"],
    [{ ...fine, timeout: 0 }, "timeout"],
    [{ ...fine, fetch: {} }, "fetch"],
    [{ ...fine, basePath: "fathom" }, "basePath"],
    [{ ...fine, basePath: "/fathom/" }, "basePath"],
  ]) {
    assert.throws(() => gateway(settings), (error) => {
      assert.equal(error.field, field);
      assert.ok(isKind(error, "invalid-task") && !inspect(error).includes("planted"));
      return true;
    });
  }
  for (const token of ["", " ", undefined, null, 7]) assert.throws(() => bearer(token), { field: "token" });
});

test("what only the core can judge is refused with the first request, and nothing is sent", async (t) => {
  const site = await vendor(t);
  for (const settings of [
    { keys: { exxa: KEY } },
    { upstreams: { tavily: "http://example.org" } },
    { upstreams: { tavily: "ftp://127.0.0.1" } },
    { upstreams: { tavily: "https://user@example.org" } },
  ]) {
    const lines = [];
    const logger = { error: (_, line) => lines.push(line.message) };
    const ask = gate(site.base, { ...settings, logger });
    assert.deepEqual(await refusal(await ask(POLL)), [500, "internal"]);
    assert.deepEqual(await refusal(await ask(POLL)), [500, "internal"]);
    assert.match(lines.join(), /exxa|upstreams\.tavily/);
  }
  assert.deepEqual(site.requests, []);
});
