// The accessibility rules of axe, run in a page.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong, one line for each place. */
export async function violations(page) {
  // Through the debugger's isolated evaluation: the page's own policy forbids injected scripts.
  await page.evaluate(source);
  const result = await page.evaluate(() => globalThis.axe.run(document));
  if (result.passes.length < 10) throw new Error("axe has looked at nothing");
  return result.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`));
}
