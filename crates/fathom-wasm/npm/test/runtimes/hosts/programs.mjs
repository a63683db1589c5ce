// Where the runtimes are that the npm registry has: inside installed packages, for this machine only.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const { platform, arch } = process;

function packaged(file) {
  const path = fileURLToPath(new URL(`../node_modules/${file}`, import.meta.url));
  if (!existsSync(path)) throw new Error(`there is no ${file}; run \`npm ci --ignore-scripts\` in test/runtimes`);
  return path;
}

const elsewhere = arch === "x64" ? "x64" : "aarch64";
const denos = { linux: `linux-${arch}-glibc`, darwin: `darwin-${arch}` };

export const NODE = () => process.execPath;
export const NEWER_NODE = () => packaged(`node-${platform}-${arch}/bin/node`);
export const DENO = () => packaged(`@deno/${denos[platform]}/deno`);
export const BUN = () => packaged(`@oven/bun-${platform}-${elsewhere}/bin/bun`);

/** What Deno is allowed: to reach this machine. It may not read a file. */
export const DENO_FLAGS = ["run", "--no-prompt", "--cached-only", "--allow-net=127.0.0.1"];
