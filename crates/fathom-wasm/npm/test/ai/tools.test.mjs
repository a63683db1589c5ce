// The tools in the hands of the AI SDK, with its mock model.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { asSchema, generateText, isStepCount, streamText } from "ai";
import { MockLanguageModelV4, simulateReadableStream } from "ai/test";
import { start } from "../../../../fathom-server/tests/sdk/node/support.mjs";
import { json, program, upstream } from "../unit/upstream.mjs";

const face = (name) => import(pathToFileURL(join(process.env.FATHOM_PACKAGE, "src", name)).href);
const { deepResearch, webSearch } = await face("ai.js");
const { Fathom, isKind } = await face("index.js");
const { Exa } = await face("exa/index.js");
const { tavily } = await face("tavily/index.js");

const USAGE = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};
const called = (toolName, input) => ({ type: "tool-call", toolCallId: "call-1", toolName, input: JSON.stringify(input) });
const end = (unified) => ({ finishReason: { unified, raw: unified }, usage: USAGE });

/** A model that calls a tool and then says what it was told. */
function model(toolName, input) {
  const prompts = [];
  const said = (prompt) => JSON.stringify(prompt.findLast(({ role }) => role === "tool").content[0].output);
  const mock = new MockLanguageModelV4({
    doGenerate: async ({ prompt }) => {
      prompts.push(prompt);
      if (prompts.length === 1) return { content: [called(toolName, input)], ...end("tool-calls"), warnings: [] };
      return { content: [{ type: "text", text: said(prompt) }], ...end("stop"), warnings: [] };
    },
    doStream: async ({ prompt }) => {
      prompts.push(prompt);
      const parts =
        prompts.length === 1
          ? [called(toolName, input)]
          : [{ type: "text-start", id: "t" }, { type: "text-delta", id: "t", delta: said(prompt) }, { type: "text-end", id: "t" }];
      const finish = { type: "finish", ...end(prompts.length === 1 ? "tool-calls" : "stop") };
      return { stream: simulateReadableStream({ chunks: [{ type: "stream-start", warnings: [] }, ...parts, finish], initialDelayInMs: null, chunkDelayInMs: null }) };
    },
  });
  return mock;
}

test("a search as in the guide", async () => {
  const asked = [];
  const exa = {
    async searchAndContents(query, options, request) {
      asked.push([query, options, request.signal]);
      const page = { title: "Fog", url: "https://fog.example", text: "f".repeat(3000), publishedDate: "2026-11-20" };
      return { results: [page, { title: null, url: "https://bay.example" }] };
    },
  };
  const { text, steps } = await generateText({
    model: model("webSearch", { query: "San Francisco last week" }),
    prompt: "What happened in San Francisco last week?",
    tools: { webSearch: webSearch({ exa }) },
    stopWhen: isStepCount(2),
  });
  assert.deepEqual(asked, [["San Francisco last week", { livecrawl: "always", numResults: 3, text: true }, undefined]]);
  const [{ output }] = steps[0].toolResults;
  assert.deepEqual(output, [
    { title: "Fog", url: "https://fog.example", content: "f".repeat(1000), publishedDate: "2026-11-20" },
    { title: null, url: "https://bay.example", content: "", publishedDate: undefined },
  ]);
  assert.match(text, /https:\/\/fog\.example/);
});

test("a search elsewhere, with other settings", async () => {
  const tavily = {
    async search(query, options) {
      return { results: [{ title: query, url: "https://a.example", content: JSON.stringify(options) }] };
    },
  };
  const tool = webSearch({ tavily, numResults: 7, maxCharacters: 20, search: { topic: "news" }, description: "Look" });
  assert.equal(tool.description, "Look");
  const found = await tool.execute({ query: "q" }, { toolCallId: "c" });
  assert.deepEqual(found, [{ title: "q", url: "https://a.example", content: '{"maxResults":7,"top', publishedDate: undefined }]);
  for (const wrong of [undefined, {}, { exa: {} }, { tavily: null }]) {
    assert.throws(() => webSearch(wrong), (error) => isKind(error, "invalid-task"));
    assert.throws(() => deepResearch(wrong), (error) => isKind(error, "invalid-task"));
  }
});

test("the clients of this package search, and research runs, at a program that speaks the vendors' protocols", async (t) => {
  const { base, end } = await start();
  t.after(end);
  const exa = new Exa("any", `${base}/local/exa`);
  const tools = {
    exa: webSearch({ exa, search: { livecrawl: undefined } }),
    tavily: webSearch({ tavily: tavily({ apiKey: "tvly-any", apiBaseURL: `${base}/local/tavily` }) }),
    research: deepResearch({ fathom: new Fathom({ local: { baseUrl: base } }) }),
  };
  for (const name of ["exa", "tavily"]) {
    const { steps } = await generateText({ model: model(name, { query: "exports of Norway" }), prompt: "?", tools, stopWhen: isStepCount(2) });
    const [result] = steps[0].toolResults;
    assert.ok(result, JSON.stringify(steps[0].content));
    assert.ok(result.output.length > 0 && result.output.every(({ title, url, content }) => title && url && content.length <= 1000), name);
  }
  const asked = { question: "What does Norway export?" };
  const { steps, text } = await generateText({ model: model("research", asked), prompt: "?", tools, stopWhen: isStepCount(2) });
  const [{ output }] = steps[0].toolResults;
  assert.ok(output.status === "completed" && output.sources.length > 0);
  assert.ok(JSON.parse(text).value.startsWith(output.markdown));
});

