// What else the vendors' clients promise, and what they must not accept. Compiled, never run.

import { AgentRunFailedError, Exa, ExaError, type AgentEvent, type Research, type ResearchEvent, type SchemaOf } from "fathom-research/exa";
import { Extruct, type DeepResearchTask } from "fathom-research/extruct";
import { tavily, Tavily, type TavilyResearchChunk } from "fathom-research/tavily";
import { isKind, type FathomError } from "fathom-research/errors";

const { signal } = new AbortController();
const request = { signal, timeout: 1000, maxRetries: 0, headers: { "x-a": 1 } };
declare const schema: SchemaOf<{ capital: string }>;
declare const contents: { text?: boolean };

export async function exa() {
  const client = new Exa("key", "http://127.0.0.1:1", { fetch, timeout: 1, maxRetries: 3, logger: console });
  new Exa({ gateway: { baseUrl: "https://gateway.example", token: "t" }, dangerouslyAllowBrowser: false }).withOptions({ timeout: 2 });
  new Exa(undefined, { baseURL: undefined, apiKey: undefined });
  // @ts-expect-error a key is text
  new Exa(7);
  // @ts-expect-error there is no such setting
  new Exa({ apiKye: "key" });

  const bare = await client.search("x", { contents: false });
  // @ts-expect-error no contents were asked for
  bare.results[0]?.text;
  const some = await client.search("x", { contents }, request);
  const text: string | undefined = some.results[0]?.text;
  const highlights = await client.search("x", { contents: { highlights: true, summary: { query: "y" } }, type: "deep", outputSchema: { type: "text" } });
  const passages: string[] | undefined = highlights.results[0]?.highlights;
  const summary: string | undefined = highlights.results[0]?.summary;
  // @ts-expect-error the text was not asked for
  highlights.results[0]?.text;
  const output: string | Record<string, unknown> | undefined = highlights.output?.content;
  // @ts-expect-error there is no such kind of search
  await client.search("x", { type: "telepathic" });
  for await (const chunk of client.streamSearch("x", { contents: false }, request)) void (chunk.content satisfies string | undefined);

  const typed = await client.answer("x", { outputSchema: schema });
  const capital: string = typed.answer.capital;
  const open = await client.answer("x", { outputSchema: { type: "object" } });
  const value: Record<string, unknown> = open.answer;

  const research: Research = await client.research.create({ instructions: "x", outputSchema: schema }, request);
  if (research.status === "completed") research.output.content satisfies string;
  if (research.status === "failed") research.error satisfies string;
  // @ts-expect-error only a completed research has an output
  research.output;
  for await (const event of await client.research.get("id", { stream: true })) told(event);
  const ended = await client.research.pollUntilFinished("id", { pollInterval: 1, timeoutMs: 2, outputSchema: schema }, request);
  if (ended.status === "completed") ended.output.parsed?.capital satisfies string | undefined;
  // @ts-expect-error it is over
  ended.status === "running";

  const { runs } = client.agent;
  const run = await runs.createAndWait({ query: "x", outputSchema: schema, effort: "auto" }, { pollInterval: 1 }, request);
  run.output?.structured?.capital satisfies string | undefined;
  // @ts-expect-error a query is needed
  await runs.create({});
  for await (const event of await runs.create({ query: "x", stream: true })) happened(event);
  for await (const found of runs.listAll({ limit: 3 }, request)) found.id satisfies string;
  await runs.stop("id", { betas: ["b"], signal });
  await client.beta.agent.runs.cancel("id", request);
  return { text, passages, summary, output, capital, value };
}

function told(event: ResearchEvent) {
  switch (event.eventType) {
    case "research-output":
      return event.output.outputType === "failed" ? event.output.error : event.output.content;
    case "task-operation":
      return event.data.type === "search" ? event.data.query : event.taskId;
    case "plan-output":
      return event.output.outputType === "tasks" ? event.output.tasksInstructions.join() : event.output.reasoning;
    default:
      return event.researchId;
  }
}

function happened(event: AgentEvent) {
  event.event satisfies string;
  event.id satisfies string | undefined;
}

export function failed(error: unknown): string | undefined {
  if (error instanceof AgentRunFailedError) return error.run.id;
  if (error instanceof ExaError) return error.code ?? error.requestId;
  if (isKind(error, "rate-limited")) return String(error.retryAfter);
  return (error as FathomError).message;
}

export async function search() {
  const client = tavily({ apiKey: "k", apiBaseURL: "http://127.0.0.1:1", projectId: "p", timeout: 1000 });
  const { results, responseTime, answer } = await client.search("x", { includeAnswer: true, maxResults: 2, anythingNew: 1 }, request);
  results[0]?.rawContent satisfies string | null | undefined;
  const { extract, crawl, map, usage } = new Tavily();
  (await extract(["u"])).failedResults[0]?.error satisfies string | undefined;
  (await crawl("u", { selectPaths: ["^/docs"] })).results[0]?.rawContent satisfies string | undefined;
  (await map("u")).results satisfies string[];
  (await usage(request)).key.usage satisfies number | null | undefined;
  // @ts-expect-error a list of addresses is wanted
  await extract("u");
  for await (const chunk of await client.research("x", { stream: true })) piece(chunk);
  const { requestId } = await client.research("x", { model: "mini" });
  const research = await client.getResearch(requestId, { includeUsage: true });
  if (research.status === "completed") research.sources[0]?.url satisfies string | undefined;
  // @ts-expect-error only a completed research has content
  research.content;
  return { responseTime, answer };
}

function piece({ choices }: TavilyResearchChunk) {
  const calls = choices[0]?.delta.tool_calls;
  if (calls?.type === "tool_response") calls.tool_response[0]?.sources satisfies unknown;
}

export async function extruct() {
  const client = new Extruct("k", { baseURL: "http://127.0.0.1:1" });
  const created: DeepResearchTask = await client.create({ brief: "x", depth: "xhigh", output_schema: { type: "object" } }, request);
  const task = await client.wait<{ name: string }>(created.id, { interval: 10, onTask: ({ agents }) => agents satisfies number }, request);
  if (task.status === "failed") return task.failure_reason;
  if (task.report.kind === "schema") return task.report.fields.name;
  // @ts-expect-error there is no such depth
  await client.create({ brief: "x", depth: "abyssal" });
  return task.report.markdown + task.report.sources.map(({ id, url }) => `${id} ${url}`).join() + (await client.list({ limit: 3 })).length;
}
