/**
 * The methods of exa-js, over the core: the same names, parameters, results and defaults. What differs:
 * each method takes {@link RequestOptions} as its last argument, failures that can pass are tried
 * again, errors have a class per kind, and streams are read as the standard says.
 *
 * @packageDocumentation
 */

import type { ClientOptions, JsonSchema, RequestOptions, SchemaOf } from "./call.js";
import type { CancelledError, FailedError } from "./errors.js";

export type { ClientOptions, JsonSchema, RequestOptions, SchemaOf };
/** What every failure of a call is; it has `status`, `code` and `requestId` where Exa said them. */
export { FathomError as ExaError } from "./errors.js";

/** Settings of {@link Exa}. */
export interface ExaOptions extends ClientOptions {
  /** The key; without it, the variable `EXA_API_KEY` where there is an environment. */
  apiKey?: string | undefined;
  /** The address in place of Exa's own. */
  baseURL?: string | undefined;
}

/** Previews that are asked for, by name. */
export interface BetaOptions {
  betas?: string[] | undefined;
}

// ---------------------------------------------------------------- search and contents

/** What is asked of the text of a page. */
export interface TextContentsOptions {
  /** The most characters. */
  maxCharacters?: number;
  /** Keeps HTML tags, which tell a model how the page is built. */
  includeHtmlTags?: boolean;
  verbosity?: "compact" | "standard" | "full";
  includeSections?: SectionTag[];
  excludeSections?: SectionTag[];
}

/** Parts of a page. */
export type SectionTag =
  | "unspecified" | "header" | "navigation" | "banner" | "body" | "sidebar" | "footer" | "metadata";

/** What is asked of the passages of a page. */
export interface HighlightsContentsOptions {
  /** What the passages should be about, where that is not the query. */
  query?: string;
  /** The most characters. */
  maxCharacters?: number;
  /** A preview: passages of a length that fits the page. */
  dynamic?: boolean;
  /** Sentences in each passage. */
  numSentences?: number;
  /** Passages of each page. */
  highlightsPerUrl?: number;
}

/** What is asked of the summary of a page. */
export interface SummaryContentsOptions {
  /** What the summary should be about. */
  query?: string;
  /** The form of the summary, which then is JSON in a string. */
  schema?: JsonSchema | SchemaOf;
}

/** When a page is fetched anew. */
export type LivecrawlOptions = "never" | "fallback" | "always" | "auto" | "preferred";

/** What is asked of each page. */
export interface ContentsOptions {
  /** The text of the page; asked for where no kind of contents is named. */
  text?: TextContentsOptions | boolean | undefined;
  /** The passages that fit best. */
  highlights?: HighlightsContentsOptions | boolean | undefined;
  /** A summary. */
  summary?: SummaryContentsOptions | boolean | undefined;
  /** Links and pictures of the page, as many as are named. */
  extras?: { links?: number; imageLinks?: number } | undefined;
  /** When the page is fetched anew. */
  livecrawl?: LivecrawlOptions | undefined;
  /** How long that may take, in milliseconds. */
  livecrawlTimeout?: number | undefined;
  /** The oldest stored version that will do, in hours; 0 fetches anew, -1 never does. */
  maxAgeHours?: number | undefined;
  /** The newest stored version at or before this moment, in ISO 8601. */
  snapshotAsOf?: string | undefined;
  /** Leaves out pages without contents. */
  filterEmptyResults?: boolean | undefined;
  /** How many pages below the page are read as well. */
  subpages?: number | undefined;
  /** What those pages should be about. */
  subpageTarget?: string | string[] | undefined;
  /** @deprecated One text out of all results; ask for `text` or `highlights`. */
  context?: { maxCharacters?: number } | boolean | undefined;
}

