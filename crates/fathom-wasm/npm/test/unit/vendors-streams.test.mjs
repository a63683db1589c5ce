// Streams of the vendors: cut anywhere, broken off, left early.

import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { inspect } from "node:util";

import { collect, rejection, source, until } from "./support.mjs";
import { json, upstream } from "./upstream.mjs";

const { Exa } = await source("exa/index.js");
const { tavily } = await source("tavily/index.js");
const errors = await source("errors.js");

const citations = [{ id: "u", url: "u", title: "T\u00e4", publishedDate: "2020", author: "A", text: "x" }];
const PIECES = [{ content: "Die L\u00e4nge \u2014 ", citations: undefined }, { content: "1,233 km \u{1f600}", citations: undefined }, { content: undefined, citations }];
const FRAMES = [
  { choices: [{ delta: { content: "Die L\u00e4nge \u2014 " } }] },
  { choices: [{ delta: { content: "1,233 km \u{1f600}" } }], citations: "null" },
  { choices: [{ delta: {} }] },
  { citations: [{ ...citations[0], image: "i" }] },
];
/** The same stream in the forms that a server may choose. */
const FORMS = {
  LF: `${FRAMES.map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join("")}data: [DONE]\n\n`,
  CRLF: `: hello\r\n\r\n${FRAMES.map((frame) => `event: message\r\ndata:${JSON.stringify(frame)}\r\n\r\n`).join("")}`,
  CR: FRAMES.map((frame) => `data: ${JSON.stringify(frame)}\r\r`).join(""),
  lines: FRAMES.map((frame) => `${JSON.stringify(frame, null, 1).split("\n").map((line) => `data: ${line}\n`).join("")}\n`).join(""),
};

/** A fetch that answers with a stream of these pieces; then it ends, breaks, or stays silent. */
function streaming(pieces, { end = "close", type = "text/event-stream" } = {}) {
  const seen = { cancelled: 0 };
  const fetch = async () => {
    const left = pieces.slice();
    const body = new ReadableStream({
      pull(controller) {
        if (left.length > 0) return controller.enqueue(left.shift());
        if (end === "close") controller.close();
        if (end === "break") controller.error(new TypeError("terminated"));
      },
      cancel: () => void (seen.cancelled += 1),
    });
    return new Response(body, { headers: { "content-type": type } });
  };
  return { exa: new Exa("key", { fetch }), client: tavily({ apiKey: "key", fetch }), seen };
}

const encoded = (text) => new TextEncoder().encode(text);
const cut = (bytes, at) => [bytes.slice(0, at), bytes.slice(at)];

for (const [name, text] of Object.entries(FORMS)) {
  test(`an answer is the same wherever its stream is cut (${name})`, async () => {
    const bytes = encoded(text);
    for (let at = 1; at < bytes.length; at += 1) {
      const pieces = await collect(streaming(cut(bytes, at)).exa.streamAnswer("x"));
      assert.deepEqual(pieces, PIECES, `cut at ${at}`);
    }
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    assert.deepEqual(await collect(streaming(single).exa.streamAnswer("x")), PIECES);
  });

  test(`a stream that breaks off has told everything before, and is an error (${name})`, async () => {
    const bytes = encoded(text);
    for (let at = 0; at < bytes.length; at += 1) {
      const { exa } = streaming([bytes.slice(0, at)].filter((piece) => piece.length > 0), { end: "break" });
      const told = [];
      const error = await rejection((async () => {
        for await (const piece of exa.streamAnswer("x")) told.push(piece);
      })());
      assert.ok(error instanceof errors.UnreachableError, inspect(error));
      assert.deepEqual(told, PIECES.slice(0, told.length), `broken at ${at}`);
    }
  });
}

test("leaving the loop gives up the reply", async () => {
  const { exa, seen } = streaming([encoded(FORMS.LF)], { end: "silent" });
  for await (const piece of exa.streamAnswer("x")) {
    assert.deepEqual(piece, PIECES[0]);
    break;
  }
  await until(() => seen.cancelled === 1);
  const events = await streaming([encoded("event: agent_run.created\ndata: {}\n\n")], { end: "silent" });
  const stream = await events.exa.agent.runs.create({ query: "x", stream: true });
  await stream.return();
  await until(() => events.seen.cancelled === 1);
});

