// What a first visit downloads before it can ask, and what comes after, compressed as the program
// serves it.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const COUNTED = [".html", ".js", ".css", ".wasm"];
/** Parts of the module that the page fetches by itself, once it is there. */
const LATER = /^(split_|chunk_)/;

/** Brotli sizes of the app's files, first by kind and later by name, or nothing when the app is not built. */
export function firstLoad(folder) {
  if (!existsSync(join(folder, "index.html"))) return null;
  const files = readdirSync(folder, { recursive: true }).filter((name) => COUNTED.includes(extname(name)));
  const sizes = {};
  const later = {};
  for (const name of files) {
    const [into, key] = LATER.test(basename(name)) ? [later, basename(name)] : [sizes, extname(name)];
    into[key] = (into[key] ?? 0) + brotli(join(folder, name));
  }
  return { sizes, total: sum(sizes), later, whole: sum(sizes) + sum(later) };
}

function sum(sizes) {
  return Object.values(sizes).reduce((all, size) => all + size, 0);
}

function brotli(path) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  return brotliCompressSync(readFileSync(path), { params }).length;
}
