/** The request to the vendor. */
import { refused } from "./refusal.js";

/** Sends it, and waits for the head of the reply. */
export function sent(settings, request, forward, body, vendor) {
  const { method, url, headers } = forward;
  const controller = new AbortController();
  let over = false;
  let timer;
  return new Promise((resolve, reject) => {
    const stop = (refusal) => {
      over = true;
      clearTimeout(timer);
      controller.abort();
      reject(refusal);
    };
    const seconds = Math.ceil(settings.timeout / 1000);
    const late = () => stop(refused("timeout", `The vendor did not begin to answer within ${seconds} s.`, vendor));
    timer = setTimeout(late, settings.timeout);
    // A client that goes away ends the exchange, also while the reply is being passed on.
    const gone = () => stop(refused("unreachable", "The client has gone away."));
    if (request.signal?.aborted) {
      return gone();
    }
    request.signal?.addEventListener("abort", gone, { once: true });
    // Redirects come back as they are and are refused: the key would travel with them.
    const init = { method, headers, body, redirect: "manual", signal: controller.signal };
    const reply = new Promise((resolve) => resolve(settings.fetch(url, init)));
    reply
      .then(
        (reply) => (over ? reply.body?.cancel() : resolve(checked(reply, vendor))),
        // What went wrong is not repeated: it may hold more than the client should know.
        () => reject(unreachable(vendor)),
      )
      .catch(reject)
      .finally(() => clearTimeout(timer));
  });
}

/** A fetch that somebody brought along may answer with anything. */
function checked(reply, vendor) {
  if (typeof reply?.status !== "number" || typeof reply.headers?.[Symbol.iterator] !== "function") {
    throw unreachable(vendor);
  }
  return reply;
}

function unreachable(vendor) {
  return refused("unreachable", "The vendor could not be reached, or broke off before it answered.", vendor);
}
