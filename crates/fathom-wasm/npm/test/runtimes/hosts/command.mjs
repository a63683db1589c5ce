// Runtimes with a command line.

import { outcome } from "./child.mjs";
import { BUN, DENO, DENO_FLAGS, NEWER_NODE, NODE } from "./programs.mjs";

const runs = (program, ...args) => ({
  stride: 1,
  run: (setting, fixture) => outcome(program(), [...args, JSON.stringify(setting)], { cwd: fixture, env: {} }),
});

export const COMMANDS = {
  "Node, ESM": runs(NODE, "process.mjs"),
  "Node, require(esm)": runs(NODE, "require.cjs"),
  "newer Node, ESM": runs(NEWER_NODE, "process.mjs"),
  "newer Node, require(esm)": runs(NEWER_NODE, "require.cjs"),
  "Deno without --allow-read": runs(DENO, ...DENO_FLAGS, "process.mjs"),
  Bun: runs(BUN, "run", "process.mjs"),
};
