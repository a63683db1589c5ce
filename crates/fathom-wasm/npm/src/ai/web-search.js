/** A quick look at the web. */
import { InvalidTaskError } from "../errors.js";
import { textSchema } from "./schema.js";

const SCHEMA = {
  type: "object",
  properties: {
    query: { type: "string", minLength: 1, maxLength: 100, description: "The search query" },
  },
  required: ["query"],
  additionalProperties: false,
};

/** A tool that searches with a client of one of the vendors. */
export function webSearch(options) {
  const { description = "Search the web for up-to-date information", maxCharacters = 1000 } = options ?? {};
  const search = searcher(options);
  return {
    description,
    inputSchema: textSchema(SCHEMA),
    async execute({ query }, { abortSignal } = {}) {
      const found = await search(query, abortSignal);
      return found.map((result) => ({ ...result, content: result.content.slice(0, maxCharacters) }));
    },
  };
}

function searcher({ exa, tavily, numResults = 3, search: more } = {}) {
  if (typeof exa?.searchAndContents === "function") {
    return async (query, signal) => {
      const asked = { livecrawl: "always", numResults, text: true, ...more };
      const { results } = await exa.searchAndContents(query, asked, { signal });
      return results.map(({ title, url, text, publishedDate }) => ({ title, url, content: text ?? "", publishedDate }));
    };
  }
  if (typeof tavily?.search === "function") {
    return async (query, signal) => {
      const { results } = await tavily.search(query, { maxResults: numResults, ...more }, { signal });
      return results.map(({ title, url, content, publishedDate }) => ({ title, url, content: content ?? "", publishedDate }));
    };
  }
  const message = "Pass a client to search with: webSearch({ exa: new Exa(key) }) or webSearch({ tavily: tavily({ apiKey }) }).";
  throw new InvalidTaskError(message, { field: "exa" });
}
