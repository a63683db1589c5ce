// exa-js 2.23.0: search, contents, similar pages and answers, with the inputs of the vendor's own
// "TypeScript SDK Specification", and with questions to the library of the other tests.

import { after, before } from "node:test";
import Exa from "exa-js";
import { collect, face, LIVE, sides } from "./sides.mjs";
import { row } from "./table.mjs";

let both;
let live;
before(async () => {
  const { default: Ours } = await face("exa");
  const make = { theirs: (base) => new Exa("any key", base), ours: (base) => new Ours("any key", base) };
  both = await sides("exa", make);
  live = await sides("exa", make, ...LIVE);
});
after(() => Promise.all([both.end(), live.end()]));

const name = "exa-js 2.23.0";
const SPEC = "the specification's input";
const OWN = "a question to the library";

const compared = (method, input, call, options) => row(method, input, () => both, call, { name, ...options });
const onSite = (method, input, call, options) => row(method, input, () => live, call, { name, ...options });

const STARTUPS = "hottest AI startups";
const HEALTH = "AI in healthcare";
const NORWAY = "petroleum exports of Norway";
const PAGE = "https://example.org/countries/norway";
const ARTICLE = "https://www.example.com/article";
const COMPANY = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Company Information",
  type: "object",
  properties: {
    name: { type: "string", description: "The name of the company" },
    industry: { type: "string", description: "The industry the company operates in" },
    foundedYear: { type: "number", description: "The year the company was founded" },
    keyProducts: { type: "array", items: { type: "string" }, description: "List of key products or services offered by the company" },
    competitors: { type: "array", items: { type: "string" }, description: "List of main competitors" },
  },
  required: ["name", "industry"],
};

compared("search", SPEC, (exa) => exa.search(STARTUPS, { numResults: 2 }));
compared("search", OWN, (exa) => exa.search(NORWAY));
compared("search", `${OWN}, without contents`, (exa) => exa.search(NORWAY, { contents: false, includeDomains: ["example.org"], type: "keyword" }));
compared("search", `${OWN}, with contents and a preview`, (exa) =>
  exa.search(NORWAY, { betas: ["dynamic-highlights-2026-08-28"], contents: { highlights: { query: "gas" }, text: { maxCharacters: 40 } } }));
compared("search", `${OWN}, with an output`, (exa) =>
  exa.search("Population of Norway", { type: "deep", outputSchema: { type: "object", properties: { population: { type: "integer" } } } }));
compared("streamSearch", OWN, (exa) => collect(exa.streamSearch("What does Norway export?", { type: "deep", outputSchema: { type: "text" } })));

compared("searchAndContents", `${SPEC}: text`, (exa) => exa.searchAndContents(HEALTH, { text: true, numResults: 2 }));
compared("searchAndContents", `${SPEC}: highlights`, (exa) => exa.searchAndContents(HEALTH, { highlights: true, numResults: 2 }));
compared("searchAndContents", `${SPEC}: both`, (exa) => exa.searchAndContents(HEALTH, { text: true, highlights: true, numResults: 2 }));
compared("searchAndContents", `${SPEC}: summary with a schema`, (exa) =>
  exa.searchAndContents("OpenAI company information", { summary: { schema: COMPANY }, category: "company", numResults: 3 }));
compared("searchAndContents", `${SPEC}: the tool of the AI SDK`, (exa) =>
  exa.searchAndContents("What happened in San Francisco last week?", { livecrawl: "always", numResults: 3 }));
compared("searchAndContents", OWN, (exa) => exa.searchAndContents(NORWAY));
compared("searchAndContents", `${OWN}, every kind of contents`, (exa) =>
  exa.searchAndContents(NORWAY, {
    text: { maxCharacters: 80, includeHtmlTags: false },
    highlights: { query: "natural gas", numSentences: 1, highlightsPerUrl: 2 },
    summary: { query: "What is exported?" },
    extras: { links: 2 },
    livecrawl: "never",
    subpages: 1,
    subpageTarget: ["exports"],
    numResults: 2,
    startPublishedDate: "2020-01-01",
  }));

