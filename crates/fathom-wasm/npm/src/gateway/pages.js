/** Pages: which of them may ask, and what they may read of the answer. */
import { refused } from "./refusal.js";
import { rules } from "./rules.js";

/** How long a browser may remember what it was allowed, in seconds. */
const REMEMBERED = "600";

/** Refuses requests that a page of another site makes. */
export function checkOrigin(settings, request, url) {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  // Pages can ask for pictures without saying who they are. Browsers say it for them.
  const fits = origin === null ? site === null || site === "same-origin" || site === "none" : isAllowed(settings, origin, url);
  if (!fits) {
    throw refused("refused", "Pages of this origin may not use the gateway.");
  }
}

function isAllowed(settings, origin, url) {
  // Behind a proxy that ends TLS the scheme differs, so only the host says whether it is this one.
  return settings.origins.has(origin) || /^https?:\/\/(.*)$/.exec(origin)?.[1] === url.host;
}

/** Whether a browser asks what a page may send, before it sends anything, and never with a key. */
export function isPreflight({ method, headers }) {
  return method === "OPTIONS" && headers.has("origin") && headers.has("access-control-request-method");
}

/** The answer to that. */
export async function preflight() {
  const { facts } = await rules();
  const headers = {
    "access-control-allow-methods": "GET, POST, DELETE",
    "access-control-allow-headers": ["authorization", ...facts.headers].join(", "),
    "access-control-max-age": REMEMBERED,
  };
  return new Response(null, { status: 204, headers });
}

/** What lets the page read the answer, where its origin is one of those allowed. */
export function* corsHeaders(settings, request, headers) {
  yield ["vary", "Origin"];
  const origin = request.headers.get("origin");
  if (origin !== null && settings.origins.has(origin)) {
    yield ["access-control-allow-origin", origin];
    yield ["access-control-expose-headers", [...headers.keys()].filter(isOurs).join(", ")];
  }
}

function isOurs(name) {
  return name === "retry-after" || name === "retry-after-ms" || /(^|-)request-id$|^(x-)?ratelimit/.test(name);
}