/** Filters that searches and similar pages have in common. */
export interface BaseSearchOptions {
  /** How many results; 10 unless said otherwise. */
  numResults?: number | undefined;
  /** Only pages of these sites. */
  includeDomains?: string[] | undefined;
  /** No pages of these sites. */
  excludeDomains?: string[] | undefined;
  /** Found by Exa after this date. */
  startCrawlDate?: string | undefined;
  /** Found by Exa before this date. */
  endCrawlDate?: string | undefined;
  /** Published after this date. */
  startPublishedDate?: string | undefined;
  /** Published before this date. */
  endPublishedDate?: string | undefined;
  /** A kind of page to prefer. */
  category?: Category | undefined;
  /** Text that must stand in the page. */
  includeText?: string[] | undefined;
  /** Text that must not stand in the page. */
  excludeText?: string[] | undefined;
  flags?: string[] | undefined;
  /** Where the user is, as a country's two letters. */
  userLocation?: string | undefined;
}

/** Kinds of pages; Exa adds and drops some. */
export type Category =
  | "company" | "publication" | "research paper" | "news" | "linkedin profile" | "github" | "tweet" | "movie"
  | "song" | "personal site" | "pdf" | "financial report" | "people" | (string & {});

/** Filters and settings of a search. */
export interface SearchOptions extends BaseSearchOptions {
  /** How the search works; `deep` and what begins so also write {@link SearchResponse.output}. */
  type?: "keyword" | "neural" | "auto" | "hybrid" | "fast" | "instant" | "deep-lite" | "deep" | "deep-reasoning" | undefined;
  /** Other wordings of the query, for deep searches; five at most. */
  additionalQueries?: string[] | undefined;
  /** Leaves out what is not safe. */
  moderation?: boolean | undefined;
  /** @deprecated Has no effect any more. */
  useAutoprompt?: boolean | undefined;
  /** What the search and its output should heed. */
  systemPrompt?: string | undefined;
  /** The form of the output: at most two levels and ten properties. */
  outputSchema?: { type: "text"; description?: string } | { type: "object"; properties?: JsonSchema; required?: string[] } | undefined;
}

/** Filters of {@link Exa.findSimilar}. */
export interface FindSimilarOptions extends BaseSearchOptions {
  /** No pages of the site of the page itself. */
  excludeSourceDomain?: boolean | undefined;
}

/** Asks for no contents at all. */
export interface WithoutContents {
  contents: false | null | undefined;
}

/** Asks for these contents. */
export interface WithContents<T extends ContentsOptions> {
  contents: T;
}

/** Leaves the contents open. */
export interface OpenContents {
  contents?: never;
}

/** The text of a page. */
export interface TextResponse {
  text: string;
}

/** The passages of a page that fit best, and how well they do. */
export interface HighlightsResponse {
  highlights: string[];
  highlightScores: number[];
}

/** The summary of a page. */
export interface SummaryResponse {
  summary: string;
}

/** Links and pictures of a page. */
export interface ExtrasResponse {
  extras: { links?: string[]; imageLinks?: string[] };
}

/** The pages below a page. */
export interface SubpagesResponse<T extends ContentsOptions> {
  subpages: SearchResult<T>[];
}

/** Whether something is asked for: `true`, `false`, or not to be known from the type. */
type Asked<T, Name extends string> = Name extends keyof T
  ? [T[Name]] extends [object | true | number]
    ? true
    : [T[Name]] extends [false | null | undefined]
      ? false
      : boolean
  : false;

type Part<Wanted, Shape> = [Wanted] extends [true] ? Shape : [Wanted] extends [false] ? unknown : Partial<Shape>;

/** Without any kind of contents, the text is meant. */
type TextAsked<T> = "text" extends keyof T
  ? Asked<T, "text">
  : [keyof T & ("highlights" | "summary" | "extras")] extends [never]
    ? true
    : false;

/** What a result holds beside its address, by what was asked. */
export type ContentsResult<T extends ContentsOptions> = Part<TextAsked<T>, TextResponse> &
  Part<Asked<T, "highlights">, HighlightsResponse> &
  Part<Asked<T, "summary">, SummaryResponse> &
  Part<Asked<T, "extras">, ExtrasResponse> &
  Part<Asked<T, "subpages">, SubpagesResponse<T>>;

/** A page that was found. */
export interface Result {
  /** Names the page to {@link Exa.getContents}. */
  id: string;
  /** Its address. */
  url: string;
  title: string | null;
  /** When it was written, as far as Exa can tell. */
  publishedDate?: string;
  author?: string | null;
  /** How well it fits. */
  score?: number;
  image?: string;
  favicon?: string;
  snapshotAt?: string;
  entities?: Record<string, unknown>[];
}

