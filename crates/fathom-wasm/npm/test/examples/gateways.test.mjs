// The example gateways, each run for real, asked over real connections.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { start as startProgram } from "../../../../fathom-server/tests/sdk/node/support.mjs";
import { HOSTS, project } from "./hosts.mjs";

const { Fathom } = await import(pathToFileURL(join(process.env.FATHOM_PACKAGE, "src", "index.js")).href);

const KEY = "planted-key-8f3a1c";
const TOKEN = "open-sesame";
const PAGE = "https://app.example";
const AUTHORIZED = { authorization: `Bearer ${TOKEN}` };
const JSON_TYPE = { "content-type": "application/json" };

/** A vendor that keeps what it is sent, and answers by `answer`. */
async function vendor() {
  const kept = { requests: [], answer: (_, response) => response.writeHead(200, JSON_TYPE).end("{}") };
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const piece of request.setEncoding("utf8")) text += piece;
    kept.requests.push({ method: request.method, url: request.url, headers: request.headers, text });
    kept.answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const end = () => (server.closeAllConnections(), server.close());
  return Object.assign(kept, { base: `http://127.0.0.1:${server.address().port}`, end });
}

test("each example is short", async () => {
  const folder = new URL("../../examples/", import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith(".js"));
  assert.ok(files.length >= Object.keys(HOSTS).length);
  for (const file of files) {
    const lines = (await readFile(new URL(file, folder), "utf8")).trimEnd().split("\n").length;
    assert.ok(lines < 30, `${file} has ${lines} lines`);
  }
});

