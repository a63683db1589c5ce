// What is polled: replies of a wanted size, made once, over connections that stay open.

import { createServer } from "node:http";

/** Each vendor's reply for a job that is done, with a report that fills it. */
const REPLIES = {
  "/agent/runs/": (text) => ({
    id: "run",
    object: "agent_run",
    status: "completed",
    stopReason: "schema_satisfied",
    createdAt: "2026-11-22T02:00:00.000Z",
    completedAt: "2026-11-22T02:00:01.000Z",
    request: { query: "What does Norway export?" },
    output: { text, structured: null, grounding: [{ field: "text", citations: SOURCES }] },
    usage: { searches: 3 },
    costDollars: { total: 0.1 },
  }),
  "/research/": (text) => ({
    request_id: "run",
    created_at: "2026-11-22T02:00:00Z",
    status: "completed",
    content: text,
    sources: SOURCES,
    response_time: 12,
  }),
};

const SOURCES = Array.from({ length: 5 }, (_, n) => ({ title: `Exports of Norway, ${n}`, url: `https://example.org/norway/${n}` }));
const SENTENCE = "Norway exports petroleum, natural gas, fish and metals, \"most\" of it to Europe – größtenteils. [1]\n";

function reply(make, bytes) {
  const empty = JSON.stringify(make("")).length;
  const sentence = Buffer.byteLength(JSON.stringify(SENTENCE)) - 2;
  return Buffer.from(JSON.stringify(make(SENTENCE.repeat(Math.max(1, Math.round((bytes - empty) / sentence))))));
}

/** Starts it. `resident` says what the client holds in memory. */
export async function startUpstream(resident) {
  const made = new Map();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    response.setHeader("content-type", "application/json");
    if (pathname === "/now") return response.end(`${performance.now()}`);
    if (pathname === "/resident") return response.end(JSON.stringify(resident() ?? null));
    const route = Object.keys(REPLIES).find((path) => pathname.startsWith(path));
    const bytes = Number(pathname.slice(route?.length ?? 0));
    if (!route || !bytes) return response.writeHead(404).end("{}");
    if (!made.has(pathname)) made.set(pathname, reply(REPLIES[route], bytes));
    return response.end(made.get(pathname));
  });
  server.keepAliveTimeout = 60_000;
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const close = () => new Promise((done) => (server.close(done), server.closeAllConnections()));
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}
