// The two vendors' protocols that show what becomes of a submission whose answer is lost: one lists its jobs, the
// other does not.

import { Run } from "./run.mjs";
import { wire, MARKDOWN } from "./story.mjs";
import { breakOff, json, openStream } from "./wire.mjs";

/** Answers one request. */
export function exa(call) {
  if (call.path === "/research") return create(call, call.body.input, (run) => ({ request_id: run.id, status: "pending" }));
  const [, , , id, verb] = call.path.split("/");
  if (id) {
    const run = call.upstream.runs.get(id);
    return verb === "events" ? tell(call, run) : json(call.response, 200, view(run));
  }
  if (call.method === "POST") return create(call, call.body.query, view);
  const data = [...call.upstream.runs.values()].filter((run) => run.metadata).map(view);
  return json(call.response, 200, { object: "list", data, hasMore: false, nextCursor: null });
}

/** The job is made; whether its maker hears of it is another matter. */
function create({ upstream, fault, body, response }, question, shown) {
  upstream.created.set(question, (upstream.created.get(question) ?? 0) + 1);
  const run = Object.assign(new Run(question, fault), { metadata: body.metadata });
  upstream.runs.set(run.id, run);
  return fault.loses ? breakOff(response) : json(response, 200, shown(run));
}

function tell({ response }, run) {
  run.release("completed");
  openStream(response);
  const record = { id: 1, event: { type: "agent_run.completed" } };
  const text = wire([record]).toString().replace(/data: .*/, () => `data: ${JSON.stringify(view(run))}`);
  response.end(text);
}

function view(run) {
  const { id, status, question, metadata } = run;
  const done = status === "completed";
  return {
    id,
    object: "agent_run",
    status,
    stopReason: done ? "schema_satisfied" : null,
    createdAt: "2026-11-22T02:00:00.000Z",
    completedAt: done ? "2026-11-22T02:00:01.000Z" : null,
    request: { query: question, metadata },
    output: { text: done ? MARKDOWN : "", structured: null, grounding: [] },
    usage: { searches: 0 },
    costDollars: { total: 0 },
  };
}
