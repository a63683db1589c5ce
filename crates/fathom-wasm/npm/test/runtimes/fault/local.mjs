// `/api/v1` as the program serves it, bent by a fault.

import { Run } from "./run.mjs";
import { wire } from "./story.mjs";
import { breakOff, flush, json, openStream } from "./wire.mjs";

/** Answers one request. */
export function local(call) {
  const [, , , , id, verb] = call.path.split("/");
  if (!id) return call.method === "POST" ? create(call) : list(call);
  const run = call.upstream.runs.get(id);
  if (!run) return json(call.response, 404, { error: { kind: "not-found", message: "there is no such run" } });
  if (verb === "events") return follow(call, run);
  if (verb === "cancel") run.release("cancelled");
  return json(call.response, 200, run.view());
}

function create({ upstream, fault, body, response }) {
  const { question, token } = body;
  upstream.created.set(question, (upstream.created.get(question) ?? 0) + 1);
  const known = [...upstream.runs.values()].find((run) => token && run.token === token);
  const run = known ?? Object.assign(new Run(question, fault), { token });
  upstream.runs.set(run.id, run);
  if (fault.loses && !known) return breakOff(response);
  return json(response, known ? 200 : 201, run.view());
}

const PAGES = 3;

function list({ url, response }) {
  const page = Number(url.searchParams.get("cursor") ?? 0);
  const entry = (n) => ({ id: `run_listed_${page * 2 + n}`, status: "completed", question: "Wie groß?", effort: "quick" });
  json(response, 200, { runs: [entry(0), entry(1)], ...(page + 1 < PAGES && { next_cursor: `${page + 1}` }) });
}

/** Tells what came after the last event seen, and then what is still to come. */
async function follow({ fault, request, response }, run) {
  const last = Number(request.headers["last-event-id"] ?? 0);
  const after = (records) => wire(records.filter((record) => record.id > last), fault.newline);
  if (run.status !== "running" && after(run.events()).length === 0) return response.writeHead(204).end();
  // Node's fetch takes a break for a proper end where the connection was to be closed anyway.
  if (fault.cuts && !fault.clean) response.shouldKeepAlive = true;
  openStream(response);
  const isFirst = !run.followed;
  run.followed = true;
  if (fault.held && run.status === "running") {
    await flush(response, after(run.events().slice(0, 2)));
    await Promise.race([run.ended, new Promise((gone) => response.once("close", gone))]);
    return response.end(wire(run.events().slice(2), fault.newline));
  }
  const bytes = after(run.events());
  if (isFirst && fault.cuts) {
    const cut = Number.parseInt(run.question, 10);
    if (cut >= bytes.length) run.release("completed");
    if (cut > 0) await flush(response, bytes.subarray(0, cut));
    return fault.clean ? response.end() : breakOff(response);
  }
  for (let at = 0; at < bytes.length; at += fault.piece ?? bytes.length) {
    await flush(response, bytes.subarray(at, at + (fault.piece ?? bytes.length)));
  }
  run.release("completed");
  return response.end();
}
