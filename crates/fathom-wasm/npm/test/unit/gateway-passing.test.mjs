// What goes through the gateway, and how.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { test } from "node:test";
import { HERE, JSON_TYPE, KEY, POLL, gate, gateway, refusal, vendor } from "./gateway.mjs";

test("a request arrives with the key and nothing that was not meant for the vendor", async (t) => {
  const site = await vendor(t);
  site.set("/research", '{"request_id": "r1"}');
  const headers = {
    ...JSON_TYPE,
    authorization: "Bearer open sesame",
    cookie: "session=1",
    "x-forwarded-for": "10.0.0.1",
    "x-api-key": "another",
    accept: "text/event-stream",
    "last-event-id": "7",
    "x-project-id": "p1",
    "x-unknown": "1",
  };
  const answer = await gate(site.base)("/gateway/tavily/research?a=%20b", { method: "POST", headers, body: '{"input":"a"}' });
  assert.deepEqual([answer.status, await answer.text()], [200, '{"request_id": "r1"}']);
  const [{ method, url, text, headers: arrived }] = site.requests;
  assert.deepEqual([method, url, text], ["POST", "/research?a=%20b", '{"input":"a"}']);
  // What the host's own fetch adds says nothing about the one who asked.
  for (const own of ["host", "connection", "accept-language", "sec-fetch-mode", "user-agent"]) delete arrived[own];
  assert.deepEqual(arrived, {
    accept: "text/event-stream",
    "accept-encoding": "identity",
    authorization: `Bearer ${KEY}`,
    "content-length": "13",
    "content-type": "application/json",
    "last-event-id": "7",
    "x-project-id": "p1",
  });
});

test("a request that sends nothing but itself is passed", async (t) => {
  const site = await vendor(t);
  site.set("/agent/runs/a1/cancel", "{}");
  const ask = gate(site.base);
  const path = "/gateway/exa/agent/runs/a1/cancel";
  const empty = new ReadableStream({ start: (controller) => controller.close() });
  const nothing = new ReadableStream({ start: (controller) => (controller.enqueue(new Uint8Array()), controller.close()) });
  for (const init of [{}, { body: "", headers: { "content-type": "application/json" } }, { body: empty }, { body: nothing }]) {
    assert.equal((await ask(path, { method: "POST", duplex: "half", ...init })).status, 200);
  }
  assert.deepEqual(site.requests.map(({ text }) => text), ["", "", "", ""]);
});

test("the transcripts of every vendor pass unchanged", async (t) => {
  const site = await vendor(t);
  const ask = gate(site.base);
  let passed = 0;
  for (const [name, sent, reply] of exchanges()) {
    site.set(sent.path.split("?")[0], reply.body, { ...reply.headers, "x-request-id": "vendor-1" }, reply.status);
    const vendor = name.split("/")[0];
    const headers = sent.body ? JSON_TYPE : {};
    const answer = await ask(`/gateway/${vendor}${sent.path}`, { method: sent.method, headers, body: sent.body || undefined });
    assert.deepEqual([answer.status, await answer.text()], [reply.status, reply.body], name);
    assert.equal(answer.headers.get("x-request-id"), "vendor-1");
    assert.equal(answer.headers.get("retry-after"), reply.headers["retry-after"] ?? null);
    assert.match(answer.headers.get("x-fathom-request-id"), /^req-/);
    passed += 1;
  }
  assert.ok(passed > 50, `${passed} replies`);
});

/** The exchanges of the transcripts that the core is tested with, each a request and its reply. */
function* exchanges() {
  const folder = new URL("../../../../fathom-core/src/providers/", import.meta.url);
  for (const vendor of ["exa", "tavily", "extruct"]) {
    const files = readdirSync(new URL(`${vendor}/fixtures/`, folder), { recursive: true }).filter((file) => file.endsWith(".txt"));
    for (const file of files) {
      let sent;
      for (const part of parts(readFileSync(new URL(`${vendor}/fixtures/${file}`, folder), "utf8"))) {
        if (part.sign === ">") sent = part;
        else if (sent && part.status !== 204) {
          yield [`${vendor}/${file}`, sent, part];
          sent = undefined;
        }
      }
    }
  }
}

function* parts(text) {
  for (const [block] of text.matchAll(/^(?:> .*\n(?:>.*\n)*|< .*\n(?:<.*\n)*)/gm)) {
    const lines = block.trimEnd().split("\n").map((line) => line.slice(2));
    const gap = lines.indexOf("") < 0 ? lines.length : lines.indexOf("");
    const headers = Object.fromEntries(lines.slice(1, gap).map((line) => line.split(/: (.*)/).slice(0, 2)));
    const body = lines.slice(gap + 1).map((line) => `${line}\n`).join("");
    const [method, path] = lines[0].split(" ");
    yield block[0] === ">" ? { sign: ">", method, path, body } : { sign: "<", status: Number(method), headers, body };
  }
}

test("a vendor that cannot be reached is told apart from one that refuses", async (t) => {
  const site = await vendor(t);
  assert.equal((await gate(site.base)(POLL)).status, 404);
  const lost = await vendor(t);
  await lost.close();
  const answer = await gate(lost.base)(POLL);
  assert.deepEqual(await refusal(answer), [502, "unreachable"]);
  for (const fetch of [
    () => { throw "no"; },
    () => Promise.reject(),
    async () => undefined,
    async () => ({ status: "200" }),
    async () => ({ status: 200, headers: 7 }),
    async () => new Proxy({}, { get() { throw new Error("hostile"); } }),
  ]) {
    assert.deepEqual(await refusal(await gate("http://127.0.0.1:9", { fetch })(POLL)), [502, "unreachable"]);
  }
});