/** A page that was found, with what was asked of it. */
export type SearchResult<T extends ContentsOptions> = Result & ContentsResult<T>;

/** What became of each page that was asked for. */
export interface Status {
  id: string;
  status: "success" | "error" | (string & {});
  source?: string;
  /** Why there is nothing of it. */
  error?: { tag: string; httpStatusCode?: number | null };
}

/** What a request has cost. */
export interface CostDollars {
  total: number;
  search?: Record<string, number>;
  contents?: Record<string, number>;
}

/** Which pages stand behind a part of an output. */
export interface OutputGrounding {
  field: string;
  citations: { url: string; title: string }[];
  confidence: "low" | "medium" | "high";
}

/** The answer to a search, or to {@link Exa.getContents}. */
export interface SearchResponse<T extends ContentsOptions> {
  results: SearchResult<T>[];
  requestId: string;
  /** What a deep search has written. */
  output?: { content: string | Record<string, unknown>; grounding: OutputGrounding[] };
  /** What became of each page, for {@link Exa.getContents}. */
  statuses?: Status[];
  costDollars?: CostDollars;
  resolvedSearchType?: string;
  searchTime?: number;
  autopromptString?: string;
  autoDate?: string;
  /** @deprecated One text out of all results. */
  context?: string;
  /** What was taken and ignored. */
  warnings?: { code: string; path?: string; message: string }[];
}

/** The text that is asked for where nothing is said about contents. */
export type DefaultContents = { text: { maxCharacters: 10_000 } };

// ---------------------------------------------------------------- answers

/** Settings of an answer. */
export interface AnswerOptions {
  /** Whether each citation brings the text of its page. */
  text?: boolean | undefined;
  model?: "exa" | "exa-pro" | undefined;
  systemPrompt?: string | undefined;
  /** Where the user is, as a country's two letters. */
  userLocation?: string | undefined;
}

/** A page that an answer rests on. */
export interface AnswerCitation extends Result {
  /** Where it was asked for. */
  text?: string;
}

/** An answer with the pages that it rests on. */
export interface AnswerResponse<T = string> {
  answer: T;
  citations: AnswerCitation[];
  requestId?: string;
  costDollars?: CostDollars;
}

/** A piece of an answer as it is written. */
export interface AnswerStreamChunk {
  /** Text to put after what came before. */
  content?: string | undefined;
  /** The pages that it rests on. */
  citations?: AnswerStreamCitation[] | undefined;
}

/** A page that an answer rests on, in a stream. */
export interface AnswerStreamCitation {
  id: string;
  url: string;
  title?: string | undefined;
  publishedDate?: string | undefined;
  author?: string | undefined;
  text?: string | undefined;
}

/** A piece of the output of a search as it is written. */
export type SearchStreamChunk = AnswerStreamChunk;

// ---------------------------------------------------------------- research

/** The models by the names of the older clients. */
export declare const ResearchModel: {
  readonly exa_research: "exa-research";
  readonly exa_research_pro: "exa-research-pro";
  readonly exa_research_fast: "exa-research-fast";
};
/** A model of version 1. */
export type ResearchModel = "exa-research-fast" | "exa-research" | "exa-research-pro";

/** A page of a list. */
export interface ListOptions {
  /** Where the page begins: `nextCursor` of the one before. */
  cursor?: string | null | undefined;
  /** How many entries. */
  limit?: number | undefined;
}

/** How a wait for the end of something is paced. */
export interface WaitOptions {
  /** Between two questions, in milliseconds; a second unless said otherwise. */
  pollInterval?: number | undefined;
  /** How long the wait lasts at most. Its end ends nothing else: what is waited for goes on. */
  timeoutMs?: number | undefined;
}

/** A page that a part of a task's result rests on. */
export interface TaskCitation {
  id: string;
  url: string;
  title?: string;
  snippet: string;
}

/** A task of version 0. */
export interface ResearchTask<T = Record<string, unknown>> {
  id: string;
  status: "running" | "completed" | "failed";
  instructions: string;
  /** The schema in use, whether given or made up. */
  schema?: JsonSchema;
  /** The result, once completed. */
  data?: T;
  /** What each field at the root of the result rests on. */
  citations?: Record<string, TaskCitation[]>;
}

