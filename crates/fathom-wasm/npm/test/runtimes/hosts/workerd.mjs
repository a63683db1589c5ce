// Cloudflare's runtime: once with what wrangler would deploy, once with the package's own files as they are.

import { spawn } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { output } from "./child.mjs";
import { packageModules } from "./modules.mjs";

const TOOLS = fileURLToPath(new URL("../node_modules/", import.meta.url));

/** What wrangler makes of the worker; its first file is the worker itself. */
async function deployed(fixture) {
  const folder = join(fixture, "wrangler");
  await mkdir(folder, { recursive: true });
  const settings = { name: "fixture", main: "../worker.mjs", compatibility_date: "2026-04-01" };
  await writeFile(join(folder, "wrangler.json"), JSON.stringify(settings));
  const args = [join(TOOLS, "wrangler/bin/wrangler.js"), "deploy", "--dry-run", "--outdir", "out", "--config", "wrangler.json"];
  const quiet = { CI: "1", WRANGLER_SEND_METRICS: "false", HOME: folder, PATH: process.env.PATH };
  await output(process.execPath, args, { cwd: folder, env: quiet });
  const files = (await readdir(join(folder, "out"))).filter((file) => [".js", ".wasm"].includes(extname(file)));
  const modules = files.sort((a, b) => (b === "worker.js") - (a === "worker.js")).map((name) => [name, join(folder, "out", name)]);
  return configured(folder, settings.compatibility_date, modules);
}

/** The worker as it is written, with an old date: engines of that time had no finalizers. */
async function raw(fixture) {
  const folder = join(fixture, "raw");
  await mkdir(folder, { recursive: true });
  return configured(folder, "2024-09-23", await packageModules(fixture, folder));
}

/** A configuration with these modules, as pairs of name and file; `flags` are those of its engine. */
export async function configured(folder, date, modules, flags = []) {
  const text = JSON.stringify;
  const module = ([name, file]) => `(name = ${text(name)}, ${file.endsWith(".wasm") ? "wasm" : "esModule"} = embed ${text(relative(folder, file))})`;
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  v8Flags = ${text(flags)},
  services = [(name = "main", worker = .main), (name = "internet", network = (allow = ["private"]))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (
  compatibilityDate = ${text(date)},
  modules = [${modules.map(module).join(",\n    ")}],
);
`;
  const file = join(folder, "config.capnp");
  await writeFile(file, config);
  return file;
}

/** Starts workerd on a free port, asks the worker one thing after the other, and ends it. */
export async function ask(config, bodies, started) {
  const { default: { default: program } } = await import("workerd");
  const child = spawn(program, ["serve", "--control-fd=3", config], { stdio: ["ignore", "inherit", "inherit", "pipe"] });
  started?.(child.pid);
  const gone = new Promise((done) => child.once("exit", done));
  try {
    const early = gone.then((code) => Promise.reject(new Error(`workerd ended with ${code}`)));
    const port = await Promise.race([listening(child.stdio[3]), early]);
    const replies = [];
    for (const body of bodies) replies.push(await asked(`http://127.0.0.1:${port}/`, body));
    return replies;
  } finally {
    child.kill("SIGKILL");
    await gone;
  }
}

async function asked(url, body) {
  const reply = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`the worker answered ${reply.status}: ${await reply.text()}`);
  return reply.json();
}

async function listening(control) {
  for await (const line of createInterface(control)) {
    const message = JSON.parse(line);
    if (message.event === "listen") return message.port;
  }
  throw new Error("workerd did not say where it listens");
}

const run = async (setting, _, config) => (await ask(config, [setting]))[0];

export const WORKERD = {
  "workerd, wrangler bundle": { prepare: deployed, run },
  "workerd, raw modules": { prepare: raw, run },
};
