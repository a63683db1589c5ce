/**
 * Reports as data: read while they arrive, every marker and field tied to its sources.
 *
 * This is a WebAssembly module of its own, loaded when one of these is first called.
 */
import * as exports from "../dist/wasm/report.js";
import { load } from "#report-wasm";
import { InvalidTaskError, fromWire } from "./errors.js";
import { Reader } from "./report/reader.js";
import { core, guard, setLoader } from "./report/wasm.js";
import { answeredToCore, reportToCore } from "./report/wire.js";

export { init } from "./report/wasm.js";
export { codeText, definitionOf, plainText, slice } from "./report/words.js";

setLoader(load);

/** Reads a whole text. */
export async function read(markdown) {
  return call("read", checked(markdown, "markdown"));
}

/** A reader for text that arrives in pieces. */
export async function reader() {
  const { generation } = await core();
  return new Reader(generation);
}

/** Says what every marker and every field of a report rests on. */
export async function resolve(report) {
  const { document, sources, ...rest } = await call("resolve", reportToCore(report));
  return { ...document, sources: sources.map(({ source, uses }) => ({ ...source, uses })), ...rest };
}

/** Looks for a quote in the text of a document. */
export async function checkQuote(document, quote, expected) {
  return call("check_quote", checked(document, "document"), checked(quote, "quote"), expected?.start, expected?.end);
}

/** The report as a Markdown file. */
export async function toMarkdown(report, { title = "" } = {}) {
  return (await call("markdown", checked(title, "title"), reportToCore(report))).text;
}

/** The report and its task as a JSON file. */
export async function toBundle(report, options) {
  return (await call("bundle", answeredToCore(report, options ?? {}))).text;
}

/** Reads such a file again. */
export async function fromBundle(file) {
  const { bundle } = await call("read_bundle", checked(file, "file"));
  const { output_schema: outputSchema, follow_up_of: followUpOf, ...task } = bundle.task;
  const { stop_reason: stopReason, ...report } = bundle.report;
  return defined({
    task: defined({ ...task, outputSchema, followUpOf }),
    report: defined({ ...report, stopReason }),
    provider: bundle.provider,
    finishedAt: bundle.finished_at,
  });
}

async function call(name, ...args) {
  const { generation } = await core();
  const said = JSON.parse(guard(generation, () => exports[name](...args)));
  if (said.error) throw fromWire(said.error);
  return said;
}

function checked(text, field) {
  if (typeof text !== "string") throw new InvalidTaskError(`\`${field}\` must be text.`, { field });
  return text;
}

function defined(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