/** What a task of version 0 is made of. */
export interface CreateTaskParams {
  /** What to find out; 4,096 characters at most. */
  instructions: string;
  model?: "exa-research" | "exa-research-pro" | undefined;
  /** The form of the result; made up from the instructions where none is given. */
  output?: { schema?: JsonSchema | SchemaOf | undefined; inferSchema?: boolean | undefined } | undefined;
}

/** An event of a task of version 0. */
export type ResearchTaskEvent = { eventType?: string } & Record<string, unknown>;

interface ResearchBase {
  researchId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  model?: ResearchModel;
  instructions: string;
  outputSchema?: JsonSchema;
  /** What happened, where it was asked for. */
  events?: ResearchEvent[];
}

/** A research of version 1; `status` says what else is there. */
export type Research<T = Record<string, unknown>> = ResearchBase &
  (
    | { status: "pending" | "running" }
    | {
        status: "completed";
        finishedAt: number;
        /** Markdown; with a schema, JSON, which `parsed` holds as a value when it fits. */
        output: { content: string; parsed?: T };
        costDollars: { total: number; numSearches: number; numPages: number; reasoningTokens: number };
      }
    | { status: "canceled"; finishedAt: number }
    | { status: "failed"; finishedAt: number; error: string }
  );

/** What a research does at a time. */
export type ResearchOperation =
  | { type: "think"; content: string }
  | { type: "search"; searchType: "neural" | "keyword" | "auto" | "fast"; query: string; results: { url: string }[]; pageTokens: number; goal?: string }
  | { type: "crawl"; result: { url: string }; pageTokens: number; goal?: string };

interface ResearchEventBase {
  researchId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
}

/** Something that happened in a research of version 1. */
export type ResearchEvent = ResearchEventBase &
  (
    | { eventType: "research-definition"; instructions: string; outputSchema?: JsonSchema }
    | { eventType: "plan-definition"; planId: string }
    | { eventType: "plan-operation"; planId: string; operationId: string; data: ResearchOperation }
    | {
        eventType: "plan-output";
        planId: string;
        output: { outputType: "tasks"; reasoning: string; tasksInstructions: string[] } | { outputType: "stop"; reasoning: string };
      }
    | { eventType: "task-definition"; planId: string; taskId: string; instructions: string }
    | { eventType: "task-operation"; planId: string; taskId: string; operationId: string; data: ResearchOperation }
    | { eventType: "task-output"; planId: string; taskId: string; output: { outputType: "completed"; content: string } }
    | {
        eventType: "research-output";
        output:
          | {
              outputType: "completed";
              content: string;
              parsed?: Record<string, unknown>;
              costDollars: { total: number; numSearches: number; numPages: number; reasoningTokens: number };
            }
          | { outputType: "failed"; error: string };
      }
  );

/** What a research of version 1 is made of. */
export interface CreateResearchParams {
  /** What to find out; 4,096 characters at most. */
  instructions: string;
  /** `exa-research-fast` unless said otherwise. */
  model?: ResearchModel | undefined;
  /** The form of the result; 8 fields at the root and 5 levels at most. */
  outputSchema?: JsonSchema | SchemaOf | undefined;
}

/** A page of a list. */
export interface Page<T> {
  data: T[];
  hasMore: boolean;
  /** Where the next page begins; null or missing where there is none. */
  nextCursor?: string | null;
}

