/** What is asked of each page, in the two forms in which it can be said. */

import { jsonSchema } from "../schema.js";
import { checkOptions } from "../task.js";

/** What is asked for where nothing is said. */
const DEFAULT = { text: { maxCharacters: 10_000 } };

/** What the older form says beside the filters of a search. */
const NAMES = ["text", "highlights", "summary", "subpages", "subpageTarget", "extras", "livecrawl", "livecrawlTimeout", "maxAgeHours", "snapshotAsOf", "context"];
/** Without any of these, the text is meant. */
const KINDS = ["text", "highlights", "summary", "extras"];

/** Options with `contents` inside: text unless something is said, nothing when that is `false`. */
export function chosen(options) {
  const given = checkOptions(options, {});
  const { betas: _, stream: __, contents = "contents" in given ? false : DEFAULT, ...rest } = given;
  if (!contents) return rest;
  return { ...rest, contents: summarised(contents) };
}

/** Options in which the wishes for contents stand beside the filters. */
export function legacy(options) {
  if (options === undefined) return { contents: DEFAULT };
  const { betas: _, ...rest } = checkOptions(options, {});
  const contents = {};
  for (const name of NAMES) {
    if (rest[name] !== undefined) contents[name] = rest[name];
    delete rest[name];
  }
  if (!KINDS.some((name) => name in contents)) contents.text = true;
  return { contents: summarised(contents), ...rest };
}

/** Contents whose summary has its schema as JSON Schema. */
export function summarised(contents) {
  const schema = contents.summary?.schema;
  return schema ? { ...contents, summary: { ...contents.summary, schema: jsonSchema(schema) } } : contents;
}
