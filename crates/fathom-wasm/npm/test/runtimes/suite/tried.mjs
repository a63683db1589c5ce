// Running tests.

import { each, within } from "./check.mjs";

/** Longer than any test needs, shorter than anybody waits for a host that hangs. */
const LIMIT_MS = 120_000;

/** Runs tests by name, `width` side by side, and returns one result for each. */
export async function tried(tests, width = 1) {
  const results = [];
  await each(Object.entries(tests), width, async ([name, test]) => {
    const begun = Date.now();
    const error = await within(LIMIT_MS, test()).then(() => undefined, (error) => `${error?.stack ?? error}`);
    results.push({ name, ms: Date.now() - begun, error });
  });
  return results;
}
