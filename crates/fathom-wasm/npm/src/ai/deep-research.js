/** Research that takes its time, and says how far it has come. */
import { InvalidTaskError } from "../errors.js";
import { after, begun } from "./progress.js";
import { textSchema } from "./schema.js";

const SCHEMA = {
  type: "object",
  properties: {
    question: {
      type: "string",
      minLength: 1,
      maxLength: 20_000,
      description: "What to find out, in full sentences, with everything that a stranger would have to know",
    },
  },
  required: ["question"],
  additionalProperties: false,
};
const DESCRIPTION =
  "Research a question thoroughly in many sources and answer it with a report whose claims cite them. It takes from seconds to many minutes; for a single fact search the web instead.";

/** A tool that runs research with a client of `fathom-research`. */
export function deepResearch(options) {
  const { fathom, provider, task, description = DESCRIPTION, onRun, onCheckpoint } = options ?? {};
  if (typeof fathom?.runs?.create !== "function") {
    throw new InvalidTaskError("Pass a client: deepResearch({ fathom: new Fathom(...), provider }).", { field: "fathom" });
  }
  return {
    description,
    inputSchema: textSchema(SCHEMA),
    async *execute({ question }, { abortSignal, toolCallId } = {}) {
      const run = await fathom.runs.create({ ...task, question }, { provider, signal: abortSignal, onCheckpoint });
      await onRun?.(run, { toolCallId });
      yield* watched(run, begun(run.provider), abortSignal);
    },
    toModelOutput: (said) => told(said.output ?? said),
  };
}

/**
 * Progress as it is made, and the answer. Nobody has to take every step: what happened while the last
 * one was being shown comes as one.
 */
async function* watched(run, progress, signal) {
  let moved;
  let ended = false;
  let wake = () => {};
  const onEvent = (event) => {
    moved = progress = after(progress, event);
    wake();
  };
  const done = run.wait({ signal, onEvent }).finally(() => {
    ended = true;
    wake();
  });
  // It is waited for below; until then a failure is not an unhandled one.
  done.catch(() => {});
  yield progress;
  while (!ended) {
    if (moved === undefined) {
      await new Promise((resolve) => (wake = resolve));
    }
    if (moved !== undefined) {
      const shown = moved;
      moved = undefined;
      yield shown;
    }
  }
  yield answer(progress.provider, await done);
}

function answer(provider, report) {
  const { markdown, structured, sources, warnings, cost, partial } = report;
  const said = { status: "completed", provider, markdown, structured, sources, warnings, cost, partial };
  // What is not there is left out: the answer is sent on as JSON.
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

/** What the model reads: the report, and what its numbers mean. */
function told(output) {
  if (output?.status !== "completed") {
    return { type: "json", value: output };
  }
  const { markdown, structured, sources, warnings } = output;
  const parts = [
    markdown,
    structured === undefined ? "" : `\`\`\`json\n${JSON.stringify(structured)}\n\`\`\``,
    sources.map(({ id, title, url }) => `[${id}] ${title}${url ? ` ${url}` : ""}`).join("\n"),
    warnings.map(({ message }) => `Note: ${message}`).join("\n"),
  ];
  return { type: "text", value: parts.filter(Boolean).join("\n\n") };
}
