// The vendors' clients: settings, gateways, waits, and what is sent.

import assert from "node:assert/strict";
import { test } from "node:test";

import { rejection, source } from "./support.mjs";

const { default: Default, Exa, ExaError, AgentRunCancelledError, AgentRunFailedError, ResearchModel } = await source("exa/index.js");
const { tavily, Tavily } = await source("tavily/index.js");
const { Extruct } = await source("extruct/index.js");
const errors = await source("errors.js");

/** A fetch that answers with values one after the other, the last one again and again, and what it was asked. */
function scripted(...values) {
  const asked = [];
  const fetch = async (url, { method, headers, body }) => {
    const value = values[Math.min(asked.length, values.length - 1)];
    asked.push({ url, method, headers, body: body && JSON.parse(body) });
    return value instanceof Response ? value.clone() : new Response(JSON.stringify(value));
  };
  return { fetch, asked };
}

test("a client is made of a key and an address, or of one bag", async () => {
  for (const make of [
    (fetch) => new Exa("k", "http://127.0.0.1:1/x/", { fetch }),
    (fetch) => new Exa("k", { baseURL: "http://127.0.0.1:1/x", fetch }),
    (fetch) => new Exa({ apiKey: "k", baseURL: "http://127.0.0.1:1/x", fetch }),
    (fetch) => new Default("other", "http://127.0.0.1:1/x").withOptions({ apiKey: "k", fetch }),
  ]) {
    const { fetch, asked } = scripted({});
    await make(fetch).search("q");
    assert.equal(asked[0].url, "http://127.0.0.1:1/x/search");
    assert.equal(asked[0].headers["x-api-key"], "k");
  }
  const { fetch, asked } = scripted({});
  await new Exa("k", { fetch }).search("q");
  assert.equal(new URL(asked[0].url).hostname, "api.exa.ai");
});

test("without a key there is no client, unless something else has one", () => {
  for (const make of [() => new Exa(), () => new Exa(""), () => new Extruct(), () => new Exa({})]) {
    assert.throws(make, (error) => error instanceof errors.UnauthorizedError && error instanceof ExaError);
  }
  assert.throws(() => new Exa("k", { nonsense: 1 }), errors.InvalidTaskError);
  assert.throws(() => tavily({ apiKey: "k", proxies: {} }), errors.InvalidTaskError);
  assert.ok(new Exa(undefined, "http://127.0.0.1:1"));
  assert.ok(new Exa({ gateway: { baseUrl: "http://127.0.0.1:1" } }));
});

test("a gateway is asked with its own token and without a key", async () => {
  const { fetch, asked } = scripted({ results: [] });
  const gateway = { baseUrl: "https://gateway.example/", token: "t" };
  await new Exa({ gateway, fetch }).search("q");
  await tavily({ gateway, fetch }).search("q");
  await new Extruct({ gateway, fetch }).list();
  assert.deepEqual(asked.map(({ url }) => url), [
    "https://gateway.example/gateway/exa/search",
    "https://gateway.example/gateway/tavily/search",
    "https://gateway.example/gateway/extruct/v1/deep_research_tasks",
  ]);
  for (const { headers } of asked) {
    assert.equal(headers.authorization, "Bearer t");
    assert.deepEqual(Object.keys(headers).filter((name) => name.includes("key")), []);
  }
});

