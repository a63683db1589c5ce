// Runtimes with a command line.

import { outcome } from "./child.mjs";
import { BUN, DENO, DENO_FLAGS, NEWER_NODE, NODE } from "./programs.mjs";

/** Where streams are cut at every byte. */
const EVERY = 1;

const runs = (stride, program, ...args) => ({
  stride,
  run: (setting, fixture) => outcome(program(), [...args, JSON.stringify(setting)], { cwd: fixture, env: {} }),
});

export const COMMANDS = {
  "Node, ESM": runs(EVERY, NODE, "process.mjs"),
  "Node, require(esm)": runs(undefined, NODE, "require.cjs"),
  "newer Node, ESM": runs(EVERY, NEWER_NODE, "process.mjs"),
  "newer Node, require(esm)": runs(undefined, NEWER_NODE, "require.cjs"),
  "Deno without --allow-read": runs(EVERY, DENO, ...DENO_FLAGS, "process.mjs"),
  Bun: runs(EVERY, BUN, "run", "process.mjs"),
};
