/**
 * One call of a vendor's endpoint. The core decides what is sent, sent again and given up, and reads
 * failures; here is the loop around it, and what becomes of a reply that succeeded.
 */

import * as exports from "../../dist/wasm/calls.js";
import { fromWire, InternalError, ofKind, TimeoutError, UnreachableError } from "../errors.js";
import { checkOptions, invalid, pick, written } from "../task.js";
import { send, within } from "../transport.js";
import { core, guard, isCurrent } from "./wasm.js";

/** How long the head of a reply may take; the slowest endpoints work for two minutes and a half. */
const LIMIT = 180_000;
const RETRIES = 2;
/** What stands for any number of attempts. */
const MANY = 1_000_000;

/**
 * A vendor's endpoints. What they need is held in a closure, where nothing shows it.
 *
 * @param {string} vendor its id on the roster
 * @param {{access: object, fetch?: typeof fetch, timeout?: number, maxRetries?: number, logger?: object}} settings
 */
export function endpoints(vendor, settings) {
  const begin = (order, options = {}) => call(vendor, settings, order, checked(settings, options));
  return {
    /** What an endpoint answers, parsed. */
    ask: async (order, options) => (await begin(order, options)).value,
    /**
     * What `pick` makes of the events of an endpoint that answers with a stream, once it has begun;
     * undefined is left out.
     */
    stream: async (order, options, pick) => {
      const { reply, limit } = await begin({ ...order, stream: true }, options);
      return closing(events(reply, limit, options?.signal, vendor, pick), reply);
    },
  };
}

const OPTIONS = pick("timeout", "maxRetries", "signal");

/** The options of a call: those given, and the client's for what was left open. */
function checked({ timeout, maxRetries = RETRIES }, options) {
  const { headers = {}, ...given } = checkOptions(options, OPTIONS);
  if (typeof headers !== "object" || headers === null) throw invalid("headers", "`headers` must be an object.");
  return { ...given, headers, timeout: given.timeout ?? timeout, maxRetries: Math.min(given.maxRetries ?? maxRetries, MANY) };
}

async function call(vendor, { access, fetch, logger }, order, { timeout, maxRetries, signal, headers }) {
  throwIfAborted(signal);
  const { generation } = await core();
  const settings = JSON.stringify({
    vendor,
    access,
    method: order.method ?? "POST",
    path: order.path,
    query: pairs(order.query),
    headers: pairs({ ...order.headers, ...headers }),
    body: order.body === undefined ? undefined : written(order.body, "request"),
    stream: order.stream,
    creates: order.creates,
    attempts: maxRetries + 1,
    limit: LIMIT,
    seed: Math.floor(Math.random() * 2 ** 32),
  });
  const machine = guard(generation, () => new exports.Call(settings));
  const work = (step) => guard(generation, step);
  const isLost = () => !isCurrent(generation);
  try {
    return await drive({ machine, work, isLost, vendor, fetch, logger, signal, timeout, stream: order.stream });
  } finally {
    released(generation, machine);
  }
}