test("schemas that can say themselves are sent as JSON Schema, others are refused", async () => {
  const schema = { type: "object", properties: { a: { type: "string" } } };
  const standard = { "~standard": { version: 1, vendor: "some", jsonSchema: { output: ({ target }) => (assert.equal(target, "draft-07"), schema) } } };
  const mute = [{ "~standard": { version: 1, vendor: "some", validate() {} } }, { safeParse() {}, _def: {} }];
  const { fetch, asked } = scripted({});
  const exa = new Exa("k", { fetch });
  const uses = [
    [(given) => exa.research.create({ instructions: "x", outputSchema: given }), (body) => body.outputSchema],
    [(given) => exa.research.createTask({ instructions: "x", output: { schema: given } }), (body) => body.output.schema],
    [(given) => exa.agent.runs.create({ query: "x", outputSchema: given }), (body) => body.outputSchema],
    [(given) => exa.answer("x", { outputSchema: given }), (body) => body.outputSchema],
    [(given) => exa.search("x", { contents: { summary: { schema: given } } }), (body) => body.contents.summary.schema],
    [(given) => exa.searchAndContents("x", { summary: { schema: given } }), (body) => body.contents.summary.schema],
    [(given) => exa.getContents("u", { summary: { schema: given } }), (body) => body.summary.schema],
  ];
  for (const [use, sent] of uses) {
    for (const given of [schema, standard]) {
      await use(given);
      assert.deepEqual(sent(asked.at(-1).body), schema);
    }
    for (const given of mute) assert.ok((await rejection(use(given))) instanceof errors.InvalidTaskError);
  }
});

test("previews are asked for by a header and not in the body", async () => {
  const { fetch, asked } = scripted({ data: [], hasMore: false });
  const exa = new Exa("k", { fetch });
  const betas = ["one", "", "two"];
  const { runs } = exa.beta.agent;
  await exa.search("x", { betas });
  await exa.getContents("u", { betas });
  await runs.create({ query: "x", betas });
  await runs.get("agent_run_1", { betas });
  await runs.list({ betas, limit: 2 });
  await runs.cancel("agent_run_1", { betas });
  await runs.stop("agent_run_1", { betas });
  await runs.delete("agent_run_1", { betas });
  await runs.events.list("agent_run_1", { betas });
  for (const { headers, body, url } of asked) {
    assert.equal(headers["exa-beta"], "one,two", url);
    assert.ok(!JSON.stringify(body ?? {}).includes("betas") && !url.includes("betas"));
  }
});

test("a wait bears failures that can pass, and not others", async () => {
  const again = new Response("", { status: 503 });
  const run = { id: "agent_run_1", status: "running" };
  const over = { ...run, status: "completed" };
  const once = { maxRetries: 0 };
  const fast = { pollInterval: 1 };
  const { fetch, asked } = scripted(run, again, again, run, again, over);
  assert.deepEqual(await new Exa("k", { fetch }).agent.runs.pollUntilFinished("agent_run_1", fast, once), over);
  assert.equal(asked.length, 6);
  const gone = new Response('{"error":{"code":"RUN_NOT_FOUND","message":"No run."}}', { status: 404 });
  const lost = scripted(run, gone);
  assert.ok((await rejection(new Exa("k", { fetch: lost.fetch }).agent.runs.pollUntilFinished("agent_run_1", fast))) instanceof errors.NotFoundError);
  assert.equal(lost.asked.length, 2);
  const down = scripted(again);
  assert.ok((await rejection(new Exa("k", { fetch: down.fetch }).research.pollUntilFinished("r", fast, once))) instanceof errors.UnavailableError);
  assert.equal(down.asked.length, 5);
  const task = scripted(again);
  await rejection(new Exa("k", { fetch: task.fetch }).research.pollTask("t", fast, once));
  assert.equal(task.asked.length, 10);
});

test("the end of a wait ends nothing else", async () => {
  const { fetch, asked } = scripted({ id: "t", status: "running", researchId: "t" });
  const exa = new Exa("k", { fetch });
  const until = { pollInterval: 1, timeoutMs: 10 };
  const { research, agent: { runs } } = exa;
  for (const wait of [() => runs.pollUntilFinished("t", until), () => research.pollUntilFinished("t", until), () => research.pollTask("t", until)]) {
    const error = await rejection(wait());
    assert.ok(error instanceof errors.TimeoutError);
    assert.match(error.message, /It goes on/);
  }
  assert.ok(asked.every(({ method }) => method === "GET"));
  const controller = new AbortController();
  const task = await rejection(new Extruct("k", { fetch }).wait("t", { interval: 1, onTask: () => controller.abort("seen") }, { signal: controller.signal }));
  assert.equal(task, "seen");
});

