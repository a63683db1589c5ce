// The modules of a worker that nobody has bundled. workerd knows no package.json: it looks for a name beside the module
// that imports it. So wherever one is imported by a name of its own, a module stands there that hands on the right file.

import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { build } from "esbuild";

/** Every module that the worker reaches, itself first, as pairs of name and file; `folder` holds those made up here. */
export async function packageModules(fixture, folder) {
  const { inputs } = await reached(fixture);
  const name = (path) => path.replace("node_modules/", "");
  const modules = new Map([["worker.mjs", join(fixture, "worker.mjs")]]);
  for (const [path, { imports }] of Object.entries(inputs)) {
    modules.set(name(path), join(fixture, path));
    for (const imported of imports.filter(({ original }) => !original.startsWith("."))) {
      const alias = posix.join(dirname(name(path)), imported.original);
      if (alias !== name(imported.path)) modules.set(alias, await handOn(fixture, folder, alias, name(imported.path), imported.path));
    }
  }
  return [...modules];
}

/** A bundler is asked only who imports whom. */
async function reached(fixture) {
  const { metafile } = await build({
    absWorkingDir: fixture,
    entryPoints: ["worker.mjs"],
    outdir: "nowhere",
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    conditions: ["workerd", "worker", "import"],
    loader: { ".wasm": "file" },
    logLevel: "error",
  });
  return metafile;
}

async function handOn(fixture, folder, alias, target, path) {
  const from = JSON.stringify(`./${posix.relative(dirname(alias), target)}`.replace("./..", ".."));
  const hasDefault = /export default|as default/.test(await readFile(join(fixture, path), "utf8"));
  const file = join(folder, `${alias.replaceAll(/[^\w-]/g, "_")}.mjs`);
  await writeFile(file, `export * from ${from};\n${hasDefault ? `export { default } from ${from};\n` : ""}`);
  return file;
}
