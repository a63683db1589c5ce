// Programs that are run to their end.

import { spawn } from "node:child_process";

/** The longest that one may take. */
const LIMIT_MS = 400_000;

/** Returns what it printed; its complaints are shown when it fails. `started` is told the number of the process. */
export function output(program, args, { started, ...options } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"], timeout: LIMIT_MS, killSignal: "SIGKILL" });
    started?.(child.pid);
    const told = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) child[name].setEncoding("utf8").on("data", (text) => (told[name] += text));
    child.once("error", fail);
    child.once("close", (code, signal) => {
      const end = `${program} ended with ${signal ?? code}\n${told.stdout.slice(-2000)}${told.stderr.slice(-4000)}`;
      code === 0 ? done(told.stdout) : fail(new Error(end));
    });
  });
}

/** The same for a program whose last line is JSON. */
export async function outcome(program, args, options) {
  return JSON.parse((await output(program, args, options)).trim().split("\n").at(-1));
}
