// exa-js 2.23.0 and 1.8.27: search, contents, similar pages and answers.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import Exa, { ExaError } from "exa-js";
import ExaV0 from "exa-js-v0";
import { z } from "zod";
import { KEY, collect, LIVE, start } from "./support.mjs";

let program, offline, exa, old, plain;
before(async () => {
  [program, offline] = await Promise.all([start(...LIVE), start()]);
  exa = new Exa(KEY, `${program.base}/local/exa`);
  old = new ExaV0(KEY, `${program.base}/local/exa`);
  plain = new Exa(KEY, `${offline.base}/local/exa`);
});
after(() => Promise.all([program.end(), offline.end()]));

const page = (name) => `https://example.org/countries/${name}`;
const urls = (response) => response.results.map((result) => result.url);

async function failure(promise) {
  const error = await promise.then(() => assert.fail("was not refused"), (error) => error);
  assert.ok(error instanceof ExaError, `${error}`);
  return error;
}

test("search finds pages with their text, best first", async () => {
  const response = await exa.search("petroleum exports of Norway");
  assert.ok(response.requestId);
  assert.equal(response.resolvedSearchType, "keyword");
  assert.equal(response.costDollars.total, 0);
  assert.ok(response.searchTime > 0);
  const [first] = response.results;
  assert.equal(first.url, page("norway"));
  assert.equal(first.id, first.url);
  assert.deepEqual([first.title, first.publishedDate, first.author], ["Norway", "2025-01-01", "The Atlas"]);
  assert.match(first.text, /natural gas and fish/);
  const scores = response.results.map((result) => result.score);
  assert.deepEqual(scores, [...scores].sort((a, b) => b - a));
  assert.ok(scores.every((score) => score > 0 && score <= 1));
});

test("search narrows by number, site, date and words", async () => {
  const none = { contents: false };
  assert.equal((await exa.search("exports", { numResults: 2, ...none })).results.length, 2);
  assert.equal((await exa.search("exports", none)).results[0].text, undefined);
  const query = "bread petroleum exports flour";
  assert.deepEqual(urls(await exa.search(query, { includeDomains: ["bakery.example"], ...none })), ["https://bakery.example/bread"]);
  assert.ok(!urls(await exa.search(query, { excludeDomains: ["example.org"], ...none })).some((url) => url.includes("example.org")));
  assert.deepEqual(urls(await exa.search(query, { endPublishedDate: "2021-01-01", ...none })), ["https://bakery.example/bread"]);
  assert.ok(!urls(await exa.search(query, { startPublishedDate: "2024-12-31T00:00:00.000Z", ...none })).includes("https://bakery.example/bread"));
  assert.deepEqual(urls(await exa.search("exports", { includeText: ["natural gas"], ...none })), [page("norway")]);
  assert.ok(!urls(await exa.search("exports", { excludeText: ["natural gas"], ...none })).includes(page("norway")));
  const warned = await exa.search("exports", { category: "company", startCrawlDate: "2024-01-01", ...none });
  assert.deepEqual(warned.warnings.map((warning) => warning.path), ["category", "startCrawlDate"]);
});

test("a document without an address has one here, which leads back to it", async () => {
  const { results } = await exa.search("lighthouse of Lista automated", { numResults: 1 });
  assert.equal(results[0].url, `${program.base}/documents/notes/local.md`);
  const contents = await exa.getContents(results, { text: true });
  assert.match(contents.results[0].text, /2003/);
});

