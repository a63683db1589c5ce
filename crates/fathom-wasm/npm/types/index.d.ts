/**
 * One client for every deep-research API.
 *
 * ```js
 * const fathom = new Fathom({ local: { baseUrl: "http://127.0.0.1:8787" } });
 * const run = await fathom.runs.create("How long is the Rhine?");
 * for await (const event of run.events()) console.log(event.type);
 * console.log(run.report.markdown);
 * ```
 */
export * from "./errors.js";

import type { FathomError, SubmitUnknownError } from "./errors.js";

/** What any JSON text can hold. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

// ---------------------------------------------------------------------------------------------------
// Settings

/** Where a vendor is reached, and the key for it. */
export interface VendorSettings {
  /** The key. It is held where nothing shows it, and sent to the vendor only. */
  apiKey?: string;
  /** Another address than the vendor's own, such as `http://127.0.0.1:8787/local/exa`. */
  baseUrl?: string;
}

/** Where a Fathom program is. */
export interface LocalSettings {
  /** Its address; in a page that it served, the page's own origin. */
  baseUrl?: string;
  /** What opens it, where it asks for a token. */
  token?: string;
}

/** A gateway: a Fathom program, or the handler of `fathom-research/gateway`. */
export interface GatewaySettings {
  /** Its address, without `/gateway`. */
  baseUrl: string;
  /** What opens it, where it asks for a token. */
  token?: string;
}

/** Takes a line for each exchange: method, address without its query, status, time. Never a header or a body. */
export interface Logger {
  debug?(line: string): void;
  info?(line: string): void;
  warn?(line: string): void;
  error?(line: string): void;
}

/** The settings of a client. */
export interface FathomSettings {
  /** Exa. Without a key, `EXA_API_KEY` of the environment is taken where it can be read. */
  exa?: VendorSettings;
  /** Tavily. Without a key, `TAVILY_API_KEY` of the environment is taken where it can be read. */
  tavily?: VendorSettings;
  /** Extruct. Without a key, `EXTRUCT_API_TOKEN` of the environment is taken where it can be read. */
  extruct?: VendorSettings;
  /** The program with the local library. When it is set, it is the provider that is asked by default. */
  local?: LocalSettings;
  /** Asks all vendors through a gateway, which holds the keys. */
  gateway?: GatewaySettings;
  /** Stands in for the host's `fetch`. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** The longest wait for the beginning of a reply, in milliseconds; never longer than the provider's own. */
  timeout?: number;
  /**
   * How many failures in a row end a wait or a question. Unset: two tries more for a question; five
   * for a run that no provider has yet; no limit for a run that a provider has.
   */
  maxRetries?: number;
  /** Takes a line for each exchange. */
  logger?: Logger;
  /** Allows keys in a page, where everybody can read them. */
  dangerouslyAllowBrowser?: boolean;
}

// ---------------------------------------------------------------------------------------------------
// Tasks

/** How deep a run goes. */
export type Effort = "quick" | "standard" | "deep";

/** A question with everything that shapes its answer. */
export interface Task {
  /** The question, in the words of the person who asks. */
  question: string;
  /** How much work the answer is worth; `standard` unless it is said. */
  effort?: Effort;
  /** A JSON Schema; the report then also carries a `structured` value of that shape. */
  outputSchema?: { [name: string]: unknown };
  /** Sites (web) or globs over document paths (local) to search; everywhere unless it is said. */
  include?: string[];
  /** Sites or globs that are not to be searched. */
  exclude?: string[];
  /** The job of an earlier run whose question this one continues. */
  followUpOf?: string;
  /** The provider's own word for the effort, where the three are too coarse. */
  level?: string;
  /** What to know beside the question. */
  guidance?: string;
  /** Rows that the run is to complete. */
  rows?: { [name: string]: unknown }[];
  /** What is known already and is not to be found again. */
  known?: { [name: string]: unknown }[];
  /** The most that the run may use. */
  budget?: { /** US dollars. */ usd?: number; /** Seconds. */ seconds?: number };
  /** Labels that the provider keeps with the job. */
  metadata?: { [name: string]: string };
  /** Settings that only this provider has, under its own names. */
  options?: { [name: string]: unknown };
}