test("a vendor that never answers is given up, and so is one whose client goes away", async () => {
  let signal;
  const fetch = (_, init) => ((signal = init.signal), new Promise(() => {}));
  assert.deepEqual(await refusal(await gate("http://127.0.0.1:9", { fetch, timeout: 20 })(POLL)), [504, "timeout"]);
  assert.ok(signal.aborted);
  const leaving = new AbortController();
  const late = (_, init) => ((signal = init.signal), leaving.abort("bye"), new Promise(() => {}));
  const handle = gate("http://127.0.0.1:9", { fetch: late });
  assert.deepEqual(await refusal(await handle(POLL, { signal: leaving.signal })), [502, "unreachable"]);
  assert.ok(signal.aborted);
  // A reply that comes after that is thrown away.
  let cancelled;
  const body = new ReadableStream({ cancel: () => cancelled() });
  const thrown = new Promise((resolve) => (cancelled = resolve));
  let come;
  const tardy = () => new Promise((resolve) => (come = () => resolve(new Response(body))));
  assert.equal((await gate("http://127.0.0.1:9", { fetch: tardy, timeout: 20 })(POLL)).status, 504);
  come();
  await thrown;
});

/** A vendor whose every byte the test writes itself: the next request's response, and its end. */
async function byHand(t) {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => (server.closeAllConnections(), server.close()));
  const next = once(server, "request").then(([, response]) => response);
  return { base: `http://127.0.0.1:${server.address().port}`, next };
}

test("a stream passes piece by piece and ends when the client goes away", async (t) => {
  const { base, next } = await byHand(t);
  const answering = gate(base)(POLL, { headers: { accept: "text/event-stream" } });
  const response = await next;
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
  const answer = await answering;
  assert.equal(answer.headers.get("content-type"), "text/event-stream");
  const reader = answer.body.getReader();
  // Every piece arrives while the vendor holds the next one back.
  for (const piece of ["data: 1\n\n", "data: \u00e9", "\n\n"]) {
    response.write(piece);
    assert.equal(new TextDecoder().decode((await reader.read()).value), piece);
  }
  const closed = once(response, "close");
  await reader.cancel();
  // The vendor's connection ends although the vendor never closed it.
  await closed;
});

test("a client that does not read holds the vendor back", async (t) => {
  const { base, next } = await byHand(t);
  const answering = gate(base)(POLL);
  const response = await next;
  response.writeHead(200, { "content-type": "text/event-stream" });
  let written = 0;
  const piece = Buffer.alloc(64 << 10, "x");
  // It goes on as long as there is room: what fits into the sockets of both sides and a little more.
  const pump = () => {
    while (response.write(piece)) written += piece.length;
    written += piece.length;
    assert.ok(written < 64 << 20, "nothing holds the vendor back");
  };
  response.on("drain", pump);
  pump();
  const answer = await answering;
  const reader = answer.body.getReader();
  await reader.read();
  const until = async (still) => {
    for (let before = -1, calm = 0; calm < 20; before = written) {
      calm = written === before ? calm + 1 : 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return still();
  };
  const held = await until(() => written);
  assert.ok(held < 16 << 20, `${held} bytes`);
  // Reading on lets more come.
  for (let read = 0; read < held; read += (await reader.read()).value.length);
  assert.ok((await until(() => written)) > held);
  await reader.cancel();
});

test("a reply that breaks off is not made whole", async (t) => {
  const { base, next } = await byHand(t);
  const answering = gate(base)(POLL);
  const response = await next;
  response.writeHead(200, { ...JSON_TYPE, "content-length": "50" });
  response.write('{"cut":');
  const answer = await answering;
  response.destroy();
  await assert.rejects(answer.text());
});

test("a compressed reply is passed on as it is read", async () => {
  // A fetch has undone the compression when it says so.
  const fetch = async () => new Response("{}", { headers: { ...JSON_TYPE, "content-encoding": "br" } });
  const answer = await gate("http://127.0.0.1:9", { fetch })(POLL);
  assert.deepEqual([answer.headers.get("content-encoding"), await answer.text()], [null, "{}"]);
});

test("replies without a body, and mounting below a path", async () => {
  let asked;
  const fetch = async (url, init) => ((asked = [url, init.redirect, init.method]), new Response(null, { status: 204 }));
  const ask = gate("http://127.0.0.1:9/v0", { fetch, basePath: "/fathom" });
  const answer = await ask("/fathom/gateway/exa/agent/runs/a1", { method: "DELETE" });
  assert.deepEqual([answer.status, answer.body], [204, null]);
  assert.deepEqual(asked, ["http://127.0.0.1:9/v0/agent/runs/a1", "manual", "DELETE"]);
  for (const path of ["/gateway/exa/agent/runs/a1", "/fathomx/gateway/exa/agent/runs/a1"]) {
    assert.deepEqual(await refusal(await ask(path, { method: "DELETE" })), [404, "not-found"]);
  }
  assert.equal((await ask("/fathom/api/v1/providers")).status, 200);
});

test("a logger that fails does not end a request", async () => {
  const fail = () => { throw new Error("disk full"); };
  const handle = gateway({ authorize: () => true, logger: { info: fail, warn: fail, error: fail } });
  assert.equal((await handle(new Request(`${HERE}/healthz`))).status, 200);
  assert.equal((await handle(new Request(`${HERE}/api/v1/providers`))).status, 200);
});
