// The runtimes that are measured, each process started for one figure.

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { outcome, output } from "../test/runtimes/hosts/child.mjs";
import { BUN, DENO, DENO_FLAGS, NODE } from "../test/runtimes/hosts/programs.mjs";
import { ask, configured } from "../test/runtimes/hosts/workerd.mjs";

/** A runtime with a command line. `started` is told the number of each process. */
const command = (program, ...flags) => (fixture, started) => {
  const options = { cwd: fixture, env: {}, started };
  return {
    first: (client, base) => output(program(), [...flags, "client/start.mjs", client, base], options),
    load: () => outcome(program(), [...flags, "client/load.mjs"], options),
    bench: (wanted) => outcome(program(), [...flags, "client/process.mjs", JSON.stringify(wanted)], options),
  };
};

const FIRST = (client) => `import { first } from "./client/first-${client}.mjs";
export default { fetch: async (request) => Response.json(await first(await request.json())) };`;

/** workerd, whose clock stands still while it computes; its workers are bundled before anything is measured. */
const workerd = (fixture, started) => {
  const made = {};
  return {
    async prepare() {
      for (const client of ["fetch", "exa", "fathom"]) made[client] = await worker(fixture, client, FIRST(client));
      made.bench = await worker(fixture, "bench", 'export { default } from "./client/worker.mjs";', ["--expose-gc"]);
    },
    first: (client, base) => ask(made[client], [base], started),
    // Each is a request of its own: what belongs to a request is kept until its end.
    bench: (wanted) => ask(made.bench, wanted.map((setting) => ({ ...setting, clock: "upstream" })), started),
  };
};

async function worker(fixture, name, contents, flags) {
  const outdir = join(fixture, "worker", name);
  await build({
    stdin: { contents, resolveDir: fixture, sourcefile: "worker.mjs" },
    outfile: join(outdir, "worker.js"),
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
    logLevel: "error",
  });
  const beside = (await readdir(outdir)).filter((file) => file.endsWith(".wasm"));
  const modules = ["worker.js", ...beside].map((file) => [file === "worker.js" ? file : `./${file}`, join(outdir, file)]);
  return configured(outdir, "2026-04-01", modules, flags);
}

export const HOSTS = {
  Node: command(NODE, "--expose-gc"),
  // exa-js looks at the environment.
  Deno: command(DENO, ...DENO_FLAGS, "--allow-env", "--v8-flags=--expose-gc"),
  Bun: command(BUN, "run"),
  workerd,
};
