// What can go wrong, by name. A fault changes how a run behaves, or answers in its place.

import { breakOff, json } from "./wire.mjs";

/** The statuses that the program gives its kinds of errors. */
const STATUS = {
  "invalid-task": 400, unauthorized: 401, quota: 402, refused: 403, "not-found": 404, unsupported: 405, cancelled: 409,
  "rate-limited": 429, failed: 500, internal: 500, malformed: 502, unreachable: 502, unavailable: 503, timeout: 504,
};

/** Each takes the rest of its part of the path, split at `-`. */
export const FAULTS = {
  /** Nothing goes wrong. */
  ok: () => ({}),
  /** The first stream breaks off, after as many bytes as the question begins with. */
  cut: () => ({ cuts: true }),
  /** It ends there as if it were complete. */
  end: () => ({ cuts: true, clean: true }),
  /** Streams come in pieces of so many bytes. */
  drip: (bytes) => ({ piece: Number(bytes) }),
  /** Streams have the line ends of another system. */
  crlf: () => ({ newline: "\r\n" }),
  /** Every request is answered by an error of this kind. */
  kind: (...words) => {
    const kind = words.join("-");
    return { before: (call) => (refuse(call.response, kind), true) };
  },
  /** Every request is answered by a page, as proxies do. */
  page: (status) => ({ before: (call) => (page(call.response, Number(status)), true) }),
  /** No request is answered; the connection goes away. */
  drop: () => ({ before: (call) => (breakOff(call.response), true) }),
  /** No request is answered, ever. */
  hang: () => ({ before: () => true }),
  /** The answer to the first submission of every question is lost, though the run is made. */
  lose: () => ({ loses: true }),
  /** Runs end at once, as named. */
  ends: (status) => ({ status }),
  /** Runs go on until somebody releases or cancels them. */
  held: () => ({ held: true }),
  /** The first two requests of every kind are turned away. */
  storm: () => ({ before: (call) => again(call, 2, () => refuse(call.response, "unavailable")) }),
  /** The first request of every kind is asked to come back in a second. */
  later: () => ({ before: (call) => again(call, 1, () => refuse(call.response, "rate-limited", { "retry-after": "1" })) }),
  /** Reports are at least so long, and runs are over at once. */
  long: (bytes) => ({ status: "completed", bytes: Number(bytes) }),
};

/** Does it for the first so many requests of a method and path, counted for each question by itself. */
function again({ upstream, name, method, path, body }, times, act) {
  const key = `${method} /${name}${path} ${body?.question ?? ""}`;
  const tries = (upstream.tries.get(key) ?? 0) + 1;
  upstream.tries.set(key, tries);
  if (tries > times) return false;
  act();
  return true;
}

function refuse(response, kind, headers) {
  const error = { kind, message: `This is ${kind}.`, request_id: "req-fault-2" };
  if (kind === "invalid-task") error.field = "question";
  if (kind === "rate-limited") error.retry_after = 1;
  json(response, STATUS[kind], { error }, headers);
}

function page(response, status) {
  response.writeHead(status, { "content-type": "text/html" }).end("<!doctype html><title>Sign in</title><p>Welcome to this hotel.");
}