compared("findSimilar", SPEC, (exa) => exa.findSimilar("https://www.example.com", { numResults: 2, excludeSourceDomain: true }));
compared("findSimilar", OWN, (exa) => exa.findSimilar(PAGE, { numResults: 2, contents: false }));
compared("findSimilar", `${OWN}, nothing said`, (exa) => exa.findSimilar(PAGE));
compared("findSimilarAndContents", `${SPEC}: text`, (exa) => exa.findSimilarAndContents(ARTICLE, { text: true, numResults: 2 }));
compared("findSimilarAndContents", `${SPEC}: highlights`, (exa) => exa.findSimilarAndContents(ARTICLE, { highlights: true, numResults: 2 }));
compared("findSimilarAndContents", `${SPEC}: both`, (exa) =>
  exa.findSimilarAndContents(ARTICLE, { text: true, highlights: true, numResults: 2, excludeSourceDomain: true }));
compared("findSimilarAndContents", OWN, (exa) => exa.findSimilarAndContents(PAGE, { highlights: true, numResults: 2 }));
compared("findSimilarAndContents", `${OWN}, nothing said`, (exa) => exa.findSimilarAndContents(PAGE));

compared("getContents", `${SPEC}: one page`, (exa) => exa.getContents(ARTICLE));
compared("getContents", `${SPEC}: two pages`, (exa) => exa.getContents([`${ARTICLE}1`, `${ARTICLE}2`]));
compared("getContents", `${SPEC}: options`, (exa) =>
  exa.getContents([`${ARTICLE}1`, `${ARTICLE}2`], { text: { maxCharacters: 1000 }, highlights: { query: "AI", numSentences: 2 } }));
compared("getContents", `${SPEC}: subpages`, (exa) => exa.getContents(["https://example.com"], { subpages: 5, subpageTarget: ["about", "products"] }));
compared("getContents", `${SPEC}: subpages, fetched anew`, (exa) =>
  exa.getContents(["https://www.apple.com/"], { livecrawl: "always", subpageTarget: ["news", "product"], subpages: 10 }));
compared("getContents", `${SPEC}: fetched anew where possible`, (exa) => exa.getContents(["https://www.apple.com"], { livecrawl: "preferred" }));
compared("getContents", OWN, (exa) => exa.getContents(PAGE));
compared("getContents", `${OWN}, results of a search`, async (exa) => {
  const { results } = await exa.search(NORWAY, { numResults: 2, contents: false });
  return exa.getContents(results, { highlights: true, summary: { query: "exports" } });
});
onSite("getContents", "a site, with subpages, fetched anew", (exa) =>
  exa.getContents([`${live.site.url}/`], { text: true, subpages: 5, subpageTarget: ["docs"], livecrawl: "always", extras: { links: 3 } }));
compared("getContents", "no page", (exa) => exa.getContents([]), {
  why: { "result.failed": "ours is an InvalidTaskError without a status, because nothing was asked" },
});

compared("answer", SPEC, (exa) => exa.answer("What is the capital of France?"));
compared("answer", `${SPEC}: text`, (exa) => exa.answer("What is the capital of France?", { text: true }));
compared("answer", OWN, (exa) => exa.answer("What is the population of Norway?", { text: true }));
compared("answer", `${OWN}, with a schema`, (exa) =>
  exa.answer("Population of Norway", { outputSchema: { type: "object", properties: { population: { type: "integer" } } } }));
compared("streamAnswer", SPEC, (exa) => collect(exa.streamAnswer("Explain quantum entanglement in simple terms.", { text: true })));
compared("streamAnswer", OWN, (exa) => collect(exa.streamAnswer("What does Norway export?", { text: true })));

const CODE = { "result.failed.code": "exa-js drops the code of this form of a refusal" };
compared("search", "a number that is refused", (exa) => exa.search("x", { numResults: 1000 }), { why: CODE });
compared("answer", "a question that is refused", (exa) => exa.answer(""), { why: CODE });
