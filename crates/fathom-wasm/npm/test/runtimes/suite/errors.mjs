// Every kind of error, as a rejection of the class that stands for it.

import { ask, client, seen } from "./ask.mjs";
import { collect, equal, ok, rejection } from "./check.mjs";
import { CLASSES } from "./kinds.mjs";

/** Kinds that end a submission at once; the others are tried again for as long as somebody waits. */
const FINAL = ["invalid-task", "unauthorized", "quota", "refused", "not-found", "unsupported"];

function holds({ faces }, error, kind) {
  const { isFathomError, isKind, ...classes } = faces.errors;
  ok(error instanceof classes[CLASSES[kind]], `${error?.name}: ${error?.message} is no ${CLASSES[kind]}`);
  ok(error instanceof Error && isFathomError(error) && isKind(error, kind), "the guards do not know it");
  equal(error.kind, kind, "the kind");
  ok(error.message.length > 3 && typeof error.stack === "string", "it says nothing");
  equal(JSON.parse(JSON.stringify(error)).kind, kind, "the kind in JSON");
}

/** Lists are read without trying again, so that every kind comes through. */
const listing = (setting, name, options = {}) => rejection(collect(client(setting, name, { maxRetries: 0, ...options }).runs.list({ provider: "local" })), name);

const submitting = async (setting, name, task = { question: ask() }) =>
  rejection((async () => (await client(setting, name).runs.create(task, { provider: "local" })).wait({ timeout: 20_000 }))(), name);

export const errors = (setting) => ({
  ...Object.fromEntries(
    Object.keys(CLASSES).map((kind) => [
      `errors: a list is refused as ${kind}`,
      async () => {
        const error = await listing(setting, `kind-${kind}`);
        holds(setting, error, kind);
        equal(error.requestId, "req-fault-2", "the request's id");
        ok(error.status >= 400, "no status");
        if (kind === "rate-limited") equal(error.retryAfter, 1, "when to come back");
        if (kind === "invalid-task") equal(error.field, "question", "the field at fault");
      },
    ]),
  ),

  ...Object.fromEntries(
    FINAL.map((kind) => [
      `errors: a run is refused as ${kind}`,
      async () => holds(setting, await submitting(setting, `kind-${kind}`), kind),
    ]),
  ),

  "errors: a run that fails": async () => holds(setting, await submitting(setting, "ends-failed"), "failed"),
  "errors: a run that was cancelled elsewhere": async () => holds(setting, await submitting(setting, "ends-cancelled"), "cancelled"),
  "errors: a page instead of an answer": async () => holds(setting, await listing(setting, "page-200"), "malformed"),
  "errors: the page of a proxy that is busy": async () => holds(setting, await listing(setting, "page-503"), "unavailable"),
  "errors: a connection that goes away": async () => holds(setting, await listing(setting, "drop"), "unreachable"),
  "errors: no answer in time": async () => holds(setting, await listing(setting, "hang", { timeout: 300 }), "timeout"),
  "errors: an empty question": async () => holds(setting, await submitting(setting, "ok", { question: " " }), "invalid-task"),

  "errors: a provider that does not exist": async () => {
    const create = async () => client(setting, "ok").runs.create({ question: ask() }, { provider: "oracle" });
    const error = await rejection(create());
    ok(setting.faces.errors.isFathomError(error), `${error}`);
  },

  "errors: a key with a line break": async () => {
    const { Fathom } = setting.faces.index;
    const create = async () => {
      const exa = { apiKey: "secret\nkey", baseUrl: `${setting.fault}/ok` };
      const run = await new Fathom({ exa, dangerouslyAllowBrowser: true }).runs.create({ question: ask() }, { provider: "exa-agent" });
      return run.wait();
    };
    const error = await rejection(create());
    holds(setting, error, "unauthorized");
    ok(!`${error.stack}${JSON.stringify(error)}`.includes("secret"), "the key is told");
  },

  "errors: a submission whose answer is lost, at a vendor without a list": async () => {
    const { Fathom } = setting.faces.index;
    const question = ask();
    const tavily = { apiKey: "any-key", baseUrl: `${setting.fault}/lose` };
    const fathom = new Fathom({ tavily, dangerouslyAllowBrowser: true });
    const error = await rejection((async () => (await fathom.runs.create({ question }, { provider: "tavily" })).wait())());
    ok(error instanceof setting.faces.errors.SubmitUnknownError, `${error?.name}: ${error?.message}`);
    equal(error.checkpoint.stage, "submit-unknown", "the stage");
    equal((await seen(setting, question)).posts, 1, "submissions");
  },

  "errors: a submission whose answer is lost, at a vendor with a list": async () => {
    const { Fathom } = setting.faces.index;
    const question = ask();
    const exa = { apiKey: "any-key", baseUrl: `${setting.fault}/lose` };
    const run = await new Fathom({ exa, dangerouslyAllowBrowser: true }).runs.create({ question }, { provider: "exa-agent" });
    ok((await run.wait()).markdown.includes("Norwegen"), "another report");
    const { posts, runs } = await seen(setting, question);
    equal([posts, runs], [1, 1], "submissions and jobs");
  },
});
