// The vendors' clients against an upstream that misbehaves: what is tried again, what is not, and
// what the caller gets.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";

import { rejection, source } from "./support.mjs";
import { json, upstream } from "./upstream.mjs";

const { Exa } = await source("exa/index.js");
const { tavily } = await source("tavily/index.js");
const { Extruct } = await source("extruct/index.js");
const errors = await source("errors.js");

const KEY = "hunter2-secret";
/** Asks to come back at once, so that no test waits. */
const SOON = { "retry-after-ms": "1" };

/** Calls `work` with a client of an upstream that answers so. */
async function against(answer, work, options = {}) {
  const server = await upstream(answer);
  try {
    return await work(new Exa(KEY, server.base, options), server);
  } finally {
    await server.close();
  }
}

/** Answers with these one after the other; the last one again and again. */
const answers = (...all) => (request, response, place) => {
  const [status, body, headers] = all[Math.min(place, all.length - 1)];
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
};

const FINE = [200, { results: [], requestId: "r" }];

test("a wrong key is told as such, and the key nowhere", async () => {
  const refusal = [401, { requestId: "r1", error: `The key ${KEY} is wrong.`, tag: "INVALID_API_KEY" }];
  await against(answers(refusal), async (exa, { requests }) => {
    const error = await rejection(exa.search("x"));
    assert.ok(error instanceof errors.UnauthorizedError && error instanceof Error);
    assert.deepEqual([error.status, error.code, error.requestId, error.provider], [401, "INVALID_API_KEY", "r1", "exa"]);
    assert.equal(requests.length, 1);
    assert.equal(requests[0].headers["x-api-key"], KEY);
    for (const shown of [error.message, error.stack, JSON.stringify(error), inspect(error, { depth: 9 })]) {
      assert.ok(!shown.includes(KEY), shown);
    }
    for (const shown of [inspect(exa, { depth: 9, showHidden: true }), JSON.stringify(exa)]) assert.ok(!shown.includes(KEY), shown);
  });
});

test("a key or header that cannot be sent is refused before anything is", async () => {
  await against(answers(FINE), async (_, { base, requests }) => {
    const error = await rejection(new Exa("two\nlines", base).search("x"));
    assert.ok(errors.isKind(error, "unauthorized"), `${error}`);
    const exa = new Exa(KEY, base);
    assert.ok(errors.isKind(await rejection(exa.search("x", {}, { headers: { "x-a": "b\r\nc" } })), "invalid-task"));
    assert.ok(errors.isKind(await rejection(exa.agent.runs.get("a/../b")), "invalid-task"));
    assert.ok(errors.isKind(await rejection(exa.agent.runs.get("")), "invalid-task"));
    assert.ok(errors.isKind(await rejection(exa.getContents([])), "invalid-task"));
    assert.ok(errors.isKind(await rejection(exa.search("x", {}, { signal: "now" })), "invalid-task"));
    assert.ok(errors.isKind(await rejection(exa.search("x", {}, { timeout: "soon" })), "invalid-task"));
    assert.ok(errors.isKind(await rejection(exa.search("x", { self: 1n })), "invalid-task"));
    assert.equal(requests.length, 0);
  });
});

test("what can pass is asked again, up to the number of retries", async () => {
  for (const status of [408, 429, 500, 502, 503, 504]) {
    await against(answers([status, "", SOON], [status, "<html>", SOON], FINE), async (exa, { requests }) => {
      assert.deepEqual(await exa.search("x"), FINE[1]);
      assert.equal(requests.length, 3);
      assert.equal(requests[0].text, requests[2].text);
    });
    await against(answers([status, "", SOON]), async (exa, { requests }) => {
      const error = await rejection(exa.search("x", {}, { maxRetries: 1 }));
      assert.equal(error.status, status);
      assert.equal(requests.length, 2);
    });
  }
});

