/** The client. */

import * as exports from "../dist/wasm/core.js";
import { CancelledError, fromFailure, fromWire } from "./errors.js";
import { Runs } from "./runs.js";
import { checkSettings, placeOf } from "./settings.js";
import { camel, checkOptions, invalid, pick, toCore, written } from "./task.js";
import { send, within } from "./transport.js";
import { core, guard } from "./wasm.js";

/** How often a question beside a run is tried again, unless `maxRetries` says otherwise. */
const RETRIES = 2;

export class Fathom {
  #settings;
  #inner;
  #runs;

  constructor(settings) {
    this.#settings = checkSettings(settings);
    this.#inner = new Inner(this.#settings);
    this.#runs = new Runs(this.#inner);
  }

  /** Runs: `create`, `resume`, `adopt`, `list`. */
  get runs() {
    return this.#runs;
  }

  /** What can be asked, and what each provider can do. */
  async providers() {
    this.#inner.checkOpen();
    return structuredClone(await this.#inner.roster());
  }

  /** What a provider would refuse of a task, as an error, or ignore, as warnings; nothing is sent. */
  async check(task, options) {
    this.#inner.checkOpen();
    const { provider } = checkOptions(options, pick("provider"));
    const text = toCore(task);
    const { id } = await this.#inner.info(provider);
    const { generation } = await core();
    const answer = JSON.parse(guard(generation, () => exports.check(id, text)));
    if (answer.error) throw fromWire(answer.error, { provider: id });
    return answer.warnings;
  }

  /** A client with some settings changed. */
  withOptions(changed) {
    return new Fathom({ ...this.#settings, ...checkOptions(changed, {}) });
  }

  /** Ends all waiting; runs go on at their providers. Resolves when no submission is under way any more. */
  async close() {
    await this.#inner.close();
  }

  async [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]() {
    await this.close();
  }
}

/** What runs need of their client. */
class Inner {
  #settings;
  #roster;
  #live = new Set();
  #closed = false;

  constructor(settings) {
    this.#settings = settings;
  }

  get maxRetries() {
    return this.#settings.maxRetries;
  }

  checkOpen() {
    if (this.#closed) throw closed();
  }

  /** All providers. */
  async roster() {
    const { generation } = await core();
    this.#roster ??= camel(JSON.parse(guard(generation, () => exports.providers())));
    return this.#roster;
  }

  /** The provider of this id, or the local one where that is set up. */
  async info(id = this.#settings.local && "local") {
    this.checkOpen();
    const roster = await this.roster();
    const found = roster.find((info) => info.id === id);
    if (found) return found;
    const known = roster.map((info) => info.id).join(", ");
    throw invalid("provider", id ? `There is no provider "${id}". There are ${known}.` : `Name a provider: ${known}.`);
  }

  /** What the core needs to begin a run: JSON, which holds the key and is shown to nobody. */
  async opened({ provider, task, token, now, checkpoint, job }) {
    const { vendor } = await this.info(provider);
    const rest = { provider, checkpoint, job, access: placeOf(this.#settings, vendor) };
    rest.start = { token, now_ms: now, seed: seed() };
    const text = written(rest, "checkpoint");
    return task ? `${text.slice(0, -1)},"task":${task}}` : text;
  }

  /** What a request is sent with. */
  transport() {
    const { fetch, timeout } = this.#settings;
    return { fetch, timeout, sent: (request, reply) => this.#note(request, reply) };
  }

  /** A run that is being followed, until it no longer is. */
  add(run) {
    this.#live.add(run);
  }

  remove(run) {
    this.#live.delete(run);
  }

  /** One question beside a run. */
  async ask(call, what, { signal, timeout, maxRetries } = {}) {
    const { vendor } = await this.info(what.provider);
    const settings = written({ ...what, call, access: placeOf(this.#settings, vendor) }, "request");
    const tries = maxRetries ?? this.#settings.maxRetries ?? RETRIES;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#asked(settings, what.provider, { signal, timeout });
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        if (attempt >= tries || !AGAIN.has(error.kind)) throw error;
        await pause(error.retryAfter, attempt, signal);
      }
    }
  }

  async #asked(settings, provider, { signal, timeout = Infinity }) {
    const { generation } = await core();
    const wish = JSON.parse(guard(generation, () => exports.ask(settings)));
    if (wish.error) throw fromWire(wish.error, { provider });
    const { fetch, timeout: own = Infinity, sent } = this.transport();
    const limit = Math.min(wish.limit, timeout, own);
    const begun = Date.now();
    let reply;
    let body;
    try {
      reply = await send(wish.request, { fetch, signal, limit });
      sent(wish.request, { status: reply.status, ms: Date.now() - begun });
      body = await reply.body.bytes({ limit });
    } catch (failure) {
      if (!reply) sent(wish.request, { kind: failure.kind, ms: Date.now() - begun });
      throw fromFailure(failure, { provider });
    }
    const now = await core();
    const headers = JSON.stringify(reply.headers);
    const told = JSON.parse(guard(now.generation, () => exports.told(settings, reply.status, headers, body)));
    if (told.error) throw fromWire(told.error, { provider });
    return told;
  }

  async close() {
    this.#closed = true;
    await Promise.all([...this.#live].map((run) => run.close(closed())));
  }

  /** One line for each exchange: no header, no query, no body. */
  #note({ method, url }, reply) {
    const { logger } = this.#settings;
    const level = reply.status < 400 ? "debug" : "warn";
    try {
      logger?.[level]?.(`${method} ${url.split(/[?#]/)[0]} ${reply.status ?? reply.kind} ${reply.ms} ms`);
    } catch {
      // A logger that fails is no reason to lose a run.
    }
  }
}

const AGAIN = new Set(["rate-limited", "unavailable", "unreachable", "timeout", "malformed", "internal"]);

const closed = () => new CancelledError("This client has been closed.", { code: "closed" });

/** Any number that differs between runs and clients. */
const seed = () => Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);

/** The pause before another try: what the other side asks for, up to a minute, else twice the one before. */
async function pause(asked, attempt, signal) {
  const own = Math.min(500 * 2 ** attempt, 8_000) * (1 - Math.random() / 4);
  const limit = asked === undefined ? own : Math.min(asked, 60) * 1_000;
  await within(new Promise(() => {}), { limit, signal }).catch(() => {});
  if (signal?.aborted) throw signal.reason;
}
