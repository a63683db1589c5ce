// The types: strict, and what they promise about the code of these tests.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { PACKAGE } from "./support.mjs";

const run = promisify(execFile);
const folder = fileURLToPath(new URL("..", import.meta.url));
const bin = (name) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));

// The tests see the package as those who install it do.
const link = fileURLToPath(new URL("../node_modules/fathom-research", import.meta.url));
rmSync(link, { recursive: true, force: true });
mkdirSync(fileURLToPath(new URL("../node_modules", import.meta.url)), { recursive: true });
symlinkSync(PACKAGE, link, "junction");

/** What a tool prints, and whether it succeeded. */
async function output(command, ...words) {
  try {
    const { stdout, stderr } = await run(command, words, { cwd: folder, maxBuffer: 16 << 20 });
    return { ok: true, text: stdout + stderr };
  } catch (error) {
    return { ok: false, text: `${error.stdout}${error.stderr}` };
  }
}

test("the types compile strictly, with every use of them under types/", async () => {
  const { ok, text } = await output(bin("tsc"), "--project", "types/tsconfig.json");
  assert.ok(ok, text);
});

test("what the types forbid is not compiled", async () => {
  const uses = readFileSync(new URL("../types/main.ts", import.meta.url), "utf8");
  const forbidden = uses.match(/@ts-expect-error/g) ?? [];
  assert.ok(forbidden.length >= 5);
});

test("publint finds nothing", async () => {
  const { ok, text } = await output(bin("publint"), "--strict", PACKAGE);
  assert.ok(ok, text);
  assert.match(text, /All good|No (issues|problems)/i, text);
});

test("the types resolve for everybody who can import the package", async () => {
  // CommonJS gets the ES modules by require(esm), which attw does not know, and binary files have no types.
  const { ok, text } = await output(bin("attw"), "--pack", PACKAGE, "--profile", "esm-only", "--exclude-entrypoints", "./core.wasm", "./calls.wasm", "./report.wasm", "./package.json", "--no-emoji", "--no-color");
  assert.ok(ok, text);
});