test("who asks to wait for more than a minute is not waited for", async () => {
  await against(answers([429, { error: "Slow down.", tag: "RATE_LIMIT_EXCEEDED" }, { "retry-after": "120" }]), async (exa, { requests }) => {
    const error = await rejection(exa.search("x"));
    assert.ok(error instanceof errors.RateLimitedError);
    assert.equal(error.retryAfter, 120);
    assert.equal(requests.length, 1);
  });
});

test("a wait that would outlast the timeout is not begun", async () => {
  await against(answers([503, "", { "retry-after": "30" }]), async (exa) => {
    const error = await rejection(exa.search("x", {}, { timeout: 5_000 }));
    assert.deepEqual([error.kind, error.status], ["unavailable", 503]);
  });
});

test("what does not pass by itself is asked once", async () => {
  for (const [status, body, kind] of [
    [400, { error: "No.", tag: "INVALID_REQUEST" }, "invalid-task"],
    [402, { error: "No.", tag: "NO_MORE_CREDITS" }, "quota"],
    [403, { error: "No.", tag: "PROHIBITED_CONTENT" }, "refused"],
    [404, { error: { code: "RUN_NOT_FOUND", message: "No." } }, "not-found"],
    [404, "<html>nothing here</html>", "malformed"],
    [409, { error: "No." }, "refused"],
  ]) {
    await against(answers([status, body]), async (exa, { requests }) => {
      const error = await rejection(exa.agent.runs.get("agent_run_1"));
      assert.deepEqual([error.kind, error.status, requests.length], [kind, status, 1]);
    });
  }
});

test("a page in place of JSON is a malformed answer", async () => {
  await against(answers([200, "<html>Welcome</html>", { "x-request-id": "r9" }]), async (exa, { requests }) => {
    const error = await rejection(exa.search("x"));
    assert.ok(error instanceof errors.MalformedError);
    assert.deepEqual([error.status, error.requestId, requests.length], [200, "r9", 1]);
  });
});

test("a connection that is dropped is tried again for what only asks", async () => {
  const drop = (request, response, place) => {
    if (place === 0) return response.destroy();
    if (place === 1) {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
      response.write("{");
      return void setImmediate(() => response.destroy());
    }
    return json(response, { fine: true });
  };
  // The waits between are those of the core; two of them stay below two seconds.
  await against(drop, async (exa, { requests }) => {
    assert.deepEqual(await exa.search("x"), { fine: true });
    assert.equal(requests.length, 3);
  });
});

test("what makes something that is paid for is sent once when it may have arrived", async () => {
  const creations = [
    (exa) => exa.agent.runs.create({ query: "x" }),
    (exa) => exa.agent.runs.create({ query: "x", stream: true }),
    (exa) => exa.research.create({ instructions: "x" }),
    (exa) => exa.research.createTask({ instructions: "x" }),
    (_, base) => tavily({ apiKey: KEY, apiBaseURL: base }).research("x"),
    (_, base) => new Extruct(KEY, { baseURL: base }).create({ brief: "x" }),
  ];
  const faults = [
    answers([500, "", SOON]),
    answers([502, "<html>", SOON]),
    (request, response) => response.destroy(),
    (request, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
      response.write('{"id":');
      setImmediate(() => response.destroy());
    },
  ];
  for (const create of creations) {
    for (const fault of faults) {
      await against(fault, async (exa, { base, requests }) => {
        const error = await rejection(create(exa, base));
        assert.ok(errors.isFathomError(error), inspect(error));
        assert.equal(requests.length, 1, `${create} ${fault}`);
      });
    }
    // A limit turns it away before anything comes of it.
    await against(answers([429, { error: "Slow down." }, SOON], [200, { id: "i", researchId: "i" }, { "content-type": "text/event-stream" }]), async (exa, { base, requests }) => {
      await create(exa, base).catch(() => {});
      assert.equal(requests.length, 2);
    });
  }
});