/** Researches: version 1, and the tasks of version 0. */
export interface ResearchClient {
  /** Begins a research. It is sent once; see {@link ClientOptions.maxRetries}. */
  create(params: CreateResearchParams, request?: RequestOptions): Promise<Research>;
  /** How a research stands, or with `stream` its events from the first to the last. */
  get<T = Record<string, unknown>>(
    researchId: string,
    options?: { stream?: false | undefined; events?: boolean | undefined; outputSchema?: JsonSchema | SchemaOf<T> | undefined },
    request?: RequestOptions,
  ): Promise<Research<T>>;
  get(
    researchId: string,
    options: { stream: true; events?: boolean | undefined },
    request?: RequestOptions,
  ): Promise<AsyncGenerator<ResearchEvent, void, void>>;
  /** Researches, newest first. */
  list(options?: ListOptions, request?: RequestOptions): Promise<Page<Research>>;
  /** Asks until the research is over, ten minutes at most; failures that can pass are borne. */
  pollUntilFinished<T = Record<string, unknown>>(
    researchId: string,
    options?: WaitOptions & { events?: boolean | undefined; outputSchema?: JsonSchema | SchemaOf<T> | undefined },
    request?: RequestOptions,
  ): Promise<Research<T> & { status: "completed" | "failed" | "canceled" }>;

  /** Begins a task of version 0. */
  createTask(params: CreateTaskParams, request?: RequestOptions): Promise<{ id: string }>;
  /** How a task stands, or with `stream` its events. */
  getTask<T = Record<string, unknown>>(
    id: string,
    options?: { stream?: false | undefined },
    request?: RequestOptions,
  ): Promise<ResearchTask<T>>;
  getTask(id: string, options: { stream: true }, request?: RequestOptions): Promise<AsyncGenerator<ResearchTaskEvent, void, void>>;
  /** Asks every second until the task is over, ten minutes at most. */
  pollTask<T = Record<string, unknown>>(id: string, options?: WaitOptions, request?: RequestOptions): Promise<ResearchTask<T>>;
  /** Tasks, newest first; 25 on a page unless said otherwise. */
  listTasks(options?: ListOptions, request?: RequestOptions): Promise<Page<ResearchTask>>;
}

// ---------------------------------------------------------------- agent runs

export type AgentRunStatus = "queued" | "running" | "completed" | "failed" | "cancelled";
export type AgentStopReason =
  | "schema_satisfied" | "budget_reached" | "time_limit_reached" | "token_limit_reached" | "iteration_limit_reached"
  | "stopped" | "error" | "cancelled";
export type AgentEffort = "minimal" | "low" | "medium" | "high" | "xhigh" | "auto" | "ultra" | "max";

/** What an agent run is made of. */
export interface CreateAgentRunParams extends BetaOptions {
  /** What to find out. */
  query: string;
  /** Which sources to prefer, and how to go about it. */
  systemPrompt?: string | undefined;
  /** Rows to complete, and things not to return. */
  input?: { data?: Record<string, unknown>[]; exclusion?: Record<string, unknown>[] } & Record<string, unknown>;
  /** The form of `output.structured`. */
  outputSchema?: JsonSchema | SchemaOf | undefined;
  effort?: AgentEffort | undefined;
  /** Limits, for the efforts that are charged by what they use. */
  budget?: { maxCostDollars?: number; maxDurationSeconds?: number } | undefined;
  /** A completed run to continue. */
  previousRunId?: string | undefined;
  /** Labels that come back with the run. */
  metadata?: Record<string, unknown> | undefined;
  dataSources?: { provider: string }[] | undefined;
  userIdentifier?: string | undefined;
}

/** Which pages stand behind a part of a run's output. */
export interface AgentGrounding {
  /** The place in the output, such as `structured.companies[0].name`, or `text`. */
  field: string;
  citations: { url: string; title?: string | null }[];
  confidence?: "low" | "medium" | "high" | null;
  score?: number | null;
}

/** An agent run. */
export interface AgentRun<T = unknown> {
  id: string;
  object?: string;
  status: AgentRunStatus;
  /** Why it stopped; null while it has not. Also a completed run may have stopped early. */
  stopReason?: AgentStopReason | null;
  /** ISO 8601. */
  createdAt?: string;
  completedAt?: string | null;
  /** What was asked, as Exa keeps it. */
  request?: Record<string, unknown> | null;
  output?: { text?: string | null; structured?: T | null; grounding?: AgentGrounding[] | null } | null;
  usage?: { agentComputeUnits?: number; searches?: number; emails?: number; phoneNumbers?: number; dataSources?: Record<string, number> };
  costDollars?: { total?: number; agentCompute?: number; search?: number; emails?: number; phoneNumbers?: number; dataSources?: Record<string, number> };
  error?: { type?: string; code?: string; message?: string; path?: string; keyword?: string; expected?: unknown; actual?: unknown };
}

