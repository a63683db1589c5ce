/**
 * A gateway at the edge: it keeps the keys of vendors, adds them to requests of people who do not hold
 * them, and passes the replies on as they come.
 *
 * What is passed, where to and in which words is decided by the core, the same rules that the program
 * keeps; here is only the traffic.
 */
import "./loaded.js";
import "./calls/loaded.js";
import { checkOrigin, corsHeaders, isPreflight, preflight } from "./gateway/pages.js";
import { exchange } from "./gateway/exchange.js";
import { providers } from "./gateway/providers.js";
import { Refusal, refused, told } from "./gateway/refusal.js";
import { readSettings } from "./gateway/settings.js";

export { bearer } from "./gateway/bearer.js";

/** Makes a handler of requests. See the type declarations for what can be set. */
export function gateway(options) {
  const settings = readSettings(options);
  return async (request, context) => {
    const visit = { id: `req-${crypto.randomUUID()}`, began: Date.now(), vendor: undefined, kind: undefined };
    let response;
    try {
      response = await respond(settings, request, context, visit);
    } catch (error) {
      response = answered(settings, error, visit);
    }
    finish(settings, request, response, visit);
    return response;
  };
}

async function respond(settings, request, context, visit) {
  const url = new URL(request.url);
  checkOrigin(settings, request, url);
  if (isPreflight(request)) {
    return preflight();
  }
  const path = below(settings.basePath, url.pathname);
  if (path === "/healthz") {
    return new Response("ok");
  }
  const answer = await admit(settings, request, context);
  if (answer) {
    return answer;
  }
  if (path?.startsWith("/gateway/")) {
    return exchange(settings, request, path.slice("/gateway".length) + url.search, visit);
  }
  if (path === "/api/v1/providers") {
    return providers(settings, request);
  }
  throw refused("not-found", "There is nothing here but /gateway/... and /api/v1/providers.");
}

function below(base, path) {
  return path.startsWith(`${base}/`) ? path.slice(base.length) : undefined;
}

/** Asks whoever runs this whether the request may be made; their own answer, where they give one. */
async function admit(settings, request, context) {
  const verdict = await settings.authorize(request, context);
  // The guard of another realm's Response: what looks like an answer is one.
  if (typeof verdict === "object" && typeof verdict?.status === "number") {
    return new Response(verdict.body, verdict);
  }
  if (request.bodyUsed) {
    throw new Error("authorize has read the body of the request; let it read request.clone()");
  }
  if (verdict === true) {
    return undefined;
  }
  const known = request.headers.has("authorization") || request.headers.has("cookie");
  throw known && verdict !== 401
    ? refused("refused", "This is not allowed to you here.")
    : refused("unauthorized", "Say who you are: send the token as Authorization: Bearer TOKEN.");
}

function answered(settings, error, visit) {
  let refusal = error;
  if (!(error instanceof Refusal)) {
    settings.log("error", { id: visit.id, message: settings.hide(String(error?.message ?? error)) });
    refusal = refused("internal", "The gateway failed here; its log says why.");
  }
  visit.kind = refusal.error.kind;
  return told(refusal, visit.id);
}

/** Adds what every answer carries, and writes the line of the log. */
function finish(settings, request, response, visit) {
  const { headers } = response;
  // A name that is there already is that of a vendor, whose support will ask for it.
  headers.set(headers.has("x-request-id") ? "x-fathom-request-id" : "x-request-id", visit.id);
  headers.set("cache-control", "no-store");
  headers.set("referrer-policy", "no-referrer");
  headers.set("x-content-type-options", "nosniff");
  for (const [name, value] of corsHeaders(settings, request, headers)) {
    headers.set(name, value);
  }
  const { pathname } = new URL(request.url);
  settings.log(response.status >= 500 ? "warn" : "info", {
    id: visit.id,
    method: request.method,
    path: settings.hide(pathname),
    vendor: visit.vendor,
    status: response.status,
    kind: visit.kind,
    ms: Date.now() - visit.began,
  });
}