test("a run that was waited for and did not succeed is an error that holds it", async () => {
  for (const [run, type, kind] of [
    [{ id: "a", status: "failed", error: { message: "No sources.", code: "SERVER_ERROR" } }, AgentRunFailedError, "failed"],
    [{ id: "a", status: "cancelled" }, AgentRunCancelledError, "cancelled"],
  ]) {
    const error = await rejection(new Exa("k", { fetch: scripted(run).fetch }).agent.runs.createAndWait({ query: "x" }, { pollInterval: 1 }));
    assert.ok(error instanceof type && error instanceof ExaError);
    assert.deepEqual([error.name, error.kind, error.run], [type.name, kind, run]);
  }
});

test("all runs are read page by page", async () => {
  const page = (ids, nextCursor) => ({ data: ids.map((id) => ({ id })), hasMore: nextCursor !== null, nextCursor });
  const { fetch, asked } = scripted(page([1, 2], "a b"), page([3], null));
  const all = await new Exa("k", { fetch }).agent.runs.getAll({ limit: 2 });
  assert.deepEqual(all.map(({ id }) => id), [1, 2, 3]);
  assert.deepEqual(asked.map(({ url }) => new URL(url).search), ["?limit=2", "?cursor=a%20b&limit=2"]);
});

test("a task of Extruct is waited for, and told about on the way", async () => {
  const seen = [];
  const { fetch, asked } = scripted({ status: "created" }, { status: "in_progress" }, { status: "failed", failure_reason: "Too vague." });
  const extruct = new Extruct("k", { fetch });
  const task = await extruct.wait("8a2dcbe9-0a12-45dc-a179-d57c302d7295", { interval: 1, onTask: ({ status }) => seen.push(status) });
  assert.deepEqual([task.failure_reason, seen], ["Too vague.", ["created", "in_progress", "failed"]]);
  assert.equal(asked[0].headers.authorization, "Bearer k");
  await extruct.list({ offset: 0, limit: 3 });
  assert.equal(new URL(asked.at(-1).url).search, "?offset=0&limit=3");
  await extruct.create({ brief: "x", depth: "high", output_schema: { type: "object" } });
  assert.deepEqual(asked.at(-1).body, { brief: "x", depth: "high", output_schema: { type: "object" } });
});

test("Tavily is asked in its own names, and answers in those of its client", async () => {
  const reply = {
    query: "q", answer: "a", response_time: 1.5, request_id: "r", images: ["u", { url: "v", description: "d" }],
    results: [{ title: "t", url: "u", raw_content: "c", published_date: "2020", images: null }], new_field: 1,
    auto_parameters: { search_depth: "basic" },
  };
  const { fetch, asked } = scripted(reply);
  const { search } = new Tavily({ apiKey: "k", fetch, projectId: "p" });
  const found = await search("q", { includeAnswer: true, maxResults: 3, someNewOption: 1, already_written: 2, timeout: 5, sessionId: "s" });
  assert.deepEqual(found, {
    query: "q", answer: "a", responseTime: 1.5, requestId: "r", images: [{ url: "u" }, { url: "v", description: "d" }],
    results: [{ title: "t", url: "u", rawContent: "c", publishedDate: "2020", images: [] }], newField: 1,
    autoParameters: { searchDepth: "basic" },
  });
  const [{ body, headers }] = asked;
  assert.deepEqual(body, { query: "q", include_answer: true, max_results: 3, some_new_option: 1, already_written: 2 });
  assert.deepEqual([headers.authorization, headers["x-project-id"], headers["x-session-id"]], ["Bearer k", "p", "s"]);
});

test("an output schema of Tavily is sent as it was written", async () => {
  const { fetch, asked } = scripted({ request_id: "r", status: "pending" }, { status: "completed", content: { ourName: 1 }, request_id: "r" });
  const client = tavily({ apiKey: "k", fetch });
  const outputSchema = { properties: { ourName: { type: "integer", description: "d" } } };
  const { requestId } = await client.research("x", { outputSchema, citationFormat: "mla" });
  assert.deepEqual(asked[0].body, { input: "x", output_schema: outputSchema, citation_format: "mla" });
  const done = await client.getResearch(requestId, { includeUsage: true });
  assert.deepEqual([done.content, done.request_id, done.requestId], [{ ourName: 1 }, "r", "r"]);
  assert.equal(new URL(asked[1].url).search, "?include_usage=true");
});

