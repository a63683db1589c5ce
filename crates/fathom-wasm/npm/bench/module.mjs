// What the module costs at run time, beside exa-js and beside bare fetch, in four runtimes.
//
//   node module.mjs --package FILE --out FOLDER [--only NAME]
//
// FILE is the packed module, FOLDER is made anew. Ends with 1 when memory grows, or when a run that was waited on did
// not finish.

import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { startFault } from "../test/runtimes/fault/server.mjs";
import { makeFixture } from "./fixture.mjs";
import { HOSTS } from "./hosts.mjs";
import { print } from "./print.mjs";
import { startUpstream } from "./upstream.mjs";

const STARTS = 9;
const CLIENTS = { fetch: "fetch + json", exa: "exa-js", fathom: "fathom-research" };

const { values: options } = parseArgs({
  options: { package: { type: "string" }, out: { type: "string" }, only: { type: "string", default: "" } },
});
const fixture = resolve(options.out);
await makeFixture(fixture, resolve(options.package));

let child;
const started = (pid) => (child = pid);

/** The memory that the process under way holds, in bytes, where the system tells it. */
function resident() {
  const file = `/proc/${child}/status`;
  if (!existsSync(file)) return undefined;
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(file, "utf8"))?.[1]) * 1024;
}

/** From the start of a process to its first poll's end, in milliseconds, the clients taking turns. */
async function cold(host, base) {
  const seen = Object.fromEntries(Object.keys(CLIENTS).map((client) => [client, []]));
  for (let round = 0; round < STARTS; round += 1) {
    for (const client of Object.keys(CLIENTS)) {
      const begun = performance.now();
      await host.first(client, base);
      seen[client].push(performance.now() - begun);
    }
  }
  return Object.fromEntries(Object.entries(seen).map(([client, times]) => [CLIENTS[client], times]));
}

/** The parts of cold starts, where the runtime's clock runs while it computes. */
async function parts(host) {
  if (!host.load) return undefined;
  const seen = [];
  for (let round = 0; round < STARTS; round += 1) seen.push(await host.load());
  return seen;
}

/** What a process holds after the first polls and after many. */
async function kept(host, setting) {
  const steps = Array.from({ length: 10 }, () => ({ ...setting, what: "memory", count: 1_000 }));
  const marks = await host.bench(steps);
  return { polls: 10_000, warm: marks[1], end: marks.at(-1) };
}

const upstream = await startUpstream(resident);
const fault = await startFault();
let held = true;
try {
  for (const [name, make] of Object.entries(HOSTS)) {
    if (!name.includes(options.only)) continue;
    const host = make(fixture, started);
    await host.prepare?.();
    const figures = { first: await cold(host, upstream.url), parts: await parts(host) };
    const setting = { base: upstream.url, fault: fault.url };
    for (const what of ["times", "crowd"]) [figures[what]] = await host.bench([{ ...setting, what }]);
    figures.memory = {};
    for (const client of [CLIENTS.fetch, CLIENTS.fathom]) figures.memory[client] = await kept(host, { ...setting, client });
    held = print(name, figures) && held;
  }
} finally {
  await upstream.close();
  await fault.close();
}
process.exitCode = held ? 0 : 1;
