// A process with one edge runtime in it, which runs the suite once.

import { readFileSync } from "node:fs";
import { EdgeRuntime } from "edge-runtime";

const { bundle, modules, setting } = JSON.parse(process.argv[2]);
const compiled = modules.map((path, at) => [`wasm_${at + 1}`, new WebAssembly.Module(readFileSync(path))]);
const runtime = new EdgeRuntime({
  initialCode: readFileSync(bundle, "utf8"),
  extend: (context) => Object.assign(context, Object.fromEntries(compiled)),
});
const reply = await runtime.dispatchFetch("http://edge.invalid/", { method: "POST", body: JSON.stringify(setting) });
const text = await reply.text();
if (!reply.ok) throw new Error(`the function answered ${reply.status}: ${text}`);
console.log(text);
process.exit(0);
