// A fault inside the module that reads reports.

import assert from "node:assert/strict";
import { test } from "node:test";

import { faulty } from "./faulty.mjs";
import { rejection, source } from "./support.mjs";

const { init, read, reader, resolve } = await source("report.js");

await init(faulty(["resolve"], "report"));

const isTrap = (error) => assert.deepEqual([error.kind, error.code, error.cause?.name], ["internal", "trap", "RuntimeError"]);
const REPORT = { markdown: "a [1]", sources: [], citations: [], warnings: [], partial: false };

test("a trap rejects, the next reading works, and a reader from before says what ended it", async () => {
  for (let round = 0; round < 3; round += 1) {
    const before = await reader();
    before.push("# A");
    isTrap(await rejection(resolve(REPORT)));
    assert.throws(() => before.push("b"), { kind: "internal", code: "outdated" });
    assert.equal(before.blocks.length, 1);
    before.close();
    const after = await reader();
    assert.equal(after.push("# B\n\nc").blocks.length, 2);
    assert.equal((await read("d")).blocks.length, 1);
  }
});
