// Plays every transcript of the core through the loop in JavaScript and the built module, with
// `fetch` and the clock played too.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { source } from "./support.mjs";
import { parse } from "./transcript.mjs";

const { drive, Wishes } = await source("drive.js");
const { core, setLoader } = await source("wasm.js");
const { Machine } = await source("../dist/wasm/core.js");
const { load } = await source("load/node.js");
setLoader(load);

const BASE = "http://fathom.invalid";
const KEY = "hunter2";
const VENDORS = new URL("../../../../fathom-core/src/providers/", import.meta.url);
const FOLDERS = {
  local: "local/fixtures/",
  "exa-agent": "exa/fixtures/agent/",
  "exa-deep-search": "exa/fixtures/search/",
  "exa-answer": "exa/fixtures/answer/",
  "exa-research": "exa/fixtures/research_v1/",
  "exa-research-v0": "exa/fixtures/research_v0/",
  tavily: "tavily/fixtures/",
  extruct: "extruct/fixtures/",
};

for (const [provider, folder] of Object.entries(FOLDERS)) {
  const place = new URL(folder, VENDORS);
  for (const name of readdirSync(place).filter((name) => name.endsWith(".txt"))) {
    test(`${provider}: ${name}`, () => play(provider, parse(readFileSync(new URL(name, place), "utf8"))));
  }
}

async function play(provider, { task, entries, end }) {
  const stage = new Stage(entries);
  const { generation } = await core();
  const start = { token: "token-1", seed: 7, now_ms: 1_000_000 };
  const machine = new Machine(JSON.stringify({ provider, access: { base: BASE, key: KEY }, task, start }));
  const undo = stage.takeClock();
  let outcome;
  try {
    outcome = await drive({
      machine,
      generation,
      wishes: stage.wishes,
      fetch: (url, init) => stage.fetch(url, init),
      idle: () => false,
      sent: () => {},
      tell: (notice) => stage.tell(notice),
    });
  } finally {
    undo();
  }
  machine.free();
  stage.checkDone();
  const { type, error, report } = outcome;
  assert.deepEqual([type, error?.kind, report], [end.word, end.kind, end.report]);
  assert.ok(!JSON.stringify(outcome).includes(KEY));
}

/** What is expected, and what happens instead of the world. */
class Stage {
  wishes = new Wishes();
  #entries;
  #heard = [];
  #timers = new Map();

  constructor(entries) {
    this.#entries = entries.filter((entry) => !entry.event);
    this.expected = entries.filter((entry) => entry.event).map((entry) => entry.event);
  }

  tell(notice) {
    if (notice.type === "event") this.#heard.push(notice.record);
    assert.ok(!JSON.stringify(notice).includes(KEY));
  }

  fetch(url, { method, headers, body, signal }) {
    const { request } = this.#entries.shift() ?? {};
    assert.ok(request, `unexpected ${method} ${url}`);
    assert.equal(`${method} ${url.replace(BASE, "")}`, `${request.method} ${request.path}`);
    for (const [name, value] of request.headers) assert.equal(headers[name], value);
    if (request.body.trim()) assert.deepEqual(JSON.parse(body), JSON.parse(request.body));
    assert.ok(!url.includes(KEY));
    if (this.#entries[0]?.broken) return this.#never();
    const { reply } = this.#entries.shift();
    return Promise.resolve(new Response(emptyIs(reply, this.#body(reply.body, signal)), reply));
  }

  /** A request that fails before anything came back. */
  #never() {
    const { broken } = this.#entries[0];
    if (broken === "timeout") return new Promise(() => {});
    this.#entries.shift();
    const cause = broken === "not-sent" ? { code: "ECONNREFUSED" } : undefined;
    return Promise.reject(new TypeError("fetch failed", { cause }));
  }

  #body(text, signal) {
    let sent = false;
    const pieces = new TextEncoder().encode(text);
    const open = this.#entries[0]?.cancel || this.#entries[0]?.broken === "timeout";
    const breaks = this.#entries[0]?.broken && !open;
    if (breaks) this.#entries.shift();
    return new ReadableStream({
      start(controller) {
        signal.addEventListener("abort", () => {
          try {
            controller.error(signal.reason);
          } catch {
            // It was at its end.
          }
        });
      },
      pull(controller) {
        if (pieces.length && !sent) {
          sent = true;
          return controller.enqueue(pieces);
        }
        if (breaks) controller.error(new TypeError("terminated"));
        else if (!open) controller.close();
        else return new Promise(() => {});
      },
    });
  }

  /** Timers go off, one after another, when nothing else happens any more. */
  takeClock() {
    const { setTimeout, clearTimeout } = globalThis;
    let number = 0;
    let over = false;
    globalThis.setTimeout = (work, ms) => {
      this.#timers.set((number += 1), { work, ms });
      return number;
    };
    globalThis.clearTimeout = (timer) => this.#timers.delete(timer);
    const turn = (quiet) => {
      if (over) return;
      setImmediate(() => turn(quiet >= 4 ? this.#advance() : quiet + 1));
    };
    turn(0);
    return () => {
      over = true;
      Object.assign(globalThis, { setTimeout, clearTimeout });
    };
  }

  /** What happens when nothing happens: a wait ends, the time for a reply is up, somebody cancels. */
  #advance() {
    const [entry] = this.#entries;
    const [[timer, { work, ms }] = [undefined, {}]] = this.#timers;
    if (entry?.cancel) {
      this.#entries.shift();
      this.wishes.cancel();
    } else if (entry?.wait && timer) {
      const [least, most] = entry.wait;
      assert.ok(ms >= least && ms <= most, `a wait of ${ms} ms, expected ${least} to ${most}`);
      this.#entries.shift();
      this.#timers.delete(timer);
      work();
    } else if (entry?.broken === "timeout" && timer) {
      this.#entries.shift();
      this.#timers.delete(timer);
      work();
    }
    return 0;
  }

  checkDone() {
    assert.deepEqual(this.#entries, []);
    assert.deepEqual(this.#heard, this.expected);
    assert.equal(this.#timers.size, 0, "timers are left");
  }
}

/** Some statuses have no body. */
function emptyIs(reply, body) {
  return [101, 103, 204, 205, 304].includes(reply.status) ? null : body;
}
