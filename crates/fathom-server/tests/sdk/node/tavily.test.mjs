// @tavily/core 0.7.13

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { tavily } from "@tavily/core";
import { KEY, LIVE, start } from "./support.mjs";

let program, offline, client, plain;
before(async () => {
  [program, offline] = await Promise.all([start(...LIVE), start("--workers", "1")]);
  client = tavily({ apiKey: KEY, apiBaseURL: `${program.base}/local/tavily` });
  plain = tavily({ apiKey: KEY, apiBaseURL: `${offline.base}/local/tavily` });
});
after(() => Promise.all([program.end(), offline.end()]));

const INPUT = "What are the population and the exports of Norway?";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const page = (name) => `https://example.org/countries/${name}`;
const property = (type, description, more) => ({ type, description, ...more });
const SCHEMA = { properties: { capital: property("string", "The capital"), population: property("integer", "People") }, required: ["capital"] };

/** This client has no helper for waiting; its samples ask again and again. */
async function finished(client, requestId, options) {
  for (;;) {
    const task = await client.getResearch(requestId, options);
    if (["completed", "failed"].includes(task.status)) return task;
    assert.ok(["pending", "in_progress"].includes(task.status), task.status);
    assert.ok(typeof task.response_time === "number");
  }
}

/** The frames of a stream that arrives as bytes in pieces of any size. */
async function frames(stream) {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of await stream) text += decoder.decode(chunk, { stream: true });
  return text.split("\n\n").filter(Boolean).map((frame) => {
    const [event, data, ...more] = frame.split("\n");
    assert.deepEqual(more, [], "one line for the event and one for the data");
    assert.ok(event.startsWith("event: ") && data.startsWith("data: "), frame);
    return { event: event.slice(7), data: data === "data: [DONE]" ? null : JSON.parse(data.slice(6)) };
  });
}

