/**
 * The methods of @tavily/core, over the core. What differs: each method takes {@link RequestOptions} as
 * its last argument, a research streams parsed pieces in every runtime, `usage()` is there, and the
 * helpers that Tavily has withdrawn are not, but for `searchQNA()`.
 *
 * @packageDocumentation
 */

import type { ClientOptions, RequestOptions } from "./call.js";

export type { ClientOptions, RequestOptions };

/** Settings of {@link tavily}. */
export interface TavilyClientOptions extends ClientOptions {
  /** The key; without it, the variable `TAVILY_API_KEY`, and without that only `search` and `extract`, with Tavily's limits. */
  apiKey?: string | undefined;
  /** The address in place of Tavily's own. */
  apiBaseURL?: string | undefined;
  clientSource?: string | undefined;
  projectId?: string | undefined;
  orgId?: string | undefined;
  sessionId?: string | undefined;
  humanId?: string | undefined;
  clientName?: string | undefined;
}

/** Options that all endpoints have. Others than those named are passed on with underscores in their names. */
export interface TavilyCommonOptions {
  /** How long the endpoint may take, in seconds. {@link RequestOptions.timeout} goes before it. */
  timeout?: number | undefined;
  sessionId?: string | undefined;
  humanId?: string | undefined;
  clientName?: string | undefined;
  [name: string]: unknown;
}

/** Options of {@link TavilyClient.search}. */
export interface TavilySearchOptions extends TavilyCommonOptions {
  searchDepth?: "basic" | "advanced" | "fast" | "ultra-fast" | undefined;
  topic?: "general" | "news" | "finance" | undefined;
  /** How many days back, for news. */
  days?: number | undefined;
  /** 0 to 20; 5 unless said otherwise. */
  maxResults?: number | undefined;
  includeImages?: boolean | undefined;
  includeImageDescriptions?: boolean | undefined;
  includeAnswer?: boolean | "basic" | "advanced" | undefined;
  includeRawContent?: boolean | "markdown" | "text" | undefined;
  includeDomains?: string[] | undefined;
  excludeDomains?: string[] | undefined;
  includeDomainsMode?: "restrict" | "prefer" | undefined;
  timeRange?: "year" | "month" | "week" | "day" | "y" | "m" | "w" | "d" | undefined;
  chunksPerSource?: number | undefined;
  country?: string | undefined;
  startDate?: string | undefined;
  endDate?: string | undefined;
  maxHours?: number | undefined;
  autoParameters?: boolean | undefined;
  includeFavicon?: boolean | undefined;
  includeUsage?: boolean | undefined;
  exactMatch?: boolean | undefined;
  fetchTimeout?: number | undefined;
  cacheFallback?: boolean | undefined;
  language?: string | undefined;
  filterByLanguage?: boolean | undefined;
}

/** A picture. */
export interface TavilyImage {
  url: string;
  description?: string | undefined;
}

/** A page that was found. */
export interface TavilySearchResult {
  title: string;
  url: string;
  /** What of the page fits the query. */
  content: string;
  /** All of the page, where it was asked for. */
  rawContent?: string | null;
  score: number;
  publishedDate?: string;
  favicon?: string;
  id?: string;
  images: TavilyImage[];
}

/** What an endpoint has cost, where it was asked for. */
export interface TavilyCredits {
  credits: number;
}

/** The answer to a search. */
export interface TavilySearchResponse {
  query: string;
  answer?: string | null;
  images: TavilyImage[];
  results: TavilySearchResult[];
  /** What Tavily has chosen by itself, where it was asked to. */
  autoParameters?: Partial<TavilySearchOptions>;
  usage?: TavilyCredits;
  /** In seconds. */
  responseTime: number;
  requestId: string;
}

/** Options of {@link TavilyClient.extract}. */
export interface TavilyExtractOptions extends TavilyCommonOptions {
  includeImages?: boolean | undefined;
  extractDepth?: "basic" | "advanced" | undefined;
  format?: "markdown" | "text" | undefined;
  includeFavicon?: boolean | undefined;
  includeUsage?: boolean | undefined;
  /** What the chunks should be about. */
  query?: string | undefined;
  chunksPerSource?: number | undefined;
}

/** Pages that were read, and those that could not be. */
export interface TavilyExtractResponse {
  results: { url: string; title?: string | null; rawContent: string; images?: string[]; favicon?: string }[];
  failedResults: { url: string; error: string }[];
  usage?: TavilyCredits;
  responseTime: number;
  requestId: string;
}

/** Options of {@link TavilyClient.map}. */
export interface TavilyMapOptions extends TavilyCommonOptions {
  limit?: number | undefined;
  maxDepth?: number | undefined;
  maxBreadth?: number | undefined;
  /** Patterns of paths to keep to. */
  selectPaths?: string[] | undefined;
  selectDomains?: string[] | undefined;
  excludePaths?: string[] | undefined;
  excludeDomains?: string[] | undefined;
  allowExternal?: boolean | undefined;
  /** What the pages should be about. */
  instructions?: string | undefined;
  includeUsage?: boolean | undefined;
}