test("searchAndContents returns what is asked of each page", async () => {
  const query = "What does Norway export?";
  const all = await exa.searchAndContents(query, { text: { maxCharacters: 20 }, highlights: { numSentences: 1, highlightsPerUrl: 2 }, summary: true, numResults: 1 });
  const [norway] = all.results;
  assert.equal(norway.text.length, 20);
  assert.equal(norway.highlights[0], "The main exports of Norway are crude petroleum, natural gas and fish.");
  assert.equal(norway.highlights.length, norway.highlightScores.length);
  assert.ok(norway.highlightScores.every((score) => score >= 0 && score <= 1));
  assert.match(norway.summary, /natural gas/);
  const schema = { type: "object", properties: { capital: { type: "string" }, population: { type: "integer" } } };
  const structured = await exa.searchAndContents("Norway", { summary: { schema }, numResults: 1 });
  assert.deepEqual(JSON.parse(structured.results[0].summary), { capital: "Oslo", population: 5500000 });
  const zod = await exa.searchAndContents("Norway", { summary: { schema: z.object({ capital: z.string() }) }, numResults: 1 });
  assert.deepEqual(JSON.parse(zod.results[0].summary), { capital: "Oslo" });
  assert.ok((await exa.searchAndContents(query)).results[0].text);
  assert.match((await old.searchAndContents(query, { highlights: true, numResults: 1 })).results[0].highlights[0], /natural gas/);
  assert.ok((await old.search(query)).results.length > 0);
});

test("deep search has an output whose fields name their pages", async () => {
  const outputSchema = {
    type: "object",
    properties: { countries: { type: "array", items: { type: "object", properties: { name: { type: "string" }, capital: { type: "string" } } } } },
  };
  for (const type of ["deep-lite", "deep", "deep-reasoning"]) {
    const { output, results } = await exa.search("Compare Norway and Sweden", { type, outputSchema, additionalQueries: ["Scandinavia"], numResults: 3 });
    assert.deepEqual(output.content, { countries: [{ name: "Norway", capital: "Oslo" }, { name: "Sweden", capital: "Stockholm" }] });
    const grounded = output.grounding.find((entry) => entry.field === "countries[0].capital");
    assert.deepEqual(grounded.citations, [{ url: page("norway"), title: "Norway" }]);
    assert.ok(results.length >= 2);
  }
  const text = await exa.search("What does Norway export?", { type: "deep", outputSchema: { type: "text", description: "short" } });
  assert.match(text.output.content, /natural gas/);
  assert.equal(text.output.grounding[0].field, "content");
});

test("streamSearch streams the output and then the results", async () => {
  const outputSchema = { type: "object", properties: { capital: { type: "string" } } };
  const chunks = await collect(exa.streamSearch("Key figures of Norway", { type: "deep", outputSchema }));
  const text = chunks.map((chunk) => chunk.content ?? "").join("");
  assert.deepEqual(JSON.parse(text), { capital: "Oslo" });
  assert.ok(chunks.some((chunk) => chunk.citations?.some((citation) => citation.url === page("norway"))));
  const results = await collect(exa.streamSearch("exports of Norway"));
  assert.ok(results.length === 1 && results[0].citations.length > 0);
});

test("findSimilar finds pages that speak of the same, without the page itself", async () => {
  const similar = await exa.findSimilar(page("norway"), { numResults: 2 });
  assert.deepEqual(urls(similar).sort(), [page("finland"), page("sweden")]);
  assert.ok(similar.results[0].text);
  const bare = await exa.findSimilar("http://www.example.org/countries/norway/", { contents: false });
  assert.ok(!urls(bare).includes(page("norway")) && bare.results[0].text === undefined);
  const scores = bare.results.map((result) => result.score);
  assert.deepEqual(scores, [...scores].sort((a, b) => b - a));
  const elsewhere = await exa.findSimilar(page("norway"), { excludeSourceDomain: true, contents: false });
  assert.ok(!urls(elsewhere).some((url) => url.includes("example.org")));
  const contents = await exa.findSimilarAndContents(page("sweden"), { highlights: { query: "exports" }, numResults: 1 });
  assert.ok(contents.results[0].highlights.length > 0);
  assert.equal((await old.findSimilarAndContents(page("sweden"), { text: true, numResults: 1 })).results.length, 1);
  assert.ok((await old.findSimilar(page("sweden"))).results.length > 0);
  const live = await exa.findSimilar(`${program.site.url}/`, { contents: false });
  assert.ok(Array.isArray(live.results), "a page of the web can be compared with the library");
  assert.equal((await failure(plain.findSimilar("https://nowhere.example/"))).statusCode, 400);
});

