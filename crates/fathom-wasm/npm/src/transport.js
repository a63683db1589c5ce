/**
 * One request over `fetch`.
 *
 * Whatever the host's or the caller's `fetch` does, a call ends: with a reply, or with
 * `{kind, message}` where the kind is one of `invalid`, `not-sent`, `unreachable`, `interrupted`,
 * `timeout` and `aborted`. A `fetch` that heeds no signal is left behind, and what it yields later
 * is thrown away. Rejections need not be errors, and a response need not be of this realm.
 */

/** The most that is read of a body at once, in bytes. */
export const BODY_MAX = 64 << 20;
/** Timers hold no more than 31 bits. */
const LONGEST = 0x7fffffff;

const NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i;
const VALUE = /^[\t\x20-\x7e]*$/;

/** What the hosts say when a connection was never made. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket|DNSException)$/;

/**
 * Sends a request and waits for the head of its reply. Any status is a reply.
 *
 * @param {{method: string, url: string, headers: [string, string][], body?: string}} request
 * @param {{fetch?: typeof fetch, signal?: AbortSignal, limit?: number}} options `limit` in milliseconds
 */
export async function send(request, { fetch: own, signal, limit }) {
  const headers = checked(request);
  const controller = new AbortController();
  const stop = () => controller.abort();
  const call = own ?? globalThis.fetch;
  const work = started(() => {
    const { method, url, body } = request;
    const init = { method, headers, signal: controller.signal };
    if (body !== undefined) init.body = body;
    return call(url, init);
  });
  let response;
  try {
    response = await within(work, { limit, signal });
  } catch (cause) {
    stop();
    work.then(discard, () => {});
    throw ours(cause) ?? failure(neverSent(cause) ? "not-sent" : "unreachable", "The request did not get through", cause);
  }
  return replied(response, signal, stop);
}

function replied(response, signal, stop) {
  let status;
  let headers;
  try {
    status = response.status;
    if (!Number.isInteger(status) || status < 200 || status > 599) throw undefined;
    headers = pairs(response.headers);
  } catch {
    stop();
    throw { kind: "unreachable", message: "What came back is not a reply." };
  }
  return { status, headers, body: new Body(response, signal, stop), response };
}

/** The body of a reply, read piece by piece. */
class Body {
  #read;
  #signal;
  #stop;
  #close;

  constructor(response, signal, stop) {
    [this.#read, this.#close] = source(response);
    this.#signal = signal;
    this.#stop = stop;
  }

  /** The next piece; nothing at the end. `limit` is the longest silence, in milliseconds. */
  async next(limit) {
    try {
      const { done, value } = await within(started(this.#read), { limit, signal: this.#signal });
      return done ? undefined : bytes(value);
    } catch (cause) {
      this.cancel();
      throw ours(cause) ?? failure("interrupted", "The reply broke off", cause);
    }
  }

  /** All of it. */
  async bytes({ limit, max = BODY_MAX } = {}) {
    const pieces = [];
    let size = 0;
    for (let piece; (piece = await this.next(limit)) !== undefined; ) {
      size += piece.length;
      if (size > max) {
        this.cancel();
        throw { kind: "interrupted", message: "The reply is larger than is accepted." };
      }
      pieces.push(piece);
    }
    return joined(pieces, size);
  }

  /** All of it, as text. */
  async text(options) {
    return new TextDecoder().decode(await this.bytes(options));
  }

  /** Gives up the rest. */
  cancel() {
    this.#stop();
    started(this.#close).catch(() => {});
  }
}

/** How to read a body and how to give it up: a stream's reader, an iterator, or all at once. */
function source(response) {
  const body = response.body;
  if (typeof body?.getReader === "function") {
    const reader = body.getReader();
    return [() => reader.read(), () => reader.cancel()];
  }
  if (typeof body?.[Symbol.asyncIterator] === "function") {
    const iterator = body[Symbol.asyncIterator]();
    return [() => iterator.next(), () => iterator.return?.()];
  }
  const all = ["arrayBuffer", "text"].find((name) => typeof response[name] === "function");
  let taken = body === null || !all;
  const whole = async () => {
    if (taken) return { done: true };
    taken = true;
    return { value: await response[all]() };
  };
  return [whole, () => {}];
}

function bytes(value) {
  if (typeof value === "string") return new TextEncoder().encode(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (Object.prototype.toString.call(value) === "[object ArrayBuffer]") return new Uint8Array(value);
  throw { kind: "interrupted", message: "The reply is not made of bytes." };
}

function joined(pieces, size) {
  if (pieces.length === 1) return pieces[0];
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Refuses what some hosts would die of, before they see it. The message never shows a value. */
function checked({ url, headers }) {
  if (typeof url !== "string") throw { kind: "invalid", message: "The address is not text." };
  for (const [name, value] of headers) {
    if (!NAME.test(name) || !VALUE.test(value)) {
      throw { kind: "invalid", message: `The header ${JSON.stringify(name)} cannot be sent. Was its value copied whole?` };
    }
  }
  return Object.fromEntries(headers);
}

function pairs(headers) {
  const all = [];
  headers?.forEach?.((value, name) => all.push([String(name), String(value)]));
  return all;
}

/** A promise of what a function yields, whether it throws, rejects or returns. */
async function started(work) {
  return work();
}

function discard(response) {
  try {
    started(() => response?.body?.cancel?.()).catch(() => {});
  } catch {
    // What is thrown away may be anything.
  }
}

/**
 * Waits for a promise no longer than a limit, and no longer than a signal allows.
 * @template T
 * @param {Promise<T>} work
 * @param {{limit?: number, signal?: AbortSignal}} until
 * @returns {Promise<T>}
 */
export function within(work, { limit, signal }) {
  return new Promise((resolve, reject) => {
    let timer;
    const abort = () => end(reject, { kind: "aborted", message: "The request was given up." });
    const end = (settle, value) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      settle(value);
    };
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort, { once: true });
    if (limit !== undefined && limit !== Infinity) {
      const late = { kind: "timeout", message: "The server did not answer in time." };
      timer = setTimeout(() => end(reject, late), Math.min(limit, LONGEST));
    }
    work.then(
      (value) => end(resolve, value),
      (cause) => end(reject, cause),
    );
  });
}

const OURS = new Set(["invalid", "timeout", "aborted", "interrupted"]);

/** What we rejected with ourselves; anything else is the host's. */
function ours(cause) {
  return cause !== null && typeof cause === "object" && !(cause instanceof Error) && OURS.has(cause.kind)
    ? cause
    : undefined;
}

function failure(kind, what, cause) {
  return { kind, message: `${what}.`, cause };
}

/** Whether the host says that no connection was made; then the request had no effect. */
function neverSent(cause) {
  try {
    const codes = [cause?.code, cause?.cause?.code];
    return codes.some((code) => typeof code === "string" && NEVER_SENT.test(code));
  } catch {
    return false;
  }
}
