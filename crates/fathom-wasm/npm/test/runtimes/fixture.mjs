// A project like a user's: the packed module installed, and the suite beside it.

import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { output } from "./hosts/child.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const NPM = process.platform === "win32" ? "npm.cmd" : "npm";

/** Makes it in `folder`, anew. The module needs nothing else, so no registry is asked. */
export async function makeFixture(folder, tarball) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(join(HERE, "fixtures"), folder, { recursive: true });
  await cp(join(HERE, "suite"), join(folder, "suite"), { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "fixture", private: true, type: "module" }));
  await output(NPM, ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", tarball], { cwd: folder });
}
