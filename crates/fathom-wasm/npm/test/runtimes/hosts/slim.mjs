// A server's bundle of the entry without a loader.

import { join } from "node:path";
import { build } from "esbuild";
import { outcome } from "./child.mjs";

async function prepare(fixture) {
  const outfile = join(fixture, "slim/bundle.mjs");
  const entryPoints = [join(fixture, "slim.mjs")];
  await build({ entryPoints, outfile, bundle: true, minify: true, format: "esm", platform: "node", logLevel: "error" });
  return outfile;
}

export const SLIM = {
  "slim, bundled by esbuild": {
    prepare,
    run: (setting, fixture, bundle) => outcome(process.execPath, [bundle, JSON.stringify({ ...setting, fixture })], { cwd: fixture }),
  },
};