test("nobody is waited for longer than the timeout", async () => {
  const silent = () => {};
  await against(silent, async (exa) => {
    const error = await rejection(exa.search("x", {}, { timeout: 40, maxRetries: 0 }));
    assert.ok(error instanceof errors.TimeoutError, inspect(error));
    assert.match(error.message, /40 ms/);
    const creating = await rejection(exa.agent.runs.create({ query: "x" }, { timeout: 40 }));
    assert.ok(creating instanceof errors.TimeoutError);
    assert.match(creating.message, /may have arrived/);
  });
  const deaf = new Exa(KEY, { fetch: () => new Promise(() => {}) });
  assert.ok((await rejection(deaf.search("x", {}, { timeout: 20, maxRetries: 0 }))) instanceof errors.TimeoutError);
});

test("an abort rejects with its own reason, whatever that is", async () => {
  await against(() => {}, async (exa, { requests }) => {
    for (const reason of ["enough", 7, new Error("mine"), undefined]) {
      const controller = new AbortController();
      const asked = rejection(exa.search("x", {}, { signal: controller.signal }));
      controller.abort(reason);
      assert.equal(await asked, controller.signal.reason);
    }
    const before = requests.length;
    assert.equal(await rejection(exa.search("x", {}, { signal: AbortSignal.abort("before") })), "before");
    assert.equal(requests.length, before);
  });
  const controller = new AbortController();
  const waiting = answers([503, "", { "retry-after": "50" }]);
  await against(waiting, async (exa) => {
    const logged = [];
    const told = exa.withOptions({ logger: { warn: (line) => (logged.push(line), controller.abort("waited")) } });
    assert.equal(await rejection(told.search("x", {}, { signal: controller.signal })), "waited");
    assert.match(logged[0], /^exa: .*Asked again in 5\d{4} ms\.$/);
    assert.ok(!logged[0].includes(KEY));
  });
});

test("whatever a fetch of the caller's does is an error of ours, and the next call works", async () => {
  const odd = [
    () => undefined,
    () => null,
    () => "text",
    () => ({ status: 200 }),
    () => ({ status: "fine" }),
    () => {
      throw "a string";
    },
    () => Promise.reject(undefined),
    () => Promise.reject({ name: "AbortError" }),
    async () => ({ status: 200, headers: new Headers(), body: null, arrayBuffer: async () => new TextEncoder().encode("no json").buffer }),
  ];
  for (const answer of odd) {
    const exa = new Exa(KEY, { fetch: (url, init) => (init.body.includes("odd") ? answer() : new Response('{"fine":true}')) });
    const error = await rejection(exa.search("odd", {}, { maxRetries: 0 }));
    assert.ok(errors.isFathomError(error), inspect(error));
    assert.deepEqual(await exa.search("good"), { fine: true });
  }
});

test("a reply of another realm is read like any other", async () => {
  const foreign = { status: 200, headers: new Map([["content-type", "application/json"]]) };
  const exa = new Exa(KEY, { fetch: async () => ({ ...foreign, arrayBuffer: async () => new TextEncoder().encode('{"a":1}').buffer }) });
  assert.deepEqual(await exa.search("x"), { a: 1 });
});

test("a reply of 50 MB is read", async () => {
  const text = JSON.stringify({ results: [{ text: "x".repeat(50_000_000) }] });
  await against((request, response) => response.writeHead(200, { "content-type": "application/json" }).end(text), async (exa) => {
    assert.equal((await exa.search("x")).results[0].text.length, 50_000_000);
  });
});

test("line breaks inside the strings of a reply do not spoil it", async () => {
  await against(answers([200, '{"id": "t", "brief": "two\nlines"}']), async (_, { base }) => {
    assert.deepEqual(await new Extruct(KEY, { baseURL: base }).get("t"), { id: "t", brief: "two\nlines" });
  });
});

test("a hundred calls at once do not disturb each other", async () => {
  const echo = (request, response, place) =>
    place % 3 === 0 ? (response.writeHead(503, SOON), response.end()) : json(response, JSON.parse(request.text));
  await against(echo, async (exa) => {
    const all = await Promise.all(Array.from({ length: 100 }, (_, index) => exa.search(`q${index}`, {}, { maxRetries: 50 })));
    assert.deepEqual(all.map(({ query }) => query), Array.from({ length: 100 }, (_, index) => `q${index}`));
  });
});