test("leaving the loop closes the connection", async () => {
  let closed;
  const server = await upstream(async (request, response) => {
    closed = once(response, "close");
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(FORMS.LF);
  });
  for await (const _ of new Exa("key", server.base).streamAnswer("x")) break;
  await closed;
  await server.close();
});

test("a stream that falls silent, and one that is given up, end", async () => {
  const { exa } = streaming([encoded(FORMS.LF)], { end: "silent" });
  const silence = await rejection(collect(exa.streamAnswer("x", {}, { timeout: 30 })));
  assert.ok(silence instanceof errors.TimeoutError, inspect(silence));
  const controller = new AbortController();
  const given = rejection((async () => {
    for await (const _ of exa.streamAnswer("x", {}, { signal: controller.signal })) controller.abort("enough");
  })());
  assert.equal(await given, "enough");
});

test("an error inside a stream is an error", async () => {
  const told = [];
  const broken = `data: ${JSON.stringify(FRAMES[0])}\n\ndata: {"error":{"message":"No model.","code":"SERVICE_OVERLOADED"}}\n\n`;
  const error = await rejection((async () => {
    for await (const piece of streaming([encoded(broken)]).exa.streamAnswer("x")) told.push(piece);
  })());
  assert.deepEqual([error.kind, error.message, error.code], ["failed", "No model.", "SERVICE_OVERLOADED"]);
  assert.equal(told.length, 1);
  const frame = 'event: error\ndata: {"object":"error","message":"No sources."}\n\n';
  const { client } = streaming([encoded(frame)]);
  const failed = await rejection(client.research("x", { stream: true }).then(collect));
  assert.deepEqual([failed.kind, failed.message], ["failed", "No sources."]);
});

test("what is no stream is not taken for one", async () => {
  const { exa } = streaming([encoded('{"id":"agent_run_1"}')], { type: "application/json" });
  for (const asked of [collect(exa.streamAnswer("x")), exa.agent.runs.create({ query: "x", stream: true }), exa.research.get("x", { stream: true })]) {
    assert.ok((await rejection(asked)) instanceof errors.MalformedError);
  }
});

test("an event without end is not kept without end", async () => {
  const piece = encoded(`data: ${"x".repeat(1 << 20)}`);
  const { exa } = streaming([piece, ...Array(12).fill(encoded("y".repeat(1 << 20)))]);
  assert.ok((await rejection(collect(exa.streamAnswer("x")))) instanceof errors.MalformedError);
});

test("the log of a run is read with its ids, and unknown lines are left out", async () => {
  const run = { id: "agent_run_1", status: "completed" };
  const text = [
    ": keep-alive\r\n\r\n",
    'id: 0\r\nevent: agent_run.created\r\ndata: {"id":"agent_run_1","status":"queued"}\r\n\r\n',
    "retry: 10\r\n\r\n",
    "data: {}\r\n\r\n",
    "id: 1\r\nevent: agent_run.note\r\ndata: plain words\r\n\r\n",
    `id: 2\r\nevent: agent_run.completed\r\ndata: ${JSON.stringify(run)}\r\n\r\n`,
  ].join("");
  const { exa } = streaming([encoded(text)]);
  const expected = [
    { id: "0", event: "agent_run.created", data: { id: "agent_run_1", status: "queued" } },
    { id: "1", event: "agent_run.note", data: { value: "plain words" } },
    { id: "2", event: "agent_run.completed", data: run },
  ];
  assert.deepEqual(await collect(await exa.agent.runs.create({ query: "x", stream: true })), expected);
  assert.deepEqual(await collect(await exa.agent.runs.events.stream("agent_run_1", { lastEventId: "7" })), expected);
});

test("a stream that is refused is an error before it begins", async () => {
  const server = await upstream((_, response) => json(response, { error: { code: "CONCURRENCY_LIMIT_REACHED", message: "Two runs." } }, 429));
  const exa = new Exa("key", server.base, { maxRetries: 0 });
  const error = await rejection(exa.agent.runs.create({ query: "x", stream: true }));
  assert.deepEqual([error.kind, error.code, error.status], ["rate-limited", "CONCURRENCY_LIMIT_REACHED", 429]);
  assert.equal(server.requests[0].headers.accept, "text/event-stream");
  await server.close();
});