test("without a key Tavily is asked as it wants that, for what it then allows", async () => {
  const { fetch, asked } = scripted({ results: [], images: [], failed_results: [] });
  const client = tavily({ fetch });
  await client.search("q");
  await client.extract(["u"]);
  assert.ok(asked.every(({ headers }) => headers["x-tavily-access-mode"] === "keyless" && !headers.authorization));
  for (const call of [client.research("x"), client.crawl("x"), client.map("x"), client.getResearch("x"), client.usage()]) {
    assert.ok((await rejection(call)) instanceof errors.UnauthorizedError);
  }
  assert.equal(asked.length, 2);
});

test("usage of Tavily is told in camel case throughout", async () => {
  const { fetch } = scripted({ key: { usage: 1, limit: null, search_usage: 1 }, account: { current_plan: "p" } });
  const usage = await tavily({ apiKey: "k", fetch }).usage();
  assert.deepEqual(usage, { key: { usage: 1, limit: null, searchUsage: 1 }, account: { currentPlan: "p" } });
});

test("the models have the names of the older clients", () => {
  assert.deepEqual([ResearchModel.exa_research, ResearchModel.exa_research_pro], ["exa-research", "exa-research-pro"]);
});

test("arguments of any type end in an error of ours or in a call, never in anything else", async () => {
  const fetch = async () => new Response('{"results":[],"images":[],"failed_results":[],"data":[],"hasMore":false,"id":"i","status":"completed"}');
  const exa = new Exa("k", { fetch });
  const { research, agent: { runs } } = exa;
  const client = tavily({ apiKey: "k", fetch });
  const extruct = new Extruct("k", { fetch: async () => new Response('{"status":"done"}') });
  const first = (generator) => generator.next();
  const calls = [
    (...all) => exa.search(...all), (...all) => exa.searchAndContents(...all), (...all) => exa.findSimilar(...all),
    (...all) => exa.findSimilarAndContents(...all), (...all) => exa.getContents(...all), (...all) => exa.answer(...all),
    (...all) => first(exa.streamAnswer(...all)), (...all) => first(exa.streamSearch(...all)),
    (...all) => research.create(...all), (...all) => research.get(...all), (...all) => research.list(...all),
    (...all) => research.pollUntilFinished(...all), (...all) => research.createTask(...all), (...all) => research.getTask(...all),
    (...all) => research.pollTask(...all), (...all) => research.listTasks(...all),
    (...all) => runs.create(...all), (...all) => runs.get(...all), (...all) => runs.list(...all), (...all) => first(runs.listAll(...all)),
    (...all) => runs.getAll(...all), (...all) => runs.cancel(...all), (...all) => runs.stop(...all), (...all) => runs.delete(...all),
    (...all) => runs.pollUntilFinished(...all), (...all) => runs.createAndWait(...all), (...all) => runs.events.list(...all),
    (...all) => runs.events.stream(...all),
    ...Object.values(client).map((method) => (...all) => method(...all)),
    (...all) => extruct.create(...all), (...all) => extruct.get(...all), (...all) => extruct.list(...all), (...all) => extruct.wait(...all),
  ];
  const odd = [undefined, null, 7, NaN, "", "x", "a/b", "\ud800", true, 1n, Symbol("s"), [], ["x"], {}, { a: 1n }, () => {}, new Date(NaN), { betas: 7 }];
  for (const call of calls) {
    for (const one of odd) {
      for (const all of [[one], ["x", one], ["x", {}, one], [{}, one]]) {
        const error = await call(...all).then(() => undefined, (error) => error);
        assert.ok(error === undefined || errors.isFathomError(error), `${call} with ${all.map(String)}: ${error?.stack}`);
      }
    }
  }
});