for (const [name, start] of Object.entries(HOSTS)) {
  describe(name, () => {
    let site;
    let program;
    let gate;
    let folder;
    before(async () => {
      site = await vendor();
      program = await startProgram();
      folder = await mkdtemp(join(tmpdir(), "fathom-example-"));
      await project(folder);
      const env = { EXA_API_KEY: KEY, TAVILY_API_KEY: KEY, TAVILY_URL: site.base, EXA_URL: `${program.base}/local/exa` };
      gate = await start(folder, { ...env, GATEWAY_TOKEN: TOKEN, ALLOWED_ORIGINS: PAGE });
    });
    after(async () => {
      await gate?.end();
      await program?.end();
      site?.end();
      await rm(folder, { recursive: true, force: true });
    });
    const ask = (path, init = {}) => fetch(gate.base + path, { redirect: "manual", ...init, headers: { ...AUTHORIZED, ...init.headers } });
    const kind = async (answer) => [answer.status, (await answer.json()).error.kind];

    test("it says what can be asked, to those who may ask", async () => {
      assert.equal(await (await fetch(`${gate.base}/healthz`)).text(), "ok");
      assert.deepEqual(await kind(await fetch(`${gate.base}/api/v1/providers`)), [401, "unauthorized"]);
      const { providers } = await (await ask("/api/v1/providers")).json();
      const keys = new Map(providers.map(({ vendor, key }) => [vendor, key]));
      assert.deepEqual([...keys].sort(), [["exa", "present"], ["extruct", "missing"], ["tavily", "present"]]);
      assert.deepEqual(site.requests.splice(0), []);
    });

    test("a request arrives with the key and nothing that was not meant for the vendor", async () => {
      const headers = { ...JSON_TYPE, cookie: "session=1", "x-forwarded-for": "10.0.0.1", "x-unknown": "1" };
      const answer = await ask("/gateway/tavily/search", { method: "POST", headers, body: '{"query":"a"}' });
      assert.deepEqual([answer.status, await answer.text()], [200, "{}"]);
      const [{ method, url, text, headers: arrived }] = site.requests.splice(0);
      assert.deepEqual([method, url, text, arrived.authorization], ["POST", "/search", '{"query":"a"}', `Bearer ${KEY}`]);
      for (const unmeant of ["cookie", "x-forwarded-for", "x-unknown", "x-fathom-key"]) assert.ok(!(unmeant in arrived), unmeant);
      assert.ok(!JSON.stringify(arrived).includes(TOKEN) && !JSON.stringify([...answer.headers]).includes(KEY));
    });

    test("a client researches through it", async () => {
      const fathom = new Fathom({ gateway: { baseUrl: gate.base, token: TOKEN } });
      const run = await fathom.runs.create("What does Norway export?", { provider: "exa-agent" });
      const seen = [];
      const { markdown, sources } = await run.wait({ onEvent: ({ type }) => seen.push(type) });
      assert.ok(markdown.length > 0 && sources.length > 0 && seen.length > 0);
      const listed = [];
      for await (const { job } of fathom.runs.list({ provider: "exa-agent" })) listed.push(job);
      assert.deepEqual(listed, [run.job]);
      // These send nothing but themselves.
      const cancelled = await ask(`/gateway/exa/agent/runs/${run.job}/cancel`, { method: "POST" });
      assert.ok(![400, 413, 415].includes(cancelled.status), String(cancelled.status));
      await fathom.runs.delete(run.job, { provider: "exa-agent" });
      assert.equal((await ask(`/gateway/exa/agent/runs/${run.job}`)).status, 404);
    });

    test("what is not on the roster is refused, and so are redirects", async () => {
      for (const path of ["/gateway/tavily/account", "/gateway/tavily/research/a%2fb", "/gateway/none/x", "/", "/gateway/tavily/USAGE"]) {
        assert.deepEqual(await kind(await ask(path)), [404, "not-found"], path);
      }
      assert.deepEqual(site.requests.splice(0), []);
      const { answer } = site;
      site.answer = (_, response) => response.writeHead(307, { location: `${site.base}/elsewhere` }).end();
      assert.deepEqual(await kind(await ask("/gateway/tavily/usage")), [502, "malformed"]);
      site.answer = answer;
      assert.deepEqual(site.requests.splice(0).map(({ url }) => url), ["/usage"]);
    });

    test("pages of its own list may ask, others may not", async () => {
      const asks = { "access-control-request-method": "POST", "access-control-request-headers": "authorization" };
      const told = await fetch(`${gate.base}/gateway/exa/search`, { method: "OPTIONS", headers: { ...asks, origin: PAGE } });
      assert.deepEqual([told.status, told.headers.get("access-control-allow-origin")], [204, PAGE]);
      const other = await ask("/gateway/tavily/usage", { headers: { origin: "https://evil.example" } });
      assert.equal(other.headers.get("access-control-allow-origin"), null);
      assert.deepEqual(await kind(other), [403, "refused"]);
      assert.deepEqual(site.requests.splice(0), []);
    });

    test("bodies that are too large are refused, told or not", async () => {
      const large = " ".repeat((1 << 20) + 1);
      const told = `content-length: ${large.length}\r\n\r\n${large}`;
      const untold = `transfer-encoding: chunked\r\n\r\n${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`;
      for (const rest of [told, untold]) {
        const answer = await raw(gate.base, head("POST /gateway/tavily/search") + rest);
        assert.match(answer, /^HTTP\/1\.1 413 /, answer.slice(0, 300));
      }
      const chunked = `transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`;
      assert.match(await raw(gate.base, head("POST /gateway/tavily/search") + chunked), /^HTTP\/1\.1 200 /);
      assert.deepEqual(site.requests.splice(0).map(({ text }) => text), ["{}"]);
    });

    test("what two servers could read differently does not arrive", async () => {
      const begin = head("POST /gateway/tavily/search");
      for (const smuggled of [
        "content-length: 2\r\ncontent-length: 40\r\n\r\n{}",
        "content-length: +2\r\n\r\n{}",
        "transfer-encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "transfer-encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "content-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}",
        "na me: 1\r\ncontent-length: 2\r\n\r\n{}",
        "x-fathom-key: a b\r\ncontent-length: 2\r\n\r\n{}",
      ]) {
        const answer = await raw(gate.base, begin + smuggled);
        // No answer at all is a refusal too.
        const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
        assert.ok(status === 0 || (status >= 400 && status < 600), `${JSON.stringify(smuggled)}: ${answer.slice(0, 300)}`);
        assert.deepEqual(site.requests.splice(0), [], smuggled);
      }
    });

    test("a stream passes piece by piece and ends when the client goes away", async () => {
      const { answer } = site;
      let response;
      const begun = new Promise((resolve) => {
        site.answer = (_, given) => {
          response = given.writeHead(200, { "content-type": "text/event-stream" });
          response.write("data: 0\n\n");
          resolve();
        };
      });
      const leave = new AbortController();
      const asking = ask("/gateway/tavily/research/r1", { signal: leave.signal, headers: { accept: "text/event-stream" } });
      await begun;
      const closed = once(response, "close");
      const reply = await asking;
      assert.equal(reply.headers.get("content-type"), "text/event-stream");
      const reader = reply.body.getReader();
      const text = new TextDecoder();
      let read = "";
      // Every piece arrives while the vendor holds the next one back.
      for (const piece of ["data: 0\n\n", "data: 1\n\n", "data: \u00e9", "\n\n"]) {
        if (read) response.write(piece);
        const wanted = read + piece;
        while (read !== wanted) read += text.decode((await reader.read()).value, { stream: true });
      }
      leave.abort();
      // Some hosts notice only when there is something to send.
      const pump = setInterval(() => response.write("data: x\n\n"), 20);
      await closed;
      clearInterval(pump);
      site.answer = answer;
      site.requests.splice(0);
    });

    test("the key is in none of its lines", async () => {
      assert.equal((await ask(`/gateway/tavily/${KEY}?key=${KEY}`)).status, 404);
      // The line is written before the answer leaves, and read soon after.
      while (!gate.lines.some((line) => line.includes("not-found"))) await new Promise((resolve) => setImmediate(resolve));
      assert.ok(!gate.lines.join("\n").includes(KEY), gate.lines.join("\n"));
    });
  });
}

const head = (line) => `${line} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\nauthorization: Bearer ${TOKEN}\r\ncontent-type: application/json\r\n`;

/** Sends exactly these bytes and reads until the other side closes. */
async function raw(base, text) {
  const socket = connect(Number(new URL(base).port), "127.0.0.1");
  let answer = "";
  socket.setEncoding("latin1").on("data", (piece) => (answer += piece));
  // A server may close before it has read everything.
  socket.on("error", () => {});
  socket.write(text);
  await Promise.race([once(socket, "close"), once(socket, "end")]).catch(() => {});
  socket.destroy();
  return answer;
}