test("a research is created, asked for and read", async () => {
  const created = await client.research(INPUT, { model: "mini" });
  assert.match(created.requestId, UUID);
  assert.deepEqual([created.status, created.input, created.model], ["pending", INPUT, "mini"]);
  assert.ok(!Number.isNaN(Date.parse(created.createdAt)) && typeof created.responseTime === "number");
  const task = await finished(client, created.requestId);
  assert.equal(task.request_id, created.requestId);
  assert.equal(task.created_at, created.createdAt);
  assert.match(task.content, /5,500,000.* \[1\]/);
  assert.match(task.content, /## Sources\n\n- \[1\] Norway\. https:\/\/example\.org\/countries\/norway\n$/);
  assert.deepEqual([task.sources[0].title, task.sources[0].url], ["Norway", page("norway")]);
  assert.equal(task.usage, undefined);
  assert.deepEqual((await client.getResearch(created.requestId, { includeUsage: true })).usage, { credits: 0 });
});

test("a waiting research is answered with 202", async () => {
  await Promise.all(Array.from({ length: 20 }, () => plain.research(INPUT, { model: "pro" })));
  const { requestId } = await plain.research(INPUT);
  const response = await fetch(`${offline.base}/local/tavily/research/${requestId}`);
  assert.equal(response.status, 202);
  assert.deepEqual(Object.keys(await response.json()).sort(), ["request_id", "response_time", "status"]);
  assert.equal((await finished(plain, requestId)).status, "completed");
});

test("a schema gives an object", async () => {
  const created = await client.research("Key figures of Finland", { outputSchema: SCHEMA });
  assert.equal(created.model, "auto");
  const task = await finished(client, created.requestId);
  assert.deepEqual(task.content, { capital: "Helsinki", population: 5600000 });
  assert.equal(task.sources[0].url, page("finland"));
});

test("citations come in the form that is chosen", async () => {
  for (const [citationFormat, marker, entry] of [
    ["mla", /\(The Atlas\)/, /## Works Cited\n\n- The Atlas\. "Norway\." 2025-01-01, /],
    ["apa", /\(The Atlas, 2025\)/, /## References\n\n- The Atlas\. \(2025\)\. Norway\. /],
    ["chicago", /\(The Atlas 2025\)/, /## Bibliography\n\n- The Atlas\. 2025\. "Norway\." /],
  ]) {
    const task = await finished(client, (await client.research(INPUT, { citationFormat })).requestId);
    assert.match(task.content, marker);
    assert.match(task.content, entry);
    assert.doesNotMatch(task.content, /\[\d\]/);
  }
});

test("sites are preferred or left out, and lengths differ", async () => {
  const query = "What do the pages say about petroleum exports, flour and dough?";
  const less = await finished(client, (await client.research(query, { exclude_domains: ["example.org"] })).requestId);
  assert.ok(less.sources.every((source) => !source.url.includes("example.org")));
  const more = await finished(client, (await client.research(query, { include_domains: ["bakery.example"] })).requestId);
  assert.equal(more.status, "completed");
  const sized = async (output_length) => finished(client, (await client.research("Tell me everything about Norway, Sweden and Finland", { output_length })).requestId);
  const [short, long] = [await sized("short"), await sized("long")];
  assert.ok(short.content.length <= long.content.length);
});

test("files are material for their own research only", async () => {
  const file = (name, text) => ({ name, data: Buffer.from(text).toString("base64"), type: "base64" });
  const files = [
    file("memo.md", "# Cobalt memo\n\nThe Senja mine produced 742 tonnes of cobalt in its best year.\n"),
    file("berths.json", JSON.stringify({ "Kvaloy pier": { depth: "14 metres" } })),
    file("notes.txt", "The foreman of the Senja mine was called Ragnhild Moe."),
  ];
  const input = "How much cobalt did the Senja mine produce?";
  const task = await finished(client, (await client.research(input, { files })).requestId);
  assert.match(task.content, /742 tonnes/);
  assert.equal(task.sources[0].title, "Cobalt memo");
  const { protocol, host } = new URL(program.base);
  assert.ok(task.sources[0].url.startsWith(`${protocol}//${host}/documents/request:memo.md@`));
  const document = await fetch(`${program.base}/api/v1/library${new URL(task.sources[0].url).pathname}`);
  assert.match((await document.json()).text, /742 tonnes/, "the evidence can be looked up");
  const other = await finished(client, (await client.research(input)).requestId);
  assert.doesNotMatch(JSON.stringify(other), /742 tonnes/);
  assert.deepEqual((await client.search("cobalt Senja mine")).results.filter((result) => /Senja/.test(result.content)), []);
});

const kind = (frame) => {
  const delta = frame.data.choices[0].delta;
  const [call] = delta.tool_calls?.tool_call ?? delta.tool_calls?.tool_response ?? [];
  return call ? `${delta.tool_calls.type} ${call.name}` : Object.keys(delta).filter((key) => key !== "role").join();
};

test("a stream tells what is done, then the text, then the sources", async () => {
  for (const [model, subtopics] of [["mini", false], ["pro", true]]) {
    const all = await frames(client.research(INPUT, { stream: true, model }));
    assert.equal(all.at(-1).event, "done");
    const chunks = all.slice(0, -1);
    assert.ok(chunks.every(({ event, data }) => event === "chat.completion.chunk" && data.object === event && data.model === model));
    const kinds = chunks.map(kind);
    for (const name of ["Planning", "WebSearch", "Generating", ...(subtopics ? ["ResearchSubtopic"] : [])]) {
      assert.ok(kinds.includes(`tool_call ${name}`) && kinds.includes(`tool_response ${name}`), name);
    }
    assert.equal(kinds.includes("tool_call ResearchSubtopic"), subtopics);
    assert.equal(kinds[0], "tool_call Planning");
    assert.equal(kinds.at(-1), "sources");
    const calls = chunks.map(({ data }) => data.choices[0].delta.tool_calls).filter(Boolean);
    const ids = (type) => calls.filter((call) => call.type === type).map((call) => call[type][0].id).sort();
    assert.deepEqual(ids("tool_call"), ids("tool_response"), "what begins also ends");
    const search = calls.find((call) => call.tool_call?.[0].name === "WebSearch").tool_call[0];
    assert.ok(search.queries.length === 1 && search.arguments.includes(search.queries[0]));
    const found = calls.filter((call) => call.tool_response?.[0].name === "WebSearch").flatMap((call) => call.tool_response[0].sources);
    assert.ok(found.some((source) => source.url === page("norway")));
    const task = await finished(client, chunks[0].data.id);
    const text = chunks.map(({ data }) => data.choices[0].delta.content ?? "").join("");
    assert.equal(text, task.content);
    assert.deepEqual(chunks.at(-1).data.choices[0].delta.sources, task.sources);
  }
});

test("a stream with a schema or another form of citations says the same as the task", async () => {
  const values = await frames(client.research("Key figures of Sweden", { stream: true, outputSchema: SCHEMA }));
  const contents = values.slice(0, -1).map(({ data }) => data.choices[0].delta.content).filter(Boolean);
  assert.deepEqual(contents, [{ capital: "Stockholm", population: 10600000 }]);
  const told = await frames(client.research(INPUT, { stream: true, citationFormat: "apa" }));
  const text = told.slice(0, -1).map(({ data }) => data.choices[0].delta.content ?? "").join("");
  assert.equal(text, (await finished(client, told[0].data.id)).content);
});

test("search finds pages with what they say to the query", async () => {
  const response = await client.search("What does Norway export?", { includeUsage: true });
  assert.match(response.requestId, UUID);
  assert.ok(response.responseTime > 0 && response.images.length === 0);
  assert.equal(response.answer, null);
  const [first] = response.results;
  assert.deepEqual([first.title, first.url, first.publishedDate], ["Norway", page("norway"), "2025-01-01"]);
  assert.match(first.content, /natural gas and fish/);
  assert.equal(first.rawContent, null);
  assert.ok(first.score > 0 && first.score <= 1);
  assert.deepEqual(response.usage, { credits: 0 });
  const full = await client.search("What does Norway export?", { includeAnswer: "advanced", includeRawContent: "markdown", maxResults: 1, searchDepth: "advanced", autoParameters: true });
  assert.match(full.answer, /natural gas/);
  assert.doesNotMatch(full.answer, /\[\d\]|\*\*/);
  assert.match(full.results[0].rawContent, /Oslo/);
  assert.equal(full.results.length, 1);
  assert.equal(full.autoParameters.topic, "general");
});

test("search narrows by site, date and exact words", async () => {
  const found = async (options) => (await client.search("bread flour petroleum exports", options)).results.map((result) => result.url);
  assert.deepEqual(await found({ includeDomains: ["bakery.example"] }), ["https://bakery.example/bread"]);
  assert.ok(!(await found({ excludeDomains: ["bakery.example"] })).includes("https://bakery.example/bread"));
  assert.ok((await found({ includeDomains: ["bakery.example"], includeDomainsMode: "prefer" })).length > 1);
  assert.deepEqual(await found({ endDate: "2021-01-01" }), ["https://bakery.example/bread"]);
  assert.deepEqual(await found({ timeRange: "day" }), []);
  assert.deepEqual(await found({ maxResults: 0 }), []);
  const exact = await client.search('exports of "natural gas"', { exactMatch: true });
  assert.deepEqual(exact.results.map((result) => result.url), [page("norway")]);
});

test("the older helpers for search work as well", async () => {
  assert.match(await client.searchQNA("What is the population of Norway?"), /5,500,000/);
  const context = JSON.parse(await client.searchContext("exports of Norway"));
  assert.ok(JSON.stringify(context).includes("natural gas"));
});

test("extract reads pages of the library and of the web", async () => {
  const { site } = program;
  const urls = [page("norway"), `${site.url}/docs/prices`, `${site.url}/none`];
  const response = await client.extract(urls, { includeImages: true, includeFavicon: true, includeUsage: true });
  assert.deepEqual(response.results.map((result) => result.url), urls.slice(0, 2));
  assert.match(response.results[0].rawContent, /natural gas/);
  assert.match(response.results[1].rawContent, /12 crowns/);
  assert.equal(response.failedResults[0].url, urls[2]);
  assert.ok(response.failedResults[0].error.length > 5);
  const chunked = await client.extract([page("norway")], { query: "What is exported?", chunksPerSource: 1 });
  assert.equal(chunked.results[0].rawContent, "The main exports of Norway are crude petroleum, natural gas and fish.");
  const off = await plain.extract([`${site.url}/`]);
  assert.deepEqual(off.results, []);
  assert.equal(off.failedResults.length, 1);
  const keyless = tavily({ apiBaseURL: `${program.base}/local/tavily` });
  assert.equal((await keyless.extract([page("norway")])).results.length, 1);
});

test("crawl reads a site, and map lists it", async () => {
  const { url } = program.site;
  const whole = await client.crawl(`${url}/`, { maxDepth: 2, includeFavicon: true });
  assert.equal(whole.baseUrl, `${url}/`);
  assert.deepEqual(whole.results.map((result) => result.url).sort(), [`${url}/`, `${url}/about`, `${url}/docs/hours`, `${url}/docs/prices`]);
  assert.match(whole.results.find((result) => result.url.endsWith("/about")).rawContent, /1847/);
  const narrow = await client.crawl(`${url}/`, { selectPaths: ["^/docs/.*"], excludePaths: ["hours"] });
  assert.deepEqual(narrow.results.map((result) => result.url).sort(), [`${url}/`, `${url}/docs/prices`]);
  const asked = await client.crawl(`${url}/`, { instructions: "What does a berth cost?", chunksPerSource: 1 });
  assert.ok(asked.results.some((result) => /12 crowns/.test(result.rawContent)));
  assert.ok(asked.results.every((result) => !/1847/.test(result.rawContent)));
  assert.equal((await client.crawl(`${url}/`, { limit: 2 })).results.length, 2);
  const map = await client.map(`${url}/`, { includeUsage: true });
  assert.deepEqual(map.results.sort(), [`${url}/`, `${url}/about`, `${url}/docs/hours`, `${url}/docs/prices`]);
  assert.deepEqual(map.usage, { credits: 0 });
});

test("without live pages crawl and map walk the library", async () => {
  const map = await plain.map("https://example.org/countries/");
  assert.deepEqual(map.results.sort(), [page("finland"), page("norway"), page("sweden")]);
  const crawl = await plain.crawl("https://example.org/countries/", { excludePaths: ["norway"], limit: 5 });
  assert.deepEqual(crawl.results.map((result) => result.url).sort(), [page("finland"), page("sweden")]);
  await assert.rejects(plain.crawl("https://nowhere.example/"), /cannot be read/);
});

test("texts come as Markdown unless plain text is asked for", async () => {
  const [markdown] = (await client.extract([page("norway")])).results;
  assert.match(markdown.rawContent, /^# Norway\n\n## Population\n\n/);
  const [plainly] = (await client.extract([page("norway")], { format: "text" })).results;
  assert.match(plainly.rawContent, /^Norway\n/);
  const crawled = async (format) => (await plain.crawl("https://example.org/countries/", { limit: 1, format })).results[0].rawContent;
  assert.match(await crawled(), /^# \w+\n\n## Population\n/);
  assert.match(await crawled("text"), /^\w+\n\nPopulation\n/);
  const raw = async (includeRawContent) => (await client.search("exports of Norway", { includeRawContent })).results[0].rawContent;
  assert.match(await raw("markdown"), /^# Norway\n/);
  assert.match(await raw("text"), /^Norway\n/);
  assert.equal(await raw(false), null);
});

test("feedback is taken, and what it is about must be named", async () => {
  const { requestId } = await client.search("exports of Norway");
  const told = await client.feedback({ requestId, agentScore: 1, humanScore: "like", comment: "good" });
  assert.ok(told.success && told.feedbackId.length > 10 && told.responseTime >= 0);
  await assert.rejects(client.feedback({ agentScore: 1 }), /request_id or session_id is required/);
  await assert.rejects(client.feedback({ requestId, agentScore: [1] }), /agent_score must be/);
});

test("usage says that nothing costs anything", async () => {
  const usage = await (await fetch(`${program.base}/local/tavily/usage`)).json();
  assert.deepEqual([usage.key.usage, usage.key.limit, usage.account.current_plan], [0, null, "local"]);
});

test("what cannot be taken is refused in words", async () => {
  const file = (name) => ({ name, data: "eA==", type: "base64" });
  for (const [options, words] of [
    [{ model: "gpt" }, /model must be one of mini, pro, auto/],
    [{ citationFormat: "ieee" }, /citation_format/],
    [{ outputSchema: { type: "object" } }, /must contain properties/],
    [{ outputSchema: { properties: { a: { type: "string" } } } }, /must have a description/],
    [{ outputSchema: { properties: { a: property("boolean", "x") } } }, /type must be one of/],
    [{ outputSchema: { properties: { a: property("array", "x") } } }, /must have items/],
    [{ outputSchema: { properties: { a: property("object", "x") } } }, /must contain properties/],
    [{ outputSchema: { properties: { a: property("string", "x") }, required: ["b"] } }, /at least one/],
    [{ include_domains: Array(21).fill("a.example") }, /include_domains/],
    [{ files: Array(6).fill(file("a.txt")) }, /files/],
    [{ files: [file("a.exe")] }, /must end with/],
    [{ output_length: "endless" }, /output_length/],
  ]) {
    await assert.rejects(client.research("x", options), words, JSON.stringify(options));
  }
  await assert.rejects(client.research(""), /input is empty/);
  await assert.rejects(client.search(""), /query is empty/);
  await assert.rejects(client.search("x", { maxResults: 21 }), /max_results/);
  await assert.rejects(client.extract([]), /urls must name/);
  await assert.rejects(client.crawl("x", { selectPaths: ["("] }), /pattern/);
  await assert.rejects(client.getResearch("123e4567-e89b-42d3-a456-426614174111"), /Research task not found/);
});
