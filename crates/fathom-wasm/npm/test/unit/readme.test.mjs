// The examples of the README: what somebody copies has to compile.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { PACKAGE, inside } from "./support.mjs";

const TSC = fileURLToPath(new URL("../node_modules/.bin/tsc", import.meta.url));
const examples = [...readFileSync(inside("README.md"), "utf8").matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code);

/** What the hosts bring; parameters are typed where a host calls. */
const HOST = "declare const process: { env: Record<string, string> };\ndeclare const Bun: { serve(options: object): void };\n";

const OPTIONS = {
  target: "es2022",
  lib: ["es2022", "esnext.disposable", "dom", "dom.iterable", "dom.asynciterable"],
  module: "nodenext",
  strict: true,
  noImplicitAny: false,
  types: [],
  noEmit: true,
};

test("every example of the README compiles against the types, in ten lines or a few more", async (t) => {
  assert.ok(examples.length >= 5, `there are ${examples.length} examples`);
  const folder = fileURLToPath(new URL("../node_modules/.readme/", import.meta.url));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  symlinkSync(PACKAGE, join(folder, "node_modules", "fathom-research"), "junction");
  const names = examples.map((code, at) => {
    assert.ok(code.trim().split("\n").length <= 14, code);
    writeFileSync(join(folder, `${at}.ts`), code);
    return `${at}.ts`;
  });
  writeFileSync(join(folder, "host.d.ts"), HOST);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: OPTIONS, files: ["host.d.ts", ...names] }));
  const told = await promisify(execFile)(TSC, ["--project", folder]).catch(({ stdout, stderr }) => ({ stdout: stdout + stderr }));
  assert.equal(told.stdout, "");
});
