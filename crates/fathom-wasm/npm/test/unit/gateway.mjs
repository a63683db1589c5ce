// A gateway between its clients and a vendor that the test plays itself.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { upstream } from "./upstream.mjs";

const face = (name) => import(pathToFileURL(join(process.env.FATHOM_PACKAGE, "src", name)).href);
export const { gateway, bearer } = await face("gateway.js");
export const { isKind } = await face("errors.js");

/** A key that is found nowhere by chance. */
export const KEY = "planted-key-8f3a1c";
export const HERE = "https://gate.example";
export const PAGE = "https://app.example";
export const POLL = "/gateway/tavily/research/r1";
export const JSON_TYPE = { "content-type": "application/json" };

/** A vendor that answers what `set` says for a path, else 404, until the test is over. */
export async function vendor(t) {
  const replies = new Map();
  const server = await upstream((request, response) => {
    const [status, headers, body] = replies.get(request.url.split("?")[0]) ?? [404, JSON_TYPE, "{}"];
    response.writeHead(status, headers);
    response.end(body);
  });
  t.after(server.close);
  const set = (path, body, headers = JSON_TYPE, status = 200) => replies.set(path, [status, headers, body]);
  return Object.assign(server, { set });
}

/** A handler in front of one address for all vendors, and a way to ask it. */
export function gate(base, settings = {}) {
  const handle = gateway({
    keys: { exa: KEY, tavily: KEY, extruct: KEY },
    upstreams: { exa: base, tavily: base, extruct: base },
    authorize: () => true,
    ...settings,
  });
  return (path, init) => handle(new Request(HERE + path, init), undefined);
}

/** The status and the kind of a refusal, which has to be in the form of the program. */
export async function refusal(response) {
  const { error } = await response.json();
  const named = response.headers.get("x-fathom-request-id") ?? response.headers.get("x-request-id");
  if (error.request_id !== named) throw new Error(`the answer is ${named}, its error ${error.request_id}`);
  return [response.status, error.kind];
}
