// @tavily/core 0.7.13, where a method is in both.

import { after, before } from "node:test";
import { tavily as theirs } from "@tavily/core";
import { collect, face, LIVE, sides } from "./sides.mjs";
import { row } from "./table.mjs";

let both;
let live;
before(async () => {
  const { tavily: ours } = await face("tavily");
  const client = (make) => (apiBaseURL) => make({ apiKey: "tvly-any", apiBaseURL });
  const make = { theirs: client(theirs), ours: client(ours) };
  both = await sides("tavily", make, "--workers", "1");
  live = await sides("tavily", make, ...LIVE);
});
after(() => Promise.all([both.end(), live.end()]));

const name = "@tavily/core 0.7.13";
const compared = (method, input, call, options) => row(method, input, () => both, call, { name, ...options });
const onSite = (method, input, call, options) => row(method, input, () => live, call, { name, ...options });

const OWN = "a question to the library";
const INPUT = "What are the population and the exports of Norway?";
const PAGE = "https://example.org/countries/norway";
const SCHEMA = { properties: { capital: { type: "string", description: "The capital" } }, required: ["capital"] };

/** A research that is over. */
const over = (options) => ({
  prepare: async (client) => {
    const { requestId } = await client.research(INPUT, options);
    while (!["completed", "failed"].includes((await client.getResearch(requestId)).status));
    return { id: requestId };
  },
});

compared("search", OWN, (client) => client.search("petroleum exports of Norway"));
compared("search", `${OWN}, with options`, (client) =>
  client.search("exports of Norway", {
    includeAnswer: "advanced", includeRawContent: "markdown", maxResults: 2, searchDepth: "advanced", autoParameters: true,
    includeImages: true, includeDomains: ["example.org"], includeUsage: true, country: "norway", some_new_option: 1,
  }));
compared("searchQNA", OWN, (client) => client.searchQNA("What is the population of Norway?"));
compared("extract", OWN, (client) => client.extract([PAGE, "https://nowhere.example/"], { includeImages: true, includeUsage: true, timeout: 20 }));
onSite("extract", "a site", (client) => client.extract([`${live.site.url}/`, `${live.site.url}/none`], { includeFavicon: true, includeImages: true }));
onSite("crawl", "a site", (client) => client.crawl(`${live.site.url}/`, { maxDepth: 2, excludePaths: ["hours"], includeFavicon: true }));
onSite("map", "a site", (client) => client.map(`${live.site.url}/`, { includeUsage: true }));
compared("research", OWN, (client) => client.research(INPUT, { model: "mini", citationFormat: "apa" }));
compared("getResearch", OWN, (client, { id }) => client.getResearch(id, { includeUsage: true }), {
  ...over({ model: "mini" }),
  why: Object.fromEntries(["requestId", "createdAt", "responseTime"].map((field) => [
    `result.value.${field}`, "their types promise camel case and their client yields underscores; ours yields both",
  ])),
});
compared("getResearch", `${OWN}, with a schema`, async (client, { id }) => (await client.getResearch(id)).content, over({ model: "pro", outputSchema: SCHEMA }));
compared("research", `${OWN}, as a stream`, async (client) => read(await collect(await client.research(INPUT, { stream: true, model: "mini" }))));

/** The pieces of a stream: theirs are bytes cut anywhere, which have to be read first; ours are pieces. */
function read(pieces) {
  if (!pieces.every((piece) => piece instanceof Uint8Array)) return pieces;
  const frames = Buffer.concat(pieces).toString().split("\n\n").filter(Boolean);
  return frames.map((frame) => frame.split("data: ")[1]).filter((data) => data && data !== "[DONE]").map((data) => JSON.parse(data));
}
