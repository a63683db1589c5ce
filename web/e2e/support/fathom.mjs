// The real program, started for a test on a free port with a data folder of its own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const PROGRAM = process.env.FATHOM_PROGRAM ?? "target/release/fathom";
const LIBRARY = process.env.FATHOM_DEMO_LIBRARY ?? "target/demo-library";
/** What stays here is searched for the planted key in the end, see `cargo xtask test secrets`. */
export const TRACES = process.env.FATHOM_TRACES;
const READY = /^Fathom is ready on (http:\/\/\S+)$/;

export class Fathom {
  /** Starts on the demo library, or on `library`, and waits until the program says it is ready. */
  static async start({ library = LIBRARY, listen = "127.0.0.1:0", workers, env = {} } = {}) {
    const fathom = new Fathom();
    fathom.library = library;
    fathom.env = env;
    fathom.more = workers ? ["--workers", String(workers)] : [];
    fathom.data = mkdtempSync(join(TRACES ?? tmpdir(), "fathom-e2e-"));
    await fathom.#launch(listen);
    return fathom;
  }

  get address() {
    return this.url.replace("http://", "");
  }

  async #launch(listen) {
    const args = ["serve", "--listen", listen, "--library", this.library, "--data", this.data, ...this.more];
    this.process = spawn(PROGRAM, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...this.env },
    });
    this.log = "";
    this.process.stderr.on("data", (text) => {
      this.log += text;
      if (TRACES) appendFileSync(join(TRACES, "logs.txt"), text);
    });
    const gone = once(this.process, "exit").then(([code]) => {
      throw new Error(`fathom ended with ${code} before it was ready\n${this.log}`);
    });
    this.url = await Promise.race([ready(this.process.stdout), gone]);
    gone.catch(() => {});
  }

  /** Waits until the whole library is indexed. */
  async indexed() {
    for (;;) {
      const library = await (await fetch(`${this.url}/api/v1/library`)).json();
      if (library.state === "ready") return library;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Ends the program as a person would, or at once with `SIGKILL`. */
  async end(signal = "SIGTERM") {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exit = once(this.process, "exit");
    this.process.kill(signal);
    await exit;
  }

  /** Ends the program and starts it again on the same port and data. */
  async restart(signal = "SIGTERM") {
    await this.end(signal);
    await this.#launch(this.address);
  }

  async stop() {
    await this.end();
    if (!TRACES) rmSync(this.data, { recursive: true, force: true });
  }
}

async function ready(stdout) {
  const lines = createInterface({ input: stdout });
  for await (const line of lines) {
    const found = READY.exec(line);
    if (!found) continue;
    stdout.resume();
    return found[1];
  }
  return new Promise(() => {});
}
