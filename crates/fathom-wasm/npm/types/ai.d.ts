/**
 * Tools for the Vercel AI SDK.
 *
 * ```js
 * import { generateText, stepCountIs } from "ai";
 * import { Fathom } from "fathom-research";
 * import { deepResearch, webSearch } from "fathom-research/ai";
 * import { Exa } from "fathom-research/exa";
 *
 * const { text } = await generateText({
 *   model,
 *   prompt: "What happened in San Francisco last week?",
 *   tools: {
 *     webSearch: webSearch({ exa: new Exa(key) }),
 *     deepResearch: deepResearch({ fathom: new Fathom({ exa: { apiKey: key } }), provider: "exa-agent" }),
 *   },
 *   stopWhen: stepCountIs(3),
 * });
 * ```
 *
 * They are plain objects: nothing of the SDK is loaded here. They fit `ai` from version 5 on.
 */
import type { Checkpoint, Fathom, Report, Run, Task } from "./index.js";

/** A tool as the AI SDK takes one. */
export interface FathomTool<Input, Output> {
  description: string;
  inputSchema: InputSchema<Input>;
  execute(input: Input, options: ToolOptions): Output;
}

/** What a tool is called with, as far as these look at it. */
export interface ToolOptions {
  toolCallId: string;
  abortSignal?: AbortSignal;
}

/** A schema in the form that validators have agreed on. */
export interface InputSchema<Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => { readonly value: Input } | { readonly issues: readonly { readonly message: string }[] };
    readonly types?: { readonly input: Input; readonly output: Input };
    readonly jsonSchema: {
      readonly input: (options: { readonly target: string }) => Record<string, unknown>;
      readonly output: (options: { readonly target: string }) => Record<string, unknown>;
    };
  };
}

/** A client that can search, such as {@link import("./exa.js").Exa}. */
export interface ExaSearcher {
  searchAndContents(query: string, options?: any, request?: any): Promise<{
    results: readonly { title?: string | null; url: string; text?: string; publishedDate?: string }[];
  }>;
}

/** A client that can search, such as that of `fathom-research/tavily`. */
export interface TavilySearcher {
  search(query: string, options?: any, request?: any): Promise<{
    results: readonly { title: string; url: string; content: string; publishedDate?: string }[];
  }>;
}

/** What {@link webSearch} is told. */
export type WebSearchOptions = ({ exa: ExaSearcher } | { tavily: TavilySearcher }) & {
  /** What the model is told the tool is for. */
  description?: string;
  /** How many pages; 3 when left out. */
  numResults?: number;
  /** How much of each page; 1000 when left out. */
  maxCharacters?: number;
  /** More settings for the search, in the client's words. */
  search?: Record<string, unknown>;
};

/** A page that was found. */
export interface WebResult {
  title: string | null | undefined;
  url: string;
  /** The beginning of its text. */
  content: string;
  publishedDate: string | undefined;
}

/** A quick look at the web. */
export function webSearch(options: WebSearchOptions): FathomTool<{ query: string }, Promise<WebResult[]>>;

/** What {@link deepResearch} is told. */
export interface DeepResearchOptions {
  /** The client. */
  fathom: Pick<Fathom, "runs">;
  /** Who does the research, for example `exa-agent`; `local` unless it is said, where `local` is set up. */
  provider?: string;
  /** What shapes every answer: effort, sites, a budget. The question is the model's. */
  task?: Omit<Task, "question">;
  /** What the model is told the tool is for. */
  description?: string;
  /**
   * Called with each run as it begins. A call of the tool that is aborted ends the waiting and not
   * the research, which may have cost money: take it up again by its checkpoint, or call
   * `run.cancel()`.
   */
  onRun?(run: Run, call: { toolCallId: string | undefined }): void | Promise<void>;
  /** Stores what takes a run up again, see `runs.create`. */
  onCheckpoint?(checkpoint: Checkpoint): unknown;
}

/** How far research has come: what the tool yields until its report is there. */
export interface ResearchProgress {
  status: "running";
  provider: string;
  phase: "waiting" | "searching" | "reading" | "writing" | "checking";
  /** Searches begun. */
  searches: number;
  /** Sources that came into view. */
  sources: number;
  /** Characters of the report that have been written. */
  characters: number;
  /** The query, source or step that was last. */
  latest?: string;
}

/** The answer: what the tool yields last, and returns. */
export interface ResearchAnswer extends Pick<Report, "markdown" | "structured" | "sources" | "warnings" | "cost" | "partial"> {
  status: "completed";
  provider: string;
}

/** Research that takes its time; progress comes as preliminary results of the tool. */
export function deepResearch(
  options: DeepResearchOptions,
): FathomTool<{ question: string }, AsyncGenerator<ResearchProgress | ResearchAnswer, void>> & {
  /** What the model reads: the report, and what its numbers mean. */
  toModelOutput(said: any): { type: "text"; value: string } | { type: "json"; value: any };
};