test("getContents reads pages of the library in every form", async () => {
  const response = await exa.getContents([page("norway"), "https://nowhere.invalid/x"], { livecrawl: "never" });
  assert.match(response.results[0].text, /natural gas/);
  assert.deepEqual(response.statuses, [
    { id: page("norway"), status: "success", source: "cached" },
    { id: "https://nowhere.invalid/x", status: "error", error: { tag: "CRAWL_NOT_FOUND", httpStatusCode: 404 } },
  ]);
  const one = await exa.getContents(page("sweden"), {
    highlights: { query: "What is exported?", numSentences: 1, highlightsPerUrl: 1 },
    summary: { query: "exports" },
    extras: { links: 3, imageLinks: 2 },
  });
  assert.deepEqual(one.results[0].highlights, ["The main exports of Sweden are cars, packaged medicaments and refined petroleum."]);
  assert.match(one.results[0].summary, /medicaments/);
  assert.deepEqual(one.results[0].extras, { links: [], imageLinks: [] });
  assert.equal(one.results[0].text, undefined);
  const below = await exa.getContents("https://example.org/countries/norway", { subpages: 5 });
  assert.equal(below.results[0].subpages, undefined, "nothing is below this page");
  const list = await exa.search("Norway", { numResults: 1, contents: false });
  assert.equal((await exa.getContents(list.results)).results[0].url, page("norway"));
  assert.equal((await old.getContents([page("norway")], { text: true })).results.length, 1);
});

test("getContents fetches live pages in all modes, with subpages, links and pictures", async () => {
  const { site } = program;
  const url = `${site.url}/`;
  const fetched = await exa.getContents(url, { text: true, extras: { links: 2, imageLinks: 5 }, livecrawl: "always" });
  const [harbour] = fetched.results;
  assert.match(harbour.text, /more fish than any other/);
  assert.deepEqual([harbour.title, harbour.favicon], ["Harbour", `${site.url}/icon.png`]);
  assert.deepEqual(harbour.extras, { links: [`${site.url}/docs/prices`, `${site.url}/docs/hours`], imageLinks: [`${site.url}/boat.jpg`] });
  assert.deepEqual(fetched.statuses, [{ id: url, status: "success", source: "crawled" }]);
  const below = await exa.getContents(url, { subpages: 1, subpageTarget: ["prices"], livecrawl: "preferred" });
  assert.deepEqual(below.results[0].subpages.map((page) => page.url), [`${site.url}/docs/prices`]);
  assert.match(below.results[0].subpages[0].text, /12 crowns/);
  for (const options of [{ livecrawl: "fallback" }, { livecrawl: "preferred" }, { maxAgeHours: 0 }, { maxAgeHours: 24 }, {}]) {
    assert.equal((await exa.getContents(url, options)).statuses[0].source, "crawled", JSON.stringify(options));
    const stored = await exa.getContents(page("norway"), { ...options, livecrawl: options.maxAgeHours === 0 ? undefined : "fallback" });
    if (options.maxAgeHours !== 0) assert.equal(stored.statuses[0].source, "cached", JSON.stringify(options));
  }
  for (const options of [{ livecrawl: "never" }, { maxAgeHours: -1 }]) {
    assert.equal((await exa.getContents(url, options)).statuses[0].error.tag, "CRAWL_NOT_FOUND");
  }
  const failed = await exa.getContents([`${site.url}/none`, `${site.url}/forbidden`, `${site.url}/slow`, "ftp://example.org/x"], { livecrawl: "always", livecrawlTimeout: 300 });
  assert.deepEqual(failed.results, []);
  assert.deepEqual(failed.statuses.map((status) => [status.error.tag, status.error.httpStatusCode]), [
    ["CRAWL_NOT_FOUND", 404],
    ["SOURCE_NOT_AVAILABLE", 403],
    ["CRAWL_LIVECRAWL_TIMEOUT", 408],
    ["SOURCE_NOT_AVAILABLE", 403],
  ]);
  const off = await plain.getContents(url, { livecrawl: "always" });
  assert.deepEqual(off.statuses[0].error, { tag: "SOURCE_NOT_AVAILABLE", httpStatusCode: 403 });
});