/** Where a run is. */
export type Status = "queued" | "running" | "completed" | "failed" | "cancelled" | "submit-unknown";

// ---------------------------------------------------------------------------------------------------
// Reports

/** The answer to a task, with everything needed to check it. */
export interface Report {
  /** The text, with `[n]` markers that refer to `sources` by id. */
  markdown: string;
  /** The value asked for with an output schema. */
  structured?: Json;
  /** The sources, ordered by id. */
  sources: Source[];
  /** Ties from places in the report to sources, in reading order. */
  citations: Citation[];
  /** What a careful reader should know. */
  warnings: Warning[];
  /** Whether the run was ended before the report was complete. */
  partial?: boolean;
  /** What it cost, where the provider says so. */
  cost?: Cost;
  /** Why the run stopped, in the provider's own word. */
  stopReason?: string;
  /**
   * Whether the first quotes answer the question, the passages shown are only the closest there are, or nothing near was
   * found; where the provider says so.
   */
  grade?: "answered" | "related" | "nothing";
  /** The calibrated probability, from 0 to 1, that the first quotes answer; where the provider says so. */
  confidence?: number;
}

/** One entry of a report's registry of sources. */
export interface Source {
  /** The number of the source in its report; above 9,999 while it has none. */
  id: number;
  title: string;
  url?: string;
  /** The stored document behind this source, when the provider keeps one. */
  document?: string;
  snippet?: string;
  /** The date the source gives for itself, as written there. */
  date?: string;
  author?: string;
}

/** The tie between one place in the report and its sources. */
export interface Citation {
  /** The marker as it stands in the markdown. */
  marker?: string;
  /** Where that marker stands, in bytes of the markdown as UTF-8. */
  span?: { start: number; end: number };
  /** The field of the structured value that the sources support; `$` for all of it. */
  field?: string;
  /** Ids of the sources. */
  sources: number[];
  /** The passages that carry the claim. */
  evidence?: Evidence[];
  confidence?: "high" | "medium" | "low";
}

/** A passage of a stored document that carries a claim. */
export interface Evidence {
  document: string;
  /** The first byte of the passage in the document's text as UTF-8. */
  start: number;
  /** One past its last byte. */
  end: number;
  quote: string;
}

/** Something that a careful reader should know. */
export interface Warning {
  kind:
    | "gap"
    | "disagreement"
    | "dropped"
    | "field-missing"
    | "partial"
    | "unreadable"
    | "unsupported"
    | "unsatisfied"
    | "degraded"
    | "ungrounded"
    | "refunded"
    | "other";
  message: string;
}

/** What a run cost. */
export interface Cost {
  amount: number;
  /** `USD`, or the provider's own unit. */
  unit: string;
  parts?: { name: string; count?: number; amount?: number }[];
  refunded?: boolean;
}

// ---------------------------------------------------------------------------------------------------
// Events

/** What the provider tells has a number and a time. */
interface Told {
  /** Counts up within the run. */
  id: number;
  /** Milliseconds since the run was created, where that is known. */
  atMs: number;
}

/** What the provider tells of its work. Counts are what really was done. */
export type ToldEvent = Told &
  (
    | { type: "run-submitted"; job: string }
    | { type: "run-started" }
    | { type: "index-awaited"; indexed: number; total: number }
    | { type: "plan-made"; facets: { title: string; origin: "question" | "library" }[]; queries: number }
    | { type: "search-started"; query: string }
    | { type: "search-ended"; query: string; passages: number; new: number }
    | { type: "source-found"; source: Source }
    | { type: "read-ended"; documents: number; sentences: number }
    | { type: "select-ended"; kept: number; merged: number }
    | { type: "outline-made"; sections: string[] }
    | { type: "step-started"; title: string }
    | { type: "step-ended"; title: string }
    | { type: "progress-made"; counts: { what: string; count: number }[] }
    | { type: "text-delta"; text: string }
    | { type: "check-ended"; checked: number; dropped: number }
    | { type: "note-made"; text: string }
    | { type: "warning-raised"; warning: Warning }
    | { type: "run-ended"; status: "completed" | "failed" | "cancelled" }
    | { type: "unknown" }
  );

