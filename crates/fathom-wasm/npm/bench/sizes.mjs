// What the module adds to a page or a worker, beside the vendors' own clients.
//
//   node sizes.mjs --package FILE --out FOLDER
//
// FILE is the packed module, FOLDER is made anew. Each entry is bundled and minified by esbuild as for a browser; the
// WebAssembly that it loads is counted beside it, because it is fetched beside it.

import { readFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { makeFixture } from "./fixture.mjs";

const EXA = 'export { default } from "exa-js";';
const TAVILY = 'export { tavily } from "@tavily/core";';

/** Each row: what is imported, and which WebAssembly comes with it. */
const ENTRIES = {
  "fathom-research": ['export { Fathom } from "fathom-research";', "core"],
  "fathom-research/exa": ['export { Exa } from "fathom-research/exa";', "calls"],
  "fathom-research/report": ['export * from "fathom-research/report";', "report"],
  "fathom-research/errors": ['export * from "fathom-research/errors";'],
  "exa-js 2.23.0": [EXA],
  "@tavily/core 0.7.13": [TAVILY],
  "both vendors' clients": [`${EXA}\n${TAVILY}`],
};

const { values: options } = parseArgs({ options: { package: { type: "string" }, out: { type: "string" } } });
const fixture = resolve(options.out);
await makeFixture(fixture, resolve(options.package));

/** The same text always packs to the same size: both at their best setting. */
const packed = (bytes) => ({
  min: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length,
});

async function bundle(contents, external = []) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fixture },
    absWorkingDir: fixture,
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    platform: "browser",
    external,
    logLevel: "silent",
  });
  return outputFiles[0].contents;
}

/** A bundle that fails is tried again with what the browser lacks left out, and says so. */
async function measure(contents) {
  try {
    return { size: packed(await bundle(contents)) };
  } catch (error) {
    const missing = error.errors.map(({ text }) => /Could not resolve "([^"]+)"/.exec(text)?.[1]);
    if (missing.length === 0 || !missing.every((name) => builtinModules.includes(name))) throw error;
    const names = [...new Set(missing)].sort();
    return { size: packed(await bundle(contents, names)), missing: names, errors: missing.length };
  }
}

const wasm = async (name) => packed(await readFile(join(fixture, "node_modules/fathom-research/dist/wasm", `${name}_bg.wasm`)));
const columns = ({ min, gzip, brotli }) => [min, gzip, brotli].map((bytes) => bytes.toLocaleString("en").padStart(11)).join("");
const line = (name, size) => console.log(`${name.padEnd(34)}${columns(size)}`);

console.log(`${"bytes".padEnd(34)}${["min", "gzip", "brotli"].map((name) => name.padStart(11)).join("")}`);
for (const [name, [contents, module]] of Object.entries(ENTRIES)) {
  const { size, missing, errors } = await measure(contents);
  line(name, size);
  if (module) {
    const beside = await wasm(module);
    line(`  ${module}_bg.wasm`, beside);
    line("  together", { min: size.min + beside.min, gzip: size.gzip + beside.gzip, brotli: size.brotli + beside.brotli });
  }
  if (missing) console.log(`  does not bundle for a browser: ${errors} imports of Node's ${missing.join(", ")}; measured without them`);
}