test("the schema is one to the SDK, by its own sign and by the standard's", async () => {
  const { inputSchema } = webSearch({ exa: { searchAndContents() {} } });
  const { "~standard": standard } = inputSchema;
  for (const schema of [asSchema(inputSchema), asSchema({ "~standard": standard })]) {
    const { type, properties, required, additionalProperties } = await schema.jsonSchema;
    assert.deepEqual([type, Object.keys(properties), required, additionalProperties], ["object", ["query"], ["query"], false]);
    assert.equal((await schema.validate({ query: "a" })).success, true);
    for (const wrong of [null, 7, {}, { query: 7 }, { query: "" }, { query: "a".repeat(101) }]) {
      assert.equal((await schema.validate(wrong)).success, false, JSON.stringify(wrong));
    }
  }
});

test("what a model makes up is refused before anything is asked", async () => {
  let asked = 0;
  const { steps } = await generateText({
    model: model("webSearch", { query: "" }),
    prompt: "?",
    tools: { webSearch: webSearch({ exa: { searchAndContents: () => (asked += 1) } }) },
    stopWhen: isStepCount(2),
  });
  assert.equal(asked, 0);
  assert.ok(steps[0].content.some(({ type }) => type === "tool-error"));
});

test("research says how far it has come, and the model reads the report", async (t) => {
  const server = await upstream(program());
  t.after(server.close);
  const runs = [];
  const checkpoints = [];
  const tool = deepResearch({
    fathom: new Fathom({ local: { baseUrl: server.base } }),
    task: { effort: "quick" },
    onRun: (run, { toolCallId }) => runs.push([run.job, toolCallId]),
    onCheckpoint: (checkpoint) => checkpoints.push(checkpoint.stage),
  });
  const result = streamText({
    model: model("deepResearch", { question: "How long is the Rhine?" }),
    prompt: "How long is the Rhine?",
    tools: { deepResearch: tool },
    stopWhen: isStepCount(2),
  });
  const results = [];
  for await (const part of result.fullStream) if (part.type === "tool-result") results.push(part);
  const progress = results.filter(({ preliminary }) => preliminary).map(({ output }) => output);
  const [answer] = results.filter(({ preliminary }) => !preliminary);
  assert.deepEqual(progress[0], { status: "running", provider: "local", phase: "waiting", searches: 0, sources: 0, characters: 0 });
  assert.ok(progress.some(({ searches, sources, characters }) => searches === 1 && sources === 1 && characters > 0));
  const { status, provider, markdown, sources } = answer.output;
  assert.deepEqual([status, provider, sources.length], ["completed", "local", 1]);
  assert.match(markdown, /1,233 km/);
  const told = JSON.parse(await result.text);
  assert.deepEqual(told, { type: "text", value: "The Rhine is 1,233 km long [1].\n\n[1] Rhine https://rhine.example/" });
  assert.deepEqual(runs, [["r1", "call-1"]]);
  assert.ok(checkpoints.includes("intended") && checkpoints.includes("submitted"));
  const asked = JSON.parse(server.requests.find(({ method }) => method === "POST").text);
  assert.deepEqual([asked.question, asked.effort], ["How long is the Rhine?", "quick"]);
});

test("a call that is aborted ends the waiting and not the research", async (t) => {
  // A run that goes on for as long as anybody looks.
  const server = await upstream(
    program((request, response) => {
      if (!request.url.includes("/events")) return false;
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.flushHeaders();
      return true;
    }),
  );
  t.after(server.close);
  let run;
  const tool = deepResearch({ fathom: new Fathom({ local: { baseUrl: server.base } }), onRun: (begun) => (run = begun) });
  const leave = new AbortController();
  const steps = tool.execute({ question: "Why?" }, { toolCallId: "c", abortSignal: leave.signal });
  assert.equal((await steps.next()).value.status, "running");
  const reason = new Error("the reader has gone");
  leave.abort(reason);
  const rest = (async () => { for await (const _ of steps); })();
  await assert.rejects(rest, reason);
  assert.equal(run.checkpoint().stage, "submitted");
  assert.ok(server.requests.every(({ url }) => !url.includes("cancel")));
});

test("research that fails fails the call, with what went wrong", async (t) => {
  const refused = (request, response) => (json(response, { error: { kind: "unauthorized", message: "Who are you?" } }, 401), true);
  const server = await upstream(program(refused));
  t.after(server.close);
  const fathom = new Fathom({ local: { baseUrl: server.base } });
  const { steps } = await generateText({
    model: model("deepResearch", { question: "Why?" }),
    prompt: "?",
    tools: { deepResearch: deepResearch({ fathom }) },
    stopWhen: isStepCount(2),
  });
  const failed = steps[0].content.find(({ type }) => type === "tool-error");
  assert.ok(isKind(failed.error, "unauthorized"), String(failed.error));
});
