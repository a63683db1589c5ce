// The vendors' clients through the program's gateway: the key is the program's, and only the upstream
// sees it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { collect, rejection, source } from "./support.mjs";
import { json, upstream } from "./upstream.mjs";

const { Exa } = await source("exa/index.js");
const { tavily } = await source("tavily/index.js");
const { Extruct } = await source("extruct/index.js");

const KEY = "hunter2-of-the-program";
const library = fileURLToPath(new URL("../../../../fathom-server/tests/sdk/library", import.meta.url));

/** The program before a vendor, until the test ends. */
async function start(context) {
  const vendor = await upstream(answer);
  const data = mkdtempSync(join(tmpdir(), "fathom-gateway-"));
  const env = { ...process.env, FATHOM_EXA_URL: vendor.base, FATHOM_TAVILY_URL: vendor.base, FATHOM_EXTRUCT_URL: vendor.base };
  for (const name of ["EXA_API_KEY", "TAVILY_API_KEY", "EXTRUCT_API_TOKEN"]) env[name] = KEY;
  const flags = ["--listen", "127.0.0.1:0", "--library", library, "--data", data];
  const child = spawn(process.env.FATHOM_PROGRAM, ["serve", ...flags], { env, stdio: ["ignore", "pipe", "ignore"] });
  context.after(async () => {
    child.kill("SIGKILL");
    await once(child, "exit");
    rmSync(data, { recursive: true, force: true });
  });
  const [line] = await once(createInterface(child.stdout), "line");
  return { gateway: { baseUrl: line.replace("Fathom is ready on ", "") }, seen: () => vendor.requests.at(-1) };
}

/** Answers with what came, so that a key that travels back would be seen. */
function answer(request, response) {
  const path = request.url.split("?")[0];
  if (path === "/answer") {
    response.writeHead(200, { "content-type": "text/event-stream" });
    return response.end('data: {"choices":[{"delta":{"content":"Oslo"}}]}\n\ndata: [DONE]\n\n');
  }
  if (path.endsWith("gone")) return json(response, { error: { code: "RUN_NOT_FOUND", message: "No run." } }, 404, { "x-request-id": "r1" });
  return json(response, { id: "i", status: "done", results: [], images: [], path });
}

test("every vendor is asked with the program's key", async (context) => {
  const { gateway, seen } = await start(context);
  const exa = new Exa({ gateway });
  assert.equal((await exa.search("x")).path, "/search");
  assert.equal(seen().headers["x-api-key"], KEY);
  assert.deepEqual(await collect(exa.streamAnswer("x")), [{ content: "Oslo", citations: undefined }]);
  assert.equal(seen().headers.accept, "text/event-stream");
  await exa.agent.runs.list({ limit: 3, cursor: "a b" }, { headers: { "exa-beta": "one" } });
  assert.deepEqual([seen().url, seen().headers["exa-beta"]], ["/agent/runs?cursor=a%20b&limit=3", "one"]);
  assert.deepEqual((await tavily({ gateway }).search("x")).results, []);
  assert.equal(seen().headers.authorization, `Bearer ${KEY}`);
  assert.equal((await new Extruct({ gateway }).create({ brief: "x" })).id, "i");
  assert.equal(seen().headers.authorization, `Bearer ${KEY}`);
});

test("a key of one's own goes before the program's, and the vendor's refusals come through", async (context) => {
  const { gateway, seen } = await start(context);
  const exa = new Exa({ gateway, apiKey: "mine-and-only-mine" });
  await exa.search("x");
  assert.equal(seen().headers["x-api-key"], "mine-and-only-mine");
  const error = await rejection(exa.agent.runs.get("gone"));
  assert.deepEqual([error.kind, error.code, error.status, error.requestId], ["not-found", "RUN_NOT_FOUND", 404, "r1"]);
});