async function drive({ machine, work, isLost, vendor, fetch, logger, signal, timeout = Infinity, stream }) {
  const end = Date.now() + timeout;
  let reply;
  let saved = false;
  for (;;) {
    const step = saved ? { do: "take" } : JSON.parse(work(() => machine.step()));
    const left = () => Math.max(0, end - Date.now());
    try {
      switch (step.do) {
        case "send": {
          reply = await send(step.request, { fetch, signal, limit: Math.min(step.limit, left()) });
          const { status, headers } = reply;
          // A fault elsewhere must not lose an answer that may name a job that is paid for.
          saved = isLost() && status < 300;
          if (!saved) work(() => machine.head(status, JSON.stringify(headers)));
          break;
        }
        case "wait":
          if (step.wait >= left()) throw fromWire(step.error);
          note(logger, `${vendor}: ${step.error.message} Asked again in ${step.wait} ms.`);
          await sleep(step.wait, signal);
          work(() => machine.woke());
          break;
        case "take": {
          if (stream) return { reply, limit: Math.min(timeout, LIMIT) };
          const text = await reply.body.text({ limit: Math.min(LIMIT, left()) });
          const value = parsed(text, (text) => work(() => exports.mend(text)));
          if (value !== undefined) return { value };
          work(() => machine.body(text));
          break;
        }
        case "read": {
          const text = await reply.body.text({ limit: Math.min(LIMIT, left()) });
          work(() => machine.body(text));
          break;
        }
        default:
          throw fromWire(step.error);
      }
    } catch (cause) {
      if (cause instanceof Error) throw cause;
      reply?.body.cancel();
      throwIfAborted(signal);
      const message = left() > 0 ? cause.message : `No answer within ${timeout} ms.`;
      work(() => machine.failed(cause.kind, message));
    }
  }
}

/**
 * What `pick` makes of each event of a stream: of its name, its data, parsed where that is JSON, and
 * its id. Whoever leaves the loop gives up the reply; a stream that breaks off is an error.
 */
async function* events(reply, limit, signal, vendor, pick) {
  const { generation } = await core();
  const reader = guard(generation, () => new exports.Sse());
  try {
    for (let piece; (piece = await next(reply, limit, signal, vendor)) !== undefined; ) {
      const all = JSON.parse(guard(generation, () => reader.push(piece)));
      if (all.error) throw fromWire(all.error, { provider: vendor });
      for (const event of all) {
        const picked = pick({ ...event, data: parsed(event.data) ?? event.data });
        if (picked !== undefined) yield picked;
      }
    }
  } finally {
    reply.body.cancel();
    released(generation, reader);
  }
}

/** A generator that was never begun runs no `finally`; leaving it gives up the reply all the same. */
function closing(generator, reply) {
  const leave = generator.return.bind(generator);
  generator.return = (value) => {
    reply.body.cancel();
    return leave(value);
  };
  return generator;
}

/** Frees an object of the core; what belonged to an instance that is gone is gone with it. */
function released(generation, object) {
  if (isCurrent(generation)) guard(generation, () => object.free());
}

function note(logger, line) {
  try {
    logger?.warn?.(line);
  } catch {
    // A logger that fails is no reason to lose an answer.
  }
}

async function next(reply, limit, signal, vendor) {
  try {
    return await reply.body.next(limit);
  } catch (cause) {
    throwIfAborted(signal);
    if (cause.kind === "timeout") throw new TimeoutError(`The stream has been silent for ${limit} ms.`, { provider: vendor });
    throw new UnreachableError(cause.message ?? "The stream broke off.", { provider: vendor, cause: cause.cause });
  }
}

/** A value from JSON text; undefined when it is none. Some replies hold line breaks in their strings. */
function parsed(text, mend) {
  try {
    return JSON.parse(text);
  } catch {
    const mended = mend?.(text);
    return mended === undefined ? undefined : parsed(mended);
  }
}

/** Names and values as text; what is undefined or null is left out. */
function pairs(record = {}) {
  return Object.entries(record).flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]]));
}

/** An id as a segment of a path. The core refuses what no id looks like. */
export function segment(id) {
  try {
    if (typeof id === "string") return encodeURIComponent(id);
  } catch {
    // Half of a pair of surrogates is no text.
  }
  throw invalid("id", "An id is text.");
}

/** Rejects with the caller's own reason. */
export function throwIfAborted(signal) {
  if (signal?.aborted) throw signal.reason ?? ofKind("cancelled", "The call was given up.");
}

/** Waits; an abort ends that with the caller's reason. */
export async function sleep(ms, signal) {
  try {
    await within(new Promise(() => {}), { limit: ms, signal });
  } catch (cause) {
    throwIfAborted(signal);
    if (cause.kind !== "timeout") throw new InternalError("The wait broke.", { cause });
  }
}
