/** Asking again and again until something is over. */

import { isFathomError, TimeoutError } from "../errors.js";
import { sleep } from "./call.js";

/** What may be different the next time, without anybody changing anything. */
const PASSING = new Set(["rate-limited", "unavailable", "unreachable", "timeout", "internal", "malformed"]);

/**
 * Asks until `isOver`, every `interval` and no longer than `timeout`, both in milliseconds. Failures
 * that can pass are borne up to `failures` in a row; the end of the waiting ends nothing else.
 */
export async function poll(ask, isOver, { interval, timeout, failures = 5, signal, id }) {
  const end = Date.now() + timeout;
  for (let missed = 0; ; ) {
    let wait = interval;
    try {
      const found = await ask();
      if (isOver(found)) return found;
      missed = 0;
    } catch (error) {
      missed += 1;
      if (!isFathomError(error) || !PASSING.has(error.kind) || error.code === "trap" || missed >= failures) throw error;
      wait = Math.max(wait, (error.retryAfter ?? 0) * 1000);
    }
    if (Date.now() + wait > end) throw new TimeoutError(`${String(id)} was not over within ${timeout} ms. It goes on; ask for it again later.`);
    await sleep(wait, signal);
  }
}