test("answer says it in short and cites", async () => {
  const response = await exa.answer("What is the population of Norway?");
  assert.match(response.answer, /5,500,000/);
  assert.equal(response.citations[0].url, page("norway"));
  assert.equal(response.citations[0].text, undefined);
  assert.ok(response.requestId);
  const full = await exa.answer("What does Sweden export?", { text: true, model: "exa-pro", systemPrompt: "Be brief." });
  assert.match(full.citations[0].text, /medicaments/);
  const value = await exa.answer("Key figures of Finland", { outputSchema: z.object({ capital: z.string() }) });
  assert.deepEqual(value.answer, { capital: "Helsinki" });
  const nothing = await exa.answer("Who invented the zeppelin?");
  assert.match(nothing.answer, /[Nn]othing/);
  assert.deepEqual(nothing.citations, []);
  assert.match((await old.answer("What is the population of Norway?")).answer, /5,500,000/);
});

test("streamAnswer streams the same", async () => {
  const question = "What is the population of Norway?";
  const whole = await exa.answer(question);
  for (const client of [exa, old]) {
    const chunks = await collect(client.streamAnswer(question, { text: true }));
    assert.equal(chunks.map((chunk) => chunk.content ?? "").join("").trim(), whole.answer);
    const { citations } = chunks.find((chunk) => chunk.citations);
    assert.equal(citations[0].url, page("norway"));
    assert.match(citations[0].text, /Oslo/);
  }
  const value = await collect(exa.streamAnswer("Key figures of Finland", { outputSchema: { type: "object", properties: { capital: { type: "string" } } } }));
  assert.deepEqual(JSON.parse(value[0].content), { capital: "Helsinki" });
});

test("what cannot be taken is refused with a tag", async () => {
  const raw = async (path, body) => {
    const response = await fetch(`${program.base}/local/exa${path}`, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) });
    const refused = await response.json();
    assert.equal(refused.requestId, response.headers.get("x-request-id"));
    assert.ok(refused.error.length > 10);
    return [response.status, refused.tag];
  };
  assert.deepEqual(await raw("/search", { query: "" }), [400, "INVALID_REQUEST_BODY"]);
  assert.deepEqual(await raw("/search", "{"), [400, "INVALID_REQUEST_BODY"]);
  assert.deepEqual(await raw("/search", { query: "x", numResults: 101 }), [400, "NUM_RESULTS_EXCEEDED"]);
  assert.deepEqual(await raw("/search", { query: "x", type: "psychic" }), [400, "INVALID_REQUEST_BODY"]);
  assert.deepEqual(await raw("/search", { query: "x", startPublishedDate: "yesterday" }), [400, "INVALID_REQUEST_BODY"]);
  assert.deepEqual(await raw("/search", { query: "x", contents: { subpages: 101 } }), [400, "SUBPAGES_LIMIT_EXCEEDED"]);
  assert.deepEqual(await raw("/search", { query: "x", outputSchema: { type: "array" } }), [400, "INVALID_JSON_SCHEMA"]);
  const deep = { type: "object", properties: { a: { type: "object", properties: { b: { type: "object", properties: {} } } } } };
  assert.deepEqual(await raw("/search", { query: "x", outputSchema: deep }), [400, "INVALID_JSON_SCHEMA"]);
  assert.deepEqual(await raw("/contents", { urls: [] }), [400, "INVALID_URLS"]);
  assert.deepEqual(await raw("/contents", { urls: [page("norway")], summary: { schema: { type: "nonsense" } } }), [400, "INVALID_JSON_SCHEMA"]);
  assert.deepEqual(await raw("/answer", { query: "x", outputSchema: { type: "nonsense" } }), [400, "INVALID_JSON_SCHEMA"]);
  assert.deepEqual(await raw("/findSimilar", {}), [400, "INVALID_REQUEST_BODY"]);
  const error = await failure(exa.search(""));
  assert.equal(error.statusCode, 400);
  assert.ok(error.requestId);
  assert.equal((await failure(collect(exa.streamAnswer("")))).statusCode, 400);
});
