// A fake upstream on this machine that does what goes wrong out there. The first part of a path says what:
// `/page-503/api/v1/runs` is an API behind a proxy that is busy. It also serves pages and passes requests on to the
// program, so that a browser finds all of it in one origin.

import { createServer } from "node:http";
import { exa } from "./exa.mjs";
import { local } from "./local.mjs";
import { forward, serveFile } from "./origin.mjs";
import { FAULTS } from "./faults.mjs";
import { json, readBody } from "./wire.mjs";

/** Starts it; `program` is the address that `/program` leads to, `site` the folder below `/site`. */
export async function startFault({ program, site } = {}) {
  const upstream = { runs: new Map(), created: new Map(), tries: new Map() };
  const server = createServer(async (request, response) => {
    // A browser sends a request again by itself when a connection that it had used before goes away without an answer;
    // on fresh connections what is counted here is what the module did.
    response.shouldKeepAlive = false;
    try {
      await answer({ upstream, program, site }, request, response);
    } catch (error) {
      response.headersSent ? response.destroy() : json(response, 500, { error: { kind: "internal", message: `${error}` } });
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const close = () => new Promise((done) => (server.close(done), server.closeAllConnections()));
  return { url: `http://127.0.0.1:${server.address().port}`, upstream, close };
}

async function answer({ upstream, program, site }, request, response) {
  const url = new URL(request.url, "http://127.0.0.1");
  const [, first, ...rest] = url.pathname.split("/");
  const path = `/${rest.join("/")}`;
  if (first === "program") return forward(program + path + url.search, request, response);
  if (first === "site") return serveFile(site, path, response);
  const body = await readBody(request);
  if (first === "-") return control(upstream, path, url, response);
  const [name, ...args] = first.split("-");
  const fault = FAULTS[name]?.(...args);
  if (!fault) return json(response, 404, { error: { kind: "not-found", message: `no fault ${first}` } });
  const call = { upstream, name: first, fault, request, response, method: request.method, path, url, body };
  if (fault.before?.(call)) return undefined;
  return path.startsWith("/api/v1/") ? local(call) : exa(call);
}

/** What tests ask: how often a question made a run, and that a held run may end now. */
function control(upstream, path, url, response) {
  const question = url.searchParams.get("question");
  const runs = [...upstream.runs.values()].filter((run) => run.question === question);
  if (path === "/release") for (const run of runs) run.release("completed");
  json(response, 200, { posts: upstream.created.get(question) ?? 0, runs: runs.length, states: runs.map((run) => run.status) });
}
