/** Runs: begun, taken up again, taken over, listed. */

import { token } from "./env.js";
import { Run } from "./run.js";
import { checkOptions, invalid, pick, toCore } from "./task.js";

export class Runs {
  #client;

  /** Only the client makes this. */
  constructor(client) {
    this.#client = client;
  }

  /**
   * Submits a task, once. Resolves when the provider has it, or at once where its answer is the report.
   */
  async create(task, options) {
    const own = checkOptions(options, pick("provider", "signal", "timeout", "token", "onCheckpoint", "maxRetries"));
    const core = toCore(task);
    const info = await this.#client.info(own.provider);
    return this.#run({ provider: info.id, task: core, token: own.token ?? token(), now: Date.now() }, own).begin(
      own,
      info.capabilities.immediate,
    );
  }

  /** Takes up a run where its checkpoint left off. Nothing is sent before somebody waits for it. */
  async resume(checkpoint, options) {
    const own = checkOptions(options, pick("onCheckpoint", "maxRetries"));
    const saved = typeof checkpoint === "string" ? parsed(checkpoint) : checkpoint;
    if (typeof saved?.provider !== "string" || typeof saved.stage !== "string" || typeof saved.task !== "object") {
      throw invalid("checkpoint", "This is not a checkpoint of a run.");
    }
    const info = await this.#client.info(saved.provider);
    return this.#run({ provider: info.id, checkpoint: structuredClone(saved) }, own);
  }

  /** Follows a job that was begun elsewhere, by the provider's own handle. */
  async adopt(job, options) {
    const own = checkOptions(options, pick("provider", "signal", "timeout", "onCheckpoint", "maxRetries"));
    if (typeof job !== "string") throw invalid("job", "`job` must be a job's id.");
    const info = await this.#client.info(own.provider);
    return this.#run({ provider: info.id, job, token: token(), now: Date.now() }, own).begin(own, false);
  }

  /** The jobs that a provider knows, newest first, page by page as they are read. */
  async *list(options) {
    const own = checkOptions(options, pick("provider", "signal", "timeout", "maxRetries"));
    const { id: provider } = await this.#client.info(own.provider);
    let cursor;
    do {
      const page = await this.#client.ask("list", { provider, cursor }, own);
      for (const { created_ms: createdMs, ...job } of page.jobs ?? []) {
        yield { provider, ...job, ...(createdMs === undefined ? {} : { createdMs }) };
      }
      // A page that leads to itself would be read for ever.
      cursor = page.next === cursor ? undefined : page.next;
    } while (cursor !== undefined);
  }

  /** Tells a job to finish early and keep what it has, where the provider can do that. */
  async stop(job, options) {
    await this.#act("stop", job, options);
  }

  /** Removes a job and its results at the provider, where it can do that. */
  async delete(job, options) {
    await this.#act("delete", job, options);
  }

  async #act(call, job, options) {
    const own = checkOptions(options, pick("provider", "signal", "timeout", "maxRetries"));
    if (typeof job !== "string") throw invalid("job", "`job` must be a job's id.");
    const { id: provider } = await this.#client.info(own.provider);
    await this.#client.ask(call, { provider, job }, own);
  }

  #run(open, options) {
    return new Run(this.#client, open, options);
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