/** Options of {@link TavilyClient.crawl}. */
export interface TavilyCrawlOptions extends TavilyMapOptions {
  extractDepth?: "basic" | "advanced" | undefined;
  includeImages?: boolean | undefined;
  format?: "markdown" | "text" | undefined;
  includeFavicon?: boolean | undefined;
  chunksPerSource?: number | undefined;
}

/** Pages of a site. */
export interface TavilyCrawlResponse {
  baseUrl: string;
  results: { url: string; rawContent: string; images?: string[]; favicon?: string }[];
  usage?: TavilyCredits;
  responseTime: number;
  requestId: string;
}

/** Addresses of a site. */
export interface TavilyMapResponse {
  baseUrl: string;
  results: string[];
  usage?: TavilyCredits;
  responseTime: number;
  requestId: string;
}

/** Options of {@link TavilyClient.research}. */
export interface TavilyResearchOptions extends TavilyCommonOptions {
  model?: "mini" | "pro" | "auto" | undefined;
  /** The form of the content: each property needs a `type` and a `description`. */
  outputSchema?: Record<string, unknown> | undefined;
  citationFormat?: "numbered" | "mla" | "apa" | "chicago" | undefined;
  stream?: boolean | undefined;
}

/** A research that has been taken. */
export interface TavilyResearchResponse {
  requestId: string;
  createdAt: string;
  status: string;
  input: string;
  model: string;
  responseTime: number;
}

/** A page that a research rests on. */
export interface TavilyResearchSource {
  title: string;
  url: string;
  favicon?: string;
}

/**
 * How a research stands. Every name is there twice where it has more than one word: in camel case, as
 * Tavily's types say, and with underscores, as its client really answers.
 */
export type TavilyGetResearchResponse = {
  requestId: string;
  responseTime: number;
  request_id: string;
  response_time: number;
  usage?: { credits?: number } & Record<string, unknown>;
} & (
  | { status: "completed"; createdAt: string; created_at: string; content: string | Record<string, unknown>; sources: TavilyResearchSource[] }
  | { status: "pending" | "in_progress" }
  | { status: "failed"; error?: string }
);

/** A piece of a research as it goes on: what it does, its text, or its sources. */
export interface TavilyResearchChunk {
  id: string;
  object: string;
  model: string;
  /** Seconds since 1970. */
  created: number;
  choices: {
    delta: {
      role?: string;
      /** Text to put after what came before; with a schema, the value. */
      content?: string | Record<string, unknown>;
      /** What begins, or has ended. */
      tool_calls?:
        | { type: "tool_call"; tool_call: TavilyToolCall[] }
        | { type: "tool_response"; tool_response: (TavilyToolCall & { sources?: TavilyResearchSource[] })[] };
      sources?: TavilyResearchSource[];
    };
  }[];
}

/** Something that a research does. */
export interface TavilyToolCall {
  id: string;
  name: string;
  arguments: string;
  queries?: string[];
  parent_tool_call_id?: string;
}

/** What has been used of a key and of its account. */
export interface TavilyUsage {
  key: Record<string, number | null>;
  account: { currentPlan?: string } & Record<string, number | string | null | undefined>;
}

/** A client. Its methods need no `this`. */
export interface TavilyClient {
  /** Searches the web. */
  search(query: string, options?: TavilySearchOptions, request?: RequestOptions): Promise<TavilySearchResponse>;
  /** @deprecated Use `search()` with `includeAnswer`. */
  searchQNA(query: string, options?: TavilySearchOptions, request?: RequestOptions): Promise<string>;
  /** Reads pages. */
  extract(urls: string[], options?: TavilyExtractOptions, request?: RequestOptions): Promise<TavilyExtractResponse>;
  /** Reads a site. */
  crawl(url: string, options?: TavilyCrawlOptions, request?: RequestOptions): Promise<TavilyCrawlResponse>;
  /** Lists a site. */
  map(url: string, options?: TavilyMapOptions, request?: RequestOptions): Promise<TavilyMapResponse>;
  /** Begins a research and streams it. Leaving the loop leaves the research alone. */
  research(input: string, options: TavilyResearchOptions & { stream: true }, request?: RequestOptions): Promise<AsyncGenerator<TavilyResearchChunk, void, void>>;
  /** Begins a research. It is sent once; see {@link ClientOptions.maxRetries}. */
  research(input: string, options?: TavilyResearchOptions & { stream?: false | undefined }, request?: RequestOptions): Promise<TavilyResearchResponse>;
  /** How a research stands. */
  getResearch(requestId: string, options?: { includeUsage?: boolean | undefined }, request?: RequestOptions): Promise<TavilyGetResearchResponse>;
  /** What has been used. */
  usage(request?: RequestOptions): Promise<TavilyUsage>;
}

/** A client of Tavily. */
export declare function tavily(options?: TavilyClientOptions): TavilyClient;

/** The same, for those who write `new`. */
export declare const Tavily: new (options?: TavilyClientOptions) => TavilyClient;

export default tavily;
