// The examples as somebody would run them, each in its runtime, on a free port of this machine.

import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const EXAMPLES = fileURLToPath(new URL("../../examples/", import.meta.url));
const { platform, arch } = process;
const bun = arch === "x64" ? "x64" : "aarch64";
const deno = { linux: `linux-${arch}-glibc`, darwin: `darwin-${arch}` }[platform];
const cloudflare = `${platform}-${arch === "x64" ? "64" : arch}`;

/** A program of the registry, inside a package that is installed for the runtime tests. */
function packaged(file) {
  const path = fileURLToPath(new URL(`../runtimes/node_modules/${file}`, import.meta.url));
  if (!existsSync(path)) throw new Error(`there is no ${file}; run \`npm ci --ignore-scripts\` in test/runtimes`);
  return path;
}

/** The examples in a project that has the package. */
export async function project(folder) {
  await mkdir(join(folder, "node_modules"), { recursive: true });
  await symlink(process.env.FATHOM_PACKAGE, join(folder, "node_modules", "fathom-research"));
  await cp(EXAMPLES, folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "examples", private: true, type: "module" }));
}

export const HOSTS = { worker, deno: onDeno, bun: onBun };

const DENO = () => packaged(`@deno/${deno}/deno`);
const BUN = () => packaged(`@oven/bun-${platform}-${bun}/bin/bun`);
const DENO_FLAGS = ["run", "--no-prompt", "--cached-only", "--node-modules-dir=manual"];
const QUIET = { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };

function onDeno(folder, env) {
  const flags = [...DENO_FLAGS, "--allow-net=127.0.0.1", "--allow-env", "deno.js"];
  return started(DENO(), flags, folder, { ...env, ...QUIET, PORT: "0" });
}

function onBun(folder, env) {
  return started(BUN(), ["run", "bun.js"], folder, { ...env, PORT: "0" });
}

/** Programs that run a script to its end; Deno may neither read a file nor reach anybody. */
export const SCRIPTS = {
  node: (folder, script) => printed(process.execPath, [script], folder),
  deno: (folder, script) => printed(DENO(), [...DENO_FLAGS, script], folder),
  bun: (folder, script) => printed(BUN(), ["run", script], folder),
};

async function printed(program, args, cwd) {
  return (await promisify(execFile)(program, args, { cwd, env: QUIET, maxBuffer: 1 << 26 })).stdout;
}

/** A worker in the runtime that Workers run on, bundled as for deployment, with the package's modules beside it. */
export async function worker(folder, env, { entry = "worker.js", wasm = ["calls_bg.wasm", "core_bg.wasm"] } = {}) {
  const out = join(folder, "out");
  await build({
    absWorkingDir: folder,
    entryPoints: { worker: entry },
    outdir: out,
    bundle: true,
    minify: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
    logLevel: "warning",
  });
  const text = JSON.stringify;
  const bindings = Object.entries(env).map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`);
  const modules = wasm.map((name) => `(name = ${text(name)}, wasm = embed ${text(`out/${name}`)})`);
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main), (name = "internet", network = (allow = ["private"]))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (
  compatibilityDate = "2026-04-01",
  compatibilityFlags = ["enable_request_signal"],
  modules = [
    (name = "worker.js", esModule = embed "out/worker.js"),
    ${modules.join(",\n    ")},
  ],
  bindings = [${bindings.join(", ")}],
);
`;
  await writeFile(join(folder, "config.capnp"), config);
  return started(packaged(`@cloudflare/workerd-${cloudflare}/bin/workerd`), ["serve", "--control-fd=3", "config.capnp"], folder, {});
}

/** Runs a server until `end`; it says where it listens in its first lines, or on the third pipe. */
async function started(program, args, folder, env) {
  const child = spawn(program, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe", "pipe"] });
  const gone = new Promise((done) => child.once("exit", done));
  const lines = [];
  const address = new Promise((found) => {
    for (const pipe of [child.stdout, child.stderr, child.stdio[3]]) {
      createInterface(pipe).on("line", (line) => {
        lines.push(line);
        const port = /"event":"listen".*"port":(\d+)/.exec(line)?.[1] ?? /http:\/\/(?:127\.0\.0\.1|localhost):(\d+)/.exec(line)?.[1];
        if (port) found(`http://127.0.0.1:${port}`);
      });
    }
  });
  const early = gone.then((code) => Promise.reject(new Error(`it ended with ${code}\n${lines.join("\n")}`)));
  early.catch(() => {});
  const base = await Promise.race([address, early]);
  const end = async () => {
    child.kill("SIGKILL");
    await gone;
  };
  return { base, lines, end };
}
