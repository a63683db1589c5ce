// The module that reads reports, in every runtime that is a program: each gives the same tree.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { SCRIPTS, project, worker } from "./hosts.mjs";

const LOOK = `import { reader, resolve } from "fathom-research/report";

export async function look() {
  const growing = await reader();
  for (const piece of "# Tana 🏞️\\n\\nIt is [long][d], says [1].\\n\\n| a |\\n|---|\\n| 日本 |\\n\\n[d]: https://d.example\\n") growing.push(piece);
  growing.finish();
  const { uses, sources } = await resolve({ markdown: "long [1] or [2]", sources: [{ id: 1, title: "T" }] });
  return JSON.stringify({ blocks: growing.blocks, definitions: growing.definitions, uses, sources });
}
`;
const SCRIPT = `import { look } from "./look.mjs";\nlook().then((said) => console.log(said));\n`;
const WORKER = `import { look } from "./look.mjs";\nexport default { fetch: async () => new Response(await look()) };\n`;

let folder;
let expected;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "fathom-reading-"));
  await project(folder);
  for (const [name, text] of [["look.mjs", LOOK], ["script.mjs", SCRIPT], ["reading.mjs", WORKER]]) await writeFile(join(folder, name), text);
  expected = JSON.parse(await SCRIPTS.node(folder, "script.mjs"));
});
after(() => rm(folder, { recursive: true, force: true }));

test("node", () => {
  assert.deepEqual(expected.blocks.map(({ kind }) => kind), ["heading", "paragraph", "table"]);
  assert.deepEqual(expected.uses.map(({ resolved: [{ kind }] }) => kind), ["source", "missing"]);
});
for (const name of ["deno", "bun"]) {
  test(name, async () => assert.deepEqual(JSON.parse(await SCRIPTS[name](folder, "script.mjs")), expected));
}
test("worker", async (t) => {
  const server = await worker(folder, {}, { entry: "reading.mjs", wasm: ["report_bg.wasm"] });
  t.after(server.end);
  assert.deepEqual(await (await fetch(server.base)).json(), expected);
});
