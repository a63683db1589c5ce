// A server on this machine that answers as it is told, for faults that no honest server makes.

import { createServer } from "node:http";
import { once } from "node:events";
import { afterEach } from "node:test";

const open = new Set();
/** Every server ends with the test that began it. */
afterEach(() => Promise.all([...open].map((close) => close())));

/**
 * Starts it. `answer(request, response, place)` gets each request with its body as text in
 * `request.text` and its number from 0 on as `place`.
 */
export async function upstream(answer) {
  const requests = [];
  const server = createServer(async (request, response) => {
    request.text = await text(request);
    requests.push({ method: request.method, url: request.url, headers: request.headers, text: request.text });
    try {
      await answer(request, response, requests.length - 1);
    } catch (error) {
      response.destroy(error);
    }
  });
  const sockets = new Set();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const base = `http://127.0.0.1:${server.address().port}`;
  let closed;
  const close = () => {
    open.delete(close);
    closed ??= new Promise((resolve) => server.close(resolve));
    // Also those that have not sent anything yet, for which the server itself would wait for ever.
    sockets.forEach((socket) => socket.destroy());
    return closed;
  };
  open.add(close);
  return { base, requests, close };
}

async function text(request) {
  let all = "";
  request.setEncoding("utf8");
  for await (const piece of request) all += piece;
  return all;
}

/** Answers with JSON. */
export function json(response, value, status = 200, headers = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(value));
}

/** The report that the made-up program below yields. */
export const REPORT = {
  markdown: "The Rhine is 1,233 km long [1].",
  sources: [{ id: 1, title: "Rhine", url: "https://rhine.example/" }],
  citations: [{ marker: "[1]", span: { start: 27, end: 30 }, sources: [1] }],
  warnings: [],
};

/** The events of its runs, as they stand in the stream. */
export const EVENTS = [
  { type: "run-started" },
  { type: "search-started", query: "length of the Rhine" },
  { type: "source-found", source: REPORT.sources[0] },
  { type: "text-delta", text: "The Rhine is 1,233 km — long [1]." },
  { type: "run-ended", status: "completed" },
].map((event, place) => ({ id: place + 1, at_ms: place * 10, event }));

/** The events after one, as a stream's text. */
export function stream(after = 0) {
  const told = EVENTS.filter((record) => record.id > after);
  return told.map((record) => `id: ${record.id}\r\ndata: ${JSON.stringify(record)}\r\n\r\n`).join("");
}

/**
 * A program with one run that is done as soon as its events have been read. Whatever `faults`
 * returns true for has been answered there.
 */
export function program(faults = () => false) {
  return async (request, response, place) => {
    if (await faults(request, response, place)) return;
    const path = request.url.split("?")[0];
    if (path === "/api/v1/runs" && request.method === "POST") return json(response, view("queued"), 202);
    if (path === "/api/v1/runs") return json(response, { runs: [view("completed")] });
    if (path === "/api/v1/runs/r1") return json(response, view("completed"));
    if (path === "/api/v1/runs/r1/cancel") return json(response, view("cancelled"));
    if (path === "/api/v1/runs/r1/events") {
      response.writeHead(200, { "content-type": "text/event-stream" });
      return response.end(stream(Number(request.headers["last-event-id"] ?? 0)));
    }
    return json(response, { error: { kind: "not-found", message: "There is no such page." } }, 404);
  };
}

/** A run as the program tells it. */
export function view(status) {
  const run = { id: "r1", status, question: "How long is the Rhine?", effort: "standard", created_ms: 1 };
  return status === "completed" ? { ...run, report: REPORT } : run;
}