/** Something that happened in an agent run. Other names may come; the last one is an end, whose data is the run. */
export type AgentEvent = { id?: string; createdAt?: string } & (
  | { event: "agent_run.completed" | "agent_run.failed" | "agent_run.cancelled"; data: AgentRun }
  | { event: "agent_run.created" | "agent_run.started"; data: { id: string; status: AgentRunStatus } & Record<string, unknown> }
  | { event: (string & {}); data: Record<string, unknown> }
);

/** A page of a list of runs or events. */
export interface AgentPage<T> {
  object?: string;
  data: T[];
  hasMore: boolean;
  nextCursor: string | null;
}

/** Agent runs. */
export interface AgentRunsClient {
  /** Begins a run and streams its events to the end. Leaving the loop leaves the run alone. */
  create(params: CreateAgentRunParams & { stream: true }, request?: RequestOptions): Promise<AsyncGenerator<AgentEvent, void, void>>;
  /** Begins a run. It is sent once; see {@link ClientOptions.maxRetries}. */
  create<T = unknown>(
    params: Omit<CreateAgentRunParams, "outputSchema"> & { outputSchema?: JsonSchema | SchemaOf<T> | undefined; stream?: false | undefined },
    request?: RequestOptions,
  ): Promise<AgentRun<T>>;
  /** How a run stands. */
  get<T = unknown>(runId: string, request?: RequestOptions & BetaOptions): Promise<AgentRun<T>>;
  /** Runs, newest first. */
  list(options?: ListOptions & BetaOptions, request?: RequestOptions): Promise<AgentPage<AgentRun>>;
  /** All runs, page by page. */
  listAll(options?: ListOptions & BetaOptions, request?: RequestOptions): AsyncGenerator<AgentRun, void, void>;
  /** All runs at once. */
  getAll(options?: ListOptions & BetaOptions, request?: RequestOptions): Promise<AgentRun[]>;
  /** Ends a run. */
  cancel(runId: string, request?: RequestOptions & BetaOptions): Promise<AgentRun>;
  /** Ends a run of the effort `ultra` or `max` early and keeps what it has. */
  stop(runId: string, request?: RequestOptions & BetaOptions): Promise<AgentRun>;
  /** Removes a run that is over, and its results. */
  delete(runId: string, request?: RequestOptions & BetaOptions): Promise<{ id: string; object?: string; deleted: boolean }>;
  /** Asks until the run is over, an hour at most; failures that can pass are borne. */
  pollUntilFinished<T = unknown>(
    runId: string,
    options?: WaitOptions & BetaOptions,
    request?: RequestOptions,
  ): Promise<AgentRun<T> & { status: "completed" | "failed" | "cancelled" }>;
  /** Begins a run and waits for it, two minutes at most; an end without success is an error. */
  createAndWait<T = unknown>(
    params: Omit<CreateAgentRunParams, "outputSchema"> & { outputSchema?: JsonSchema | SchemaOf<T> | undefined },
    options?: WaitOptions,
    request?: RequestOptions,
  ): Promise<AgentRun<T> & { status: "completed" }>;
  /** What happened in a run. */
  events: {
    /** A page of what is stored. */
    list(runId: string, options?: ListOptions & BetaOptions, request?: RequestOptions): Promise<AgentPage<AgentEvent>>;
    /** What is stored after `lastEventId`, as a stream that then ends; it does not follow a run that goes on. */
    stream(
      runId: string,
      options?: { lastEventId?: string | undefined } & BetaOptions,
      request?: RequestOptions,
    ): Promise<AsyncGenerator<AgentEvent, void, void>>;
  };
}

/** A run that was waited for has failed. */
export declare class AgentRunFailedError extends FailedError {
  constructor(run: AgentRun);
  readonly run: AgentRun;
}

/** A run that was waited for has been cancelled. */
export declare class AgentRunCancelledError extends CancelledError {
  constructor(run: AgentRun);
  readonly run: AgentRun;
}

// ---------------------------------------------------------------- the client

