/** The events of a run, kept for those who come late. */

/** The most events that are kept; the first ones go when a run tells more. */
const KEPT = 100_000;

export class Log {
  #events = [];
  #first = 0;

  add(event) {
    this.#events.push(event);
    if (this.#events.length > KEPT) {
      const gone = KEPT >> 1;
      this.#events.splice(0, gone);
      this.#first += gone;
    }
  }

  /** The event at this place in the run, or the first that is kept after it. */
  at(place) {
    return this.#events[Math.max(0, place - this.#first)];
  }

  /** The place after the last event. */
  get end() {
    return this.#first + this.#events.length;
  }

  /** The place of the first event that is kept. */
  get first() {
    return this.#first;
  }
}

/** An event as JavaScript reads it, from what the core tells; nothing for what is no event. */
export function eventOf(notice, errorOf) {
  switch (notice.type) {
    case "event": {
      const { id, at_ms: atMs, event } = notice.record;
      return { ...event, id, atMs };
    }
    case "status":
      return { type: "status-changed", status: notice.status };
    case "word":
      return { type: "word-changed", word: notice.word };
    case "cost":
      return { type: "cost-changed", cost: notice.cost };
    case "trouble":
      return { type: "trouble-met", error: errorOf(notice.error), waitMs: notice.wait };
    default:
      return undefined;
  }
}
