// Every use of the main entry that its users are promised, compiled and never run.

import defaultFathom, {
  Fathom,
  FathomError,
  PausedError,
  init,
  isFathomError,
  isKind,
  type Checkpoint,
  type Outcome,
  type Report,
  type RunEvent,
} from "fathom-research";
import { RateLimitedError, isKind as isKindAlone } from "fathom-research/errors";
import Slim, { init as initSlim } from "fathom-research/slim";

const fathom = new Fathom({
  exa: { apiKey: "k" },
  tavily: { apiKey: "k", baseUrl: "https://t.example" },
  extruct: {},
  local: { baseUrl: "http://127.0.0.1:8787", token: "t" },
  gateway: { baseUrl: "https://g.example", token: "t" },
  fetch: globalThis.fetch,
  timeout: 1_000,
  maxRetries: 3,
  logger: console,
  dangerouslyAllowBrowser: false,
});

export async function ask(signal: AbortSignal): Promise<string> {
  const run = await fathom.runs.create(
    { question: "Why?", effort: "deep", outputSchema: { type: "object" }, budget: { usd: 1 } },
    { provider: "exa-agent", signal, onCheckpoint: async (checkpoint: Checkpoint) => checkpoint.job },
  );
  for await (const event of run.events({ signal })) console.log(told(event));
  const report: Report = await run.wait({ signal, timeout: 60_000, onEvent: told });
  const saved: Checkpoint | undefined = run.checkpoint();
  if (saved) await (await fathom.runs.resume(saved)).wait();
  await (await fathom.runs.resume(JSON.stringify(saved))).settle();
  await (await fathom.runs.adopt("job", { provider: "extruct" })).status();
  for await (const job of fathom.runs.list({ provider: "exa-agent" })) console.log(job.job, job.createdMs ?? 0);
  if (report.grade !== "answered" || (report.confidence ?? 0) < 0.5) return report.warnings[0]?.message ?? "";
  const source = report.sources[0];
  return [run.job, run.report?.markdown, source?.url, report.citations[0]?.evidence?.[0]?.quote].join();
}

/** Every event has fields of its own. */
function told(event: RunEvent): string {
  switch (event.type) {
    case "search-ended":
      return `${event.id} ${event.query} ${event.passages}`;
    case "source-found":
      return event.source.title;
    case "plan-made":
      return event.facets.map((facet) => facet.title).join();
    case "trouble-met":
      return `${event.error.kind} ${event.waitMs}`;
    case "cost-changed":
      return `${event.cost.amount}`;
    case "run-ended":
      return event.status;
    default:
      // @ts-expect-error what the other kinds hold is not known here
      return event.query;
  }
}

/** Every outcome has fields of its own. */
export function ended(outcome: Outcome): string {
  switch (outcome.type) {
    case "completed":
      return outcome.report.markdown;
    case "cancelled":
      // @ts-expect-error a cancelled run may have found nothing
      return outcome.report.markdown;
    case "failed":
      return outcome.error.kind;
    case "submit-unknown":
      return outcome.checkpoint.provider;
  }
}

export function caught(error: unknown): number | undefined {
  if (error instanceof PausedError) return error.checkpoint?.provider.length;
  if (error instanceof RateLimitedError) return error.retryAfter;
  if (isKind(error, "quota") || isKindAlone(error, "unauthorized")) return error.status;
  if (isFathomError(error)) return error.toJSON().status;
  // @ts-expect-error there is no such kind
  isKind(error, "moonstruck");
  return undefined;
}

export async function others(): Promise<void> {
  const info = (await fathom.providers()).find((known) => known.capabilities.followUp);
  console.log(info?.limits.questionChars, await fathom.check("Why?", { provider: "tavily" }));
  const changed: Fathom = fathom.withOptions({ maxRetries: 0 });
  await changed.close();
  await using own = new defaultFathom();
  await own.providers();
  await init();
  await initSlim(fetch("core.wasm"));
  new Slim({ local: {} });
  throw new FathomError("m", { kind: "failed", cause: "c" });
}

// @ts-expect-error the key is in an object
new Fathom({ exa: "key" });
// @ts-expect-error there is no such effort
void fathom.runs.create({ question: "Why?", effort: "huge" });
// @ts-expect-error a task has a question
void fathom.runs.create({ effort: "deep" });
