/**
 * Extruct's deep research. Objects are those of its API reference, with its names.
 *
 * @packageDocumentation
 */

import type { ClientOptions, JsonSchema, RequestOptions } from "./call.js";

export type { ClientOptions, JsonSchema, RequestOptions };

/** Settings of {@link Extruct}. */
export interface ExtructOptions extends ClientOptions {
  /** The token; without it, the variable `EXTRUCT_API_TOKEN` where there is an environment. */
  apiKey?: string | undefined;
  /** The address in place of Extruct's own. */
  baseURL?: string | undefined;
}

/** What a task is made of. */
export interface CreateTaskParams {
  /** What to find out; 1 to 20,000 characters. */
  brief: string;
  /** How many research agents may work. */
  depth?: "medium" | "high" | "xhigh" | undefined;
  /** The form of the report: an object, of 5 levels and 50 properties at most. */
  output_schema?: JsonSchema | undefined;
}

/** A page that a report rests on. */
export interface ReportSource {
  /** The number that markers and `basis` use. */
  id: number;
  url: string;
}

interface ReportBase {
  sources: ReportSource[];
  /** What reduced the coverage, in words. To be shown beside the report. */
  degradation_reasons: string[] | null;
}

/** A text in which `[n]` is the source with the id n. */
export interface MarkdownReport extends ReportBase {
  kind: "markdown";
  markdown: string;
}

/** A value that fits the schema. */
export interface SchemaReport<T = Record<string, unknown>> extends ReportBase {
  kind: "schema";
  fields: T;
  /** From each field to the ids of the sources behind it. */
  basis: Record<string, unknown>;
}

/** A report of either kind. */
export type DeepResearchReport<T = Record<string, unknown>> = MarkdownReport | SchemaReport<T>;

interface TaskBase {
  /** A UUID. */
  id: string;
  /** ISO 8601. */
  created_at: string;
  /** ISO 8601. */
  updated_at: string;
  brief: string;
  depth: "medium" | "high" | "xhigh";
  /** Steps of analysis so far. */
  iterations: number;
  /** Research agents that have finished; each costs a credit. */
  agents: number;
  /** Unique sources so far: a count here, a list in the report. */
  sources: number;
  owner: { id: string; email: string };
  output_schema?: JsonSchema | null;
}

/** A task; `status` says what else is there. */
export type DeepResearchTask<T = Record<string, unknown>> = TaskBase &
  (
    | { status: "created" | "in_progress"; failure_reason?: null; report?: null }
    | { status: "done"; failure_reason?: null; report: DeepResearchReport<T> }
    | { status: "failed"; failure_reason?: string | null; report?: null }
  );

/** A task that is over. */
export type FinishedTask<T = Record<string, unknown>> = Extract<DeepResearchTask<T>, { status: "done" | "failed" }>;

/** How a wait is paced. */
export interface WaitOptions {
  /** Between two questions, in milliseconds; ten seconds unless said otherwise, as the reference asks. */
  interval?: number | undefined;
  /** How long the wait lasts at most; an hour unless said otherwise. Its end leaves the task alone. */
  timeout?: number | undefined;
  /** Is told how the task stands, each time it is asked for. */
  onTask?: ((task: DeepResearchTask) => void) | undefined;
}

/** A client of Extruct. */
export declare class Extruct {
  /**
   * @throws UnauthorizedError without any token; RefusedError for a token in a page
   */
  constructor(apiKey?: string, options?: ExtructOptions);
  constructor(options: ExtructOptions);

  /** The same client with other settings. */
  withOptions(options: ExtructOptions): Extruct;

  /** Begins a task. It is sent once; see {@link ClientOptions.maxRetries}. */
  create<T = Record<string, unknown>>(params: CreateTaskParams, request?: RequestOptions): Promise<DeepResearchTask<T>>;
  /** How a task stands. */
  get<T = Record<string, unknown>>(id: string, request?: RequestOptions): Promise<DeepResearchTask<T>>;
  /** Tasks, newest first; each with its whole report. */
  list(options?: { offset?: number | undefined; limit?: number | undefined }, request?: RequestOptions): Promise<DeepResearchTask[]>;
  /** Asks until the task is done or has failed. */
  wait<T = Record<string, unknown>>(id: string, options?: WaitOptions, request?: RequestOptions): Promise<FinishedTask<T>>;
}

export default Extruct;
