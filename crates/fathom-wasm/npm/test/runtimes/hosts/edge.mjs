// Vercel's edge runtime, whose bundler hands a compiled module over for an import that ends in `.wasm?module`.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { outcome } from "./child.mjs";

/** Tells the bundle to look for compiled modules where the host puts them. */
const compiled = (found) => ({
  name: "compiled",
  setup(bundler) {
    bundler.onResolve({ filter: /\.wasm\?module$/ }, ({ path, resolveDir }) => {
      const file = join(resolveDir, path.replace("?module", ""));
      return { path: file, namespace: "compiled" };
    });
    bundler.onLoad({ filter: /.*/, namespace: "compiled" }, ({ path }) => {
      const name = `wasm_${found.push(path)}`;
      return { contents: `export default globalThis.${name};` };
    });
  },
});

async function prepare(fixture) {
  const modules = [];
  const bundle = join(fixture, "edge/bundle.js");
  await build({
    entryPoints: [join(fixture, "edge.mjs")],
    outfile: bundle,
    bundle: true,
    format: "iife",
    target: "es2022",
    conditions: ["edge-light", "worker", "import"],
    plugins: [compiled(modules)],
    logLevel: "error",
  });
  return { bundle, modules };
}

const HOST = fileURLToPath(new URL("./edge-process.mjs", import.meta.url));

export const EDGE = {
  "Vercel edge-runtime": {
    prepare,
    run: (setting, fixture, built) => outcome(process.execPath, [HOST, JSON.stringify({ ...built, setting })], { cwd: fixture }),
  },
};
