/** The loop between a machine of the core and the world. */

import { guard } from "./wasm.js";
import { send, within } from "./transport.js";

/**
 * Wishes from outside, which may come while the machine waits for something.
 */
export class Wishes {
  cancelled = false;
  paused = false;
  /** Whether the machine only waits for a time to pass. */
  waiting = false;
  #granted = false;
  #wake;

  cancel() {
    this.cancelled = true;
    this.#wake?.();
  }

  pause() {
    this.paused = true;
    this.#wake?.();
  }

  /** What `work` yields, or nothing when a wish comes first. */
  race(work) {
    return new Promise((resolve) => {
      this.#wake = () => resolve(undefined);
      work.then(resolve);
    });
  }

  /** Tells the machine what has been wished since; each wish once. */
  grant(machine) {
    if (this.cancelled && !this.#granted) {
      this.#granted = true;
      machine.cancel();
    }
    if (this.paused) machine.pause();
  }
}

/**
 * Carries a machine to its end and returns the outcome.
 *
 * @param {{machine: object, generation: number, wishes: Wishes,
 *   fetch?: typeof fetch, timeout?: number, idle: () => boolean,
 *   tell: (notice: object) => unknown, sent: (request: object, reply: object) => void}} world
 *   `tell` is waited for, so that a checkpoint is stored before the request that it announces leaves;
 *   `idle` says whether nobody waits for anything any more.
 */
export async function drive(world) {
  const { machine, generation, wishes, tell } = world;
  const ask = (work) => guard(generation, work);
  const line = new Line(world);
  try {
    for (;;) {
      ask(() => wishes.grant(machine));
      const step = JSON.parse(ask(() => machine.step()));
      if (step.do === "done") return step.outcome;
      if (step.do === "tell") {
        const told = tell(step.notice);
        if (told) await told;
      } else if (step.do !== "read" && world.idle()) {
        wishes.pause();
      } else {
        wishes.waiting = step.do === "wait";
        const input = await wishes.race(line.work(step));
        if (input) ask(() => line.hand(machine, input));
      }
    }
  } finally {
    line.drop();
  }
}

/** The request under way, or the wait. */
class Line {
  #world;
  #controller;
  #reply;
  #work;

  constructor(world) {
    this.#world = world;
  }

  /** What is waited for; reading on keeps what is under way. */
  work(step) {
    if (step.do !== "read") this.drop();
    this.#work ??= this[step.do](step);
    return this.#work;
  }

  /** Tells the machine what happened. */
  hand(machine, [what, ...facts]) {
    this.#work = undefined;
    machine[what](...facts);
  }

  async send({ request, limit }) {
    const { fetch, timeout = Infinity, sent } = this.#world;
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    const begun = Date.now();
    try {
      this.#reply = await send(request, { fetch, signal, limit: Math.min(limit, timeout) });
      sent(request, { status: this.#reply.status, ms: Date.now() - begun });
      return ["head", this.#reply.status, JSON.stringify(this.#reply.headers)];
    } catch ({ kind, message }) {
      sent(request, { kind, ms: Date.now() - begun });
      return ["failed", kind, message];
    }
  }

  async read({ limit }) {
    try {
      const piece = await this.#reply.body.next(limit);
      return piece ? ["chunk", piece] : ["end"];
    } catch ({ kind, message }) {
      return ["failed", kind, message];
    }
  }

  async wait({ wait }) {
    this.#controller = new AbortController();
    await within(new Promise(() => {}), { limit: wait, signal: this.#controller.signal }).catch(() => {});
    return ["woke"];
  }

  /** Gives up the request or the wait. */
  drop() {
    this.#controller?.abort();
    this.#reply?.body.cancel();
    this.#controller = this.#reply = this.#work = undefined;
  }
}
