// Prints what the main entry of a built package weighs, brotli: the module, then the JavaScript as
// esbuild bundles it for a browser.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";

const [folder] = process.argv.slice(2);

const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } }).length;

const bundled = await build({
  entryPoints: [join(folder, "src", "index.js")],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  conditions: ["browser"],
  write: false,
  logLevel: "warning",
});

console.log(brotli(readFileSync(join(folder, "dist", "wasm", "core_bg.wasm"))), brotli(bundled.outputFiles[0].contents));