/** What is known of the run from outside its own events. */
export type HeardEvent =
  /** Where the run is; told at each look. */
  | { type: "status-changed"; status: "queued" | "running" }
  /** The provider's own word for where the run is. */
  | { type: "word-changed"; word: string }
  | { type: "cost-changed"; cost: Cost }
  /** Something did not work and will be tried again. */
  | { type: "trouble-met"; error: FathomError; waitMs: number };

/** Something that happened in a run. */
export type RunEvent = ToldEvent | HeardEvent;

// ---------------------------------------------------------------------------------------------------
// Runs

/**
 * What takes a run up again in another process, on another day. Store it as JSON, whole; beyond what
 * is named here its form is not promised. It holds no key.
 */
export interface Checkpoint {
  readonly provider: string;
  readonly stage: "intended" | "submitted" | "submit-unknown";
  /** The provider's own handle, once it is known. */
  readonly job?: string;
  readonly [name: string]: unknown;
}

/** How a run ended. */
export type Outcome =
  | { type: "completed"; report: Report }
  | { type: "cancelled"; report?: Report }
  | { type: "failed"; error: FathomError }
  | { type: "submit-unknown"; error: SubmitUnknownError; checkpoint: Checkpoint };

/** How long to wait. */
export interface Until {
  /** Ends the waiting, which then rejects with the signal's reason. The run goes on at the provider. */
  signal?: AbortSignal;
  /** Ends the waiting after this many milliseconds with a `PausedError`. The run goes on at the provider. */
  timeout?: number;
}

export interface CreateOptions extends Until {
  /** The provider's id, see `providers()`; `local` unless it is said, where `local` is set up. */
  provider?: string;
  /** A token that no other run has; the same token again is the same run, where the provider keeps tokens. */
  token?: string;
  /**
   * Stores a checkpoint; what was stored before is outdated. It is waited for, so that the first is
   * safe before the task leaves. What it throws ends the waiting.
   */
  onCheckpoint?: (checkpoint: Checkpoint) => unknown;
  /** As the client's setting, for this run. */
  maxRetries?: number;
}

export type AdoptOptions = Omit<CreateOptions, "token">;
export type ResumeOptions = Pick<CreateOptions, "onCheckpoint" | "maxRetries">;

export interface AskOptions extends Until {
  /** The provider's id; `local` unless it is said, where `local` is set up. */
  provider?: string;
  /** As the client's setting, for this question. */
  maxRetries?: number;
}

/** A run, as its user holds it. It is followed only while somebody waits for it. */
export interface Run {
  /** The provider that was asked. */
  readonly provider: string;
  /** The provider's own handle, once it is known. */
  readonly job: string | undefined;
  /** The report, once the run has ended with one; also what a cancelled run had found. */
  readonly report: Report | undefined;
  /** How the run ended. */
  readonly outcome: Outcome | undefined;
  /** What it has cost so far, where the provider says so. */
  readonly cost: Cost | undefined;
  /** What takes the run up again; nothing before the first one was made. */
  checkpoint(): Checkpoint | undefined;
  /**
   * Waits for the report. A run that ended without one rejects with its error; a waiting that ends
   * before the run rejects with the signal's reason or a `PausedError`, and the run goes on.
   */
  wait(options?: Until & { onEvent?: (event: RunEvent) => unknown }): Promise<Report>;
  /** Waits for the end and says which it was; rejects only when the waiting itself ends. */
  settle(options?: Until & { onEvent?: (event: RunEvent) => unknown }): Promise<Outcome>;
  /**
   * All events from the first that this handle has heard, and then as they come. Any number of
   * readers get all of them; leaving the loop does not end the run.
   */
  events(options?: Until): AsyncGenerator<RunEvent, void, undefined>;
  /** Ends the run at the provider and waits for that; it may have ended otherwise before. */
  cancel(options?: Until): Promise<Outcome>;
  /** Asks how the run stands. */
  status(options?: Until): Promise<Status>;
}

/** A job as a provider lists it. */
export interface ListedJob {
  provider: string;
  /** The provider's own handle, for `adopt`. */
  job: string;
  /** Our token, where the provider keeps it. */
  token?: string;
  question?: string;
  /** Milliseconds since 1970. */
  createdMs?: number;
}