/** A client of Exa. */
export declare class Exa {
  /**
   * @param apiKey the key; without it, the variable `EXA_API_KEY` where there is an environment
   * @param baseURL the address in place of Exa's own
   * @throws UnauthorizedError without any key; RefusedError for a key in a page
   */
  constructor(apiKey?: string, baseURL?: string | ExaOptions, options?: ExaOptions);
  constructor(options: ExaOptions);

  /** The same client with other settings. */
  withOptions(options: ExaOptions): Exa;

  /** Searches. Each result brings its text, up to 10,000 characters. */
  search(query: string): Promise<SearchResponse<DefaultContents>>;
  /** Searches; no result brings contents. */
  search(query: string, options: SearchOptions & BetaOptions & WithoutContents, request?: RequestOptions): Promise<SearchResponse<{ text: false }>>;
  /** Searches; each result brings the contents that are asked for. */
  search<T extends ContentsOptions>(query: string, options: SearchOptions & BetaOptions & WithContents<T>, request?: RequestOptions): Promise<SearchResponse<T>>;
  /** Searches. Each result brings its text, up to 10,000 characters. */
  search(query: string, options?: SearchOptions & BetaOptions & OpenContents, request?: RequestOptions): Promise<SearchResponse<DefaultContents>>;

  /** Searches, and streams the output as it is written. */
  streamSearch(
    query: string,
    options?: SearchOptions & BetaOptions & { contents?: ContentsOptions | false | null | undefined },
    request?: RequestOptions,
  ): AsyncGenerator<SearchStreamChunk, void, void>;

  /** Searches; wishes for contents stand beside the filters, and without any the text is meant. */
  searchAndContents<T extends ContentsOptions>(query: string, options?: SearchOptions & T, request?: RequestOptions): Promise<SearchResponse<T>>;

  /** Finds pages like one. Each result brings its text, up to 10,000 characters. */
  findSimilar(url: string): Promise<SearchResponse<DefaultContents>>;
  /** Finds pages like one; no result brings contents. */
  findSimilar(url: string, options: FindSimilarOptions & WithoutContents, request?: RequestOptions): Promise<SearchResponse<{ text: false }>>;
  /** Finds pages like one; each result brings the contents that are asked for. */
  findSimilar<T extends ContentsOptions>(url: string, options: FindSimilarOptions & WithContents<T>, request?: RequestOptions): Promise<SearchResponse<T>>;
  /** Finds pages like one. Each result brings its text, up to 10,000 characters. */
  findSimilar(url: string, options?: FindSimilarOptions & OpenContents, request?: RequestOptions): Promise<SearchResponse<DefaultContents>>;

  /** Finds pages like one; wishes for contents stand beside the filters. */
  findSimilarAndContents<T extends ContentsOptions>(url: string, options?: FindSimilarOptions & T, request?: RequestOptions): Promise<SearchResponse<T>>;

  /** Reads pages, by their addresses or as results of a search. */
  getContents<T extends ContentsOptions>(
    urls: string | string[] | Pick<Result, "url">[],
    options?: T & BetaOptions,
    request?: RequestOptions,
  ): Promise<SearchResponse<T>>;

  /** Answers a question in the form of a schema. */
  answer<T = Record<string, unknown>>(
    query: string,
    options: AnswerOptions & { outputSchema: JsonSchema | SchemaOf<T> },
    request?: RequestOptions,
  ): Promise<AnswerResponse<T>>;
  /** Answers a question, with the pages that the answer rests on. */
  answer(query: string, options?: AnswerOptions & { outputSchema?: undefined }, request?: RequestOptions): Promise<AnswerResponse>;

  /** Answers a question piece by piece. */
  streamAnswer(
    query: string,
    options?: AnswerOptions & { outputSchema?: JsonSchema | SchemaOf | undefined },
    request?: RequestOptions,
  ): AsyncGenerator<AnswerStreamChunk, void, void>;

  /** Researches: version 1, and the tasks of version 0. */
  readonly research: ResearchClient;
  /** Agent runs. */
  readonly agent: { readonly runs: AgentRunsClient };
  /** The same, where previews used to be asked for. */
  readonly beta: { readonly agent: { readonly runs: AgentRunsClient } };
}

export default Exa;
