// What a first visit downloads, compressed as the program serves it.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const COUNTED = [".html", ".js", ".css", ".wasm"];

/** Brotli sizes of the files of the app's folder by kind, or nothing when the app is not built. */
export function firstLoad(folder) {
  if (!existsSync(join(folder, "index.html"))) return null;
  const files = readdirSync(folder, { recursive: true }).filter((name) => COUNTED.includes(extname(name)));
  const sizes = {};
  for (const name of files) sizes[extname(name)] = (sizes[extname(name)] ?? 0) + brotli(join(folder, name));
  return { sizes, total: Object.values(sizes).reduce((sum, size) => sum + size, 0) };
}

function brotli(path) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  return brotliCompressSync(readFileSync(path), { params }).length;
}
