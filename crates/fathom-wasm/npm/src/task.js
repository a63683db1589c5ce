/** Tasks and settings as JavaScript writes them, checked and in the words of the core. */

import { InvalidTaskError } from "./errors.js";

const isText = (value) => typeof value === "string";
const isTexts = (value) => Array.isArray(value) && value.every(isText);
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isObjects = (value) => Array.isArray(value) && value.every(isObject);

/** Our name, the core's name, the test, and what to say when it fails. */
const FIELDS = {
  question: ["question", isText, "text"],
  effort: ["effort", (value) => ["quick", "standard", "deep"].includes(value), '"quick", "standard" or "deep"'],
  outputSchema: ["output_schema", isObject, "a JSON Schema object"],
  include: ["include", isTexts, "a list of texts"],
  exclude: ["exclude", isTexts, "a list of texts"],
  followUpOf: ["follow_up_of", isText, "a job's id"],
  level: ["level", isText, "text"],
  guidance: ["guidance", isText, "text"],
  rows: ["rows", isObjects, "a list of objects"],
  known: ["known", isObjects, "a list of objects"],
  budget: ["budget", isObject, "an object with `usd` or `seconds`"],
  metadata: ["metadata", (value) => isObject(value) && Object.values(value).every(isText), "an object of texts"],
  options: ["options", isObject, "an object"],
};

/**
 * A task as JSON for the core.
 * @param {string | object} task a question, or an object with `question` and what shapes its answer
 */
export function toCore(task) {
  const given = isText(task) ? { question: task } : task;
  if (!isObject(given)) throw invalid("task", "The task must be a question, or an object with one.");
  const core = { question: "" };
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const field = FIELDS[name];
    if (!field) throw invalid(name, `There is no setting \`${name}\`. There are ${Object.keys(FIELDS).join(", ")}.`);
    const [key, fits, wanted] = field;
    if (!fits(value)) throw invalid(name, `\`${name}\` must be ${wanted}.`);
    core[key] = value;
  }
  return written(core, "task");
}

/** Any value as JSON; what cannot be written is refused. */
export function written(value, field) {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new InvalidTaskError(`The ${field} cannot be written as JSON.`, { field, cause });
  }
}

/** Refuses options of the wrong type; `tests` maps names to a test and what to say. */
export function checkOptions(options, tests) {
  if (options !== undefined && !isObject(options)) throw invalid("options", "The options must be an object.");
  for (const [name, [fits, wanted]] of Object.entries(tests)) {
    const value = options?.[name];
    if (value !== undefined && !fits(value)) throw invalid(name, `\`${name}\` must be ${wanted}.`);
  }
  return options ?? {};
}

const isCall = (value) => typeof value === "function";
const isSignal = (value) =>
  isObject(value) && typeof value.aborted === "boolean" && typeof value.addEventListener === "function";
const isTime = (value) => typeof value === "number" && value >= 0;

export const TESTS = {
  fetch: [isCall, "a function"],
  timeout: [isTime, "a number of milliseconds"],
  maxRetries: [(value) => value === Infinity || (Number.isInteger(value) && value >= 0), "a whole number"],
  signal: [isSignal, "an AbortSignal"],
  onEvent: [isCall, "a function"],
  onCheckpoint: [isCall, "a function"],
  provider: [isText, "a provider's id"],
  token: [(value) => isText(value) && value.length <= 128, "text of at most 128 characters"],
  logger: [isObject, "an object with `debug`, `info`, `warn` or `error`"],
};

/** The named ones of {@link TESTS}. */
export const pick = (...names) => Object.fromEntries(names.map((name) => [name, TESTS[name]]));

export function invalid(field, message) {
  return new InvalidTaskError(message, { field });
}

/** The keys of our own objects as JavaScript writes them; only for values that hold nothing of the user's. */
export function camel(value) {
  if (Array.isArray(value)) return value.map(camel);
  if (!isObject(value)) return value;
  const named = Object.entries(value).map(([name, inner]) => [camelName(name), camel(inner)]);
  return Object.fromEntries(named);
}

const camelName = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/** A report as JavaScript writes it; what it holds under `structured` is the user's and stays. */
export function reportFrom(core) {
  if (core === undefined) return undefined;
  const { stop_reason: stopReason, ...report } = core;
  return stopReason === undefined ? report : { ...report, stopReason };
}