export interface Runs {
  /** Submits a task, once. Resolves when the provider has it, or at once where its answer is the report. */
  create(task: string | Task, options?: CreateOptions): Promise<Run>;
  /** Takes a run up where its checkpoint, or its JSON text, left off. Nothing is sent before somebody waits. */
  resume(checkpoint: Checkpoint | string, options?: ResumeOptions): Promise<Run>;
  /** Follows a job that was begun elsewhere, by the provider's own handle. */
  adopt(job: string, options?: AdoptOptions): Promise<Run>;
  /** The jobs that a provider knows, newest first, page by page as they are read. */
  list(options?: AskOptions): AsyncGenerator<ListedJob, void, undefined>;
  /** Tells a job to finish early and keep what it has, where the provider can do that. */
  stop(job: string, options?: AskOptions): Promise<void>;
  /** Removes a job and its results at the provider, where it can do that. */
  delete(job: string, options?: AskOptions): Promise<void>;
}

// ---------------------------------------------------------------------------------------------------
// Providers

/** What is known about a provider before anything is sent. */
export interface ProviderInfo {
  id: string;
  /** Who is behind it: the name of its settings. */
  vendor: string;
  name: string;
  summary: string;
  /** The address used when none is set. */
  base: string;
  /** Whether a key is needed. */
  key: "not-needed" | "present" | "missing";
  capabilities: Capabilities;
  limits: Limits;
  /** The efforts it offers, shallow to deep. */
  efforts: EffortInfo[];
  /** The names that `task.options` may hold. */
  options: string[];
  /** How it is asked, in milliseconds. */
  pace: { pollMs: number; pollMaxMs: number; silenceMs: number; replyMs: number };
}

/** What a provider can do. */
export interface Capabilities {
  stream: boolean;
  resume: boolean;
  cancel: boolean;
  list: boolean;
  idempotentCreate: boolean;
  outputSchema: boolean;
  include: boolean;
  followUp: boolean;
  documents: boolean;
  guidance: boolean;
  exclude: boolean;
  rows: boolean;
  budgetUsd: boolean;
  budgetSeconds: boolean;
  metadata: boolean;
  /** The answer to the submission is the report. */
  immediate: boolean;
  streamCloses: boolean;
  streamRestarts: boolean;
  stop: boolean;
  delete: boolean;
}

/** What a provider accepts; absent means no documented limit. */
export interface Limits {
  questionChars?: number;
  schemaDepth?: number;
  schemaRoots?: number;
  schemaProperties?: number;
  include?: number;
  exclude?: number;
  activeRuns?: number;
}

/** What one effort means at a provider. */
export interface EffortInfo {
  effort: Effort;
  /** The provider's word for it. */
  name: string;
  typicalSeconds?: number;
  slowSeconds?: number;
  price?: { from: number; to: number; unit: string };
}

// ---------------------------------------------------------------------------------------------------
// The client

/** A client. It holds keys where neither JSON nor an inspector shows them. */
export class Fathom {
  /** @throws {@link FathomError} for settings that cannot be used, and for a key in a page. */
  constructor(settings?: FathomSettings);
  /** Runs: `create`, `resume`, `adopt`, `list`. */
  readonly runs: Runs;
  /** What can be asked, and what each provider can do. */
  providers(): Promise<ProviderInfo[]>;
  /** What a provider would refuse of a task, as an error, or ignore, as warnings. Nothing is sent. */
  check(task: string | Task, options?: { provider?: string }): Promise<Warning[]>;
  /** A client with some settings changed. */
  withOptions(changed: Partial<FathomSettings>): Fathom;
  /** Ends all waiting; runs go on at their providers. Resolves when no submission is under way any more. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export default Fathom;

/**
 * Loads the WebAssembly module. Nobody has to call this, except with `fathom-research/slim`: it is
 * for loading early, and for hosts without a loader.
 *
 * @param input a `WebAssembly.Module`, a `Response`, bytes, or a URL; also a promise of one.
 */
export function init(input?: unknown): Promise<void>;
