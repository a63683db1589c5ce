/**
 * A run, as its user holds it.
 *
 * The run is followed only while somebody waits for it: a wait, a reader of events, a cancellation.
 * Nobody's leaving ends it at the provider, and a submission under way is always seen through, because
 * an answer that is lost may be a job that is paid for twice.
 */

import * as exports from "../dist/wasm/core.js";
import { drive, Wishes } from "./drive.js";
import { CancelledError, FathomError, InternalError, PausedError, SubmitUnknownError, fromWire } from "./errors.js";
import { Log, eventOf } from "./log.js";
import { checkOptions, pick, reportFrom } from "./task.js";
import { core, guard } from "./wasm.js";
import { within } from "./transport.js";

/** Failures in a row, while no job is known, after which the waiting ends unless `maxRetries` says otherwise. */
const TRIES = 5;
/**
 * How long a run that was just begun is followed although nobody waits yet, in milliseconds: whoever
 * begins a run mostly waits for it next, and a stream that is open is better kept.
 */
const LINGER = 2_000;
/** Faults of this package itself, which are told as what they are. */
const FAULTS = new Set(["trap", "outdated", "not-loaded"]);
/** How a waiting can end from this side, in the words of the transport. */
const LEFT = new Set(["aborted", "timeout"]);

export class Run {
  #client;
  #open;
  #options;
  #checkpoint;
  #outcome;
  #status = "queued";
  #cost;
  #log = new Log();
  #parties = new Set();
  #following;
  #wishes;
  #troubles = 0;
  #wantsCancel = false;
  #lingering;

  /** Only the client makes these. */
  constructor(client, open, options) {
    this.#client = client;
    this.#open = open;
    this.#options = options;
    this.#checkpoint = open.checkpoint;
  }

  /** The provider that was asked. */
  get provider() {
    return this.#open.provider;
  }

  /** The provider's own handle, once it is known. */
  get job() {
    return this.#checkpoint?.job;
  }

  /** The report, once the run has ended with one; also what a cancelled run had found. */
  get report() {
    return this.#outcome?.report;
  }

  /** How the run ended; nothing while it has not. */
  get outcome() {
    return this.#outcome;
  }

  /** What it has cost so far, where the provider says so. */
  get cost() {
    return this.#outcome?.report?.cost ?? this.#cost;
  }

  /** What takes the run up again in another process, on another day. It holds no key. */
  checkpoint() {
    return this.#checkpoint && structuredClone(this.#checkpoint);
  }

  /** Waits for the end and returns the report. */
  async wait(options) {
    const outcome = await this.settle(options);
    switch (outcome.type) {
      case "completed":
        return outcome.report;
      case "cancelled":
        throw new CancelledError("The run was cancelled.", { report: outcome.report, checkpoint: this.checkpoint() });
      default:
        throw outcome.error;
    }
  }

  /** Waits for the end and says which it was. Only an end of the waiting itself rejects. */
  async settle(options) {
    const { onEvent, ...until } = checkOptions(options, pick("signal", "timeout", "onEvent"));
    let place = this.#log.first;
    return this.#attend(until, (fail) => {
      for (; onEvent && place < this.#log.end; place += 1) {
        const told = onEvent(this.#log.at(place));
        if (typeof told?.then === "function") told.then(undefined, fail);
      }
    });
  }

  /** All events from the first on, and then as they come; leaving the loop does not end the run. */
  async *events(options) {
    const until = checkOptions(options, pick("signal", "timeout"));
    const leave = new AbortController();
    let place = this.#log.first;
    let wake;
    let ended = false;
    let failure;
    const over = this.#attend(until, () => wake?.(), leave.signal).then(
      (outcome) => {
        if (outcome?.type === "submit-unknown") failure = [outcome.error];
      },
      (error) => (failure = [error]),
    );
    over.then(() => {
      ended = true;
      wake?.();
    });
    try {
      for (;;) {
        for (place = Math.max(place, this.#log.first); place < this.#log.end; place += 1) yield this.#log.at(place);
        if (ended) break;
        await new Promise((resolve) => {
          wake = resolve;
          if (ended || place < this.#log.end) resolve();
        });
      }
      if (failure) throw failure[0];
    } finally {
      leave.abort();
    }
  }

  /** Ends the run at the provider, and waits for that. */
  async cancel(options) {
    const until = checkOptions(options, pick("signal", "timeout"));
    this.#wantsCancel = true;
    this.#wishes?.cancel();
    return this.#attend(until, () => {});
  }

  /** Asks the provider how the run stands. */
  async status(options) {
    const { signal } = checkOptions(options, pick("signal", "timeout"));
    if (this.#outcome) return this.#status;
    if (!this.#following && this.job && this.#checkpoint.stage === "submitted") {
      const told = await this.#client.ask("poll", { provider: this.provider, job: this.job }, { ...options, signal });
      if (told.status) this.#status = told.status;
    }
    return this.#status;
  }

  /** Begins the run, and returns when the provider has it or when there is an end. For the client only. */
  async begin(options, isImmediate) {
    const begun = new AbortController();
    const enough = () => {
      const { stage } = this.#checkpoint ?? {};
      if (stage !== "submitted" && !(isImmediate && stage)) return;
      this.#linger();
      begun.abort();
    };
    const outcome = await this.#attend(options, enough, begun.signal);
    if (outcome?.error) throw outcome.error;
    return this;
  }

  /** Ends all waiting, for the client that is closed. */
  async close(error) {
    this.#leaveAll(this.#paused(error));
    this.#rest();
    await this.#following;
  }

  /**
   * Takes part until the run ends, the time is up, the signal aborts, or `leave` does.
   * `look` is called whenever there is something new; what it throws ends only this waiting.
   */
  async #attend({ signal, timeout }, look, leave) {
    this.#client.checkOpen();
    if (this.#outcome) {
      look(() => {});
      return this.#outcome;
    }
    if (signal?.aborted) throw signal.reason;
    const party = this.#party(look);
    leave?.addEventListener("abort", () => party.end(undefined), { once: true });
    this.#leave();
    party.look();
    this.#follow();
    try {
      return await within(party.done, { limit: timeout, signal });
    } catch (cause) {
      if (cause instanceof Error || !LEFT.has(cause?.kind)) throw cause;
      if (cause.kind === "aborted") throw signal.reason;
      throw this.#paused(new PausedError("The time to wait has passed; the run goes on.", { code: "timeout" }));
    } finally {
      this.#parties.delete(party);
      this.#rest();
    }
  }

  /** Stands in for whoever will wait next, for a while. */
  #linger() {
    const party = { look() {}, end: () => this.#leave(), fail: () => this.#leave() };
    const timer = setTimeout(() => party.end(), LINGER);
    timer?.unref?.();
    this.#lingering = { party, timer };
    this.#parties.add(party);
  }

  #leave() {
    clearTimeout(this.#lingering?.timer);
    this.#parties.delete(this.#lingering?.party);
    this.#lingering = undefined;
    this.#rest();
  }

  /** Somebody who waits. Whoever is done is gone at once, so that nothing more is asked for them. */
  #party(look) {
    const party = {};
    party.done = new Promise((resolve, reject) => {
      const through = (settle) => (value) => {
        this.#parties.delete(party);
        settle(value);
      };
      party.end = through(resolve);
      party.fail = through(reject);
    });
    party.look = () => {
      try {
        look(party.fail);
      } catch (cause) {
        party.fail(cause);
      }
    };
    this.#parties.add(party);
    return party;
  }

  #follow() {
    if (this.#following || this.#outcome) return;
    this.#troubles = 0;
    this.#following = this.#followed().then((outcome) => this.#ended(outcome));
  }

  /** One machine from its beginning to its end; never rejects. */
  async #followed() {
    let machine;
    let generation;
    try {
      this.#client.add(this);
      const { provider } = this;
      const settings = await this.#client.opened(this.#checkpoint ? { provider, checkpoint: this.#checkpoint } : this.#open);
      ({ generation } = await core());
      machine = guard(generation, () => new exports.Machine(settings));
      const refused = guard(generation, () => machine.error());
      if (refused) return { type: "refused", error: JSON.parse(refused) };
      this.#wishes = new Wishes();
      if (this.#wantsCancel) this.#wishes.cancel();
      return await drive({
        ...this.#client.transport(),
        machine,
        generation,
        wishes: this.#wishes,
        idle: () => !this.#parties.size,
        tell: (notice) => this.#told(notice),
      });
    } catch (cause) {
      return { type: "stopped", cause };
    } finally {
      this.#wishes = undefined;
      this.#client.remove(this);
      try {
        if (machine) guard(generation, () => machine.free());
      } catch {
        // A machine of a broken instance is gone already.
      }
    }
  }

  /** Takes in what the machine tells. A checkpoint is stored before the machine goes on. */
  #told(notice) {
    if (notice.type === "checkpoint") return this.#saved(notice.checkpoint);
    if (notice.type === "status") this.#status = notice.status;
    if (notice.type === "cost") this.#cost = notice.cost;
    if (notice.type === "event" && notice.record.event.type === "run-started") this.#status = "running";
    this.#troubles = notice.type === "trouble" ? this.#troubles + 1 : 0;
    const event = eventOf(notice, fromWire);
    if (event) this.#log.add(event);
    for (const party of this.#parties) party.look();
    if (event?.type === "trouble-met" && this.#troubles > this.#tries()) throw event.error;
  }

  async #saved(checkpoint) {
    this.#checkpoint = checkpoint;
    await this.#options.onCheckpoint?.(structuredClone(checkpoint));
    for (const party of this.#parties) party.look();
    this.#rest();
  }

  #tries() {
    return this.#options.maxRetries ?? this.#client.maxRetries ?? (this.job ? Infinity : TRIES);
  }

  /** The machine is at its end. */
  #ended(outcome) {
    this.#following = undefined;
    const error = outcome.error && fromWire(outcome.error, { checkpoint: this.checkpoint() });
    switch (outcome.type) {
      case "completed":
      case "cancelled":
        return this.#concluded({ type: outcome.type, report: reportFrom(outcome.report) }, outcome.type);
      case "failed":
        return this.#concluded({ type: "failed", error }, "failed");
      case "submit-unknown":
        return this.#concluded({ type: "submit-unknown", error: this.#unknown(error), checkpoint: this.checkpoint() }, "submit-unknown");
      case "refused":
        return this.#leaveAll(error);
      case "stopped":
        return this.#stopped(outcome.cause);
      default:
        // Somebody may have come while the machine was put to rest.
        return error ? this.#stopped(error) : this.#parties.size ? this.#follow() : undefined;
    }
  }

  #concluded(outcome, status) {
    this.#outcome = outcome;
    this.#status = status;
    for (const party of [...this.#parties]) {
      party.look();
      party.end(outcome);
    }
  }

  /** The waiting cannot go on, for a reason that is not the run's. */
  #stopped(cause) {
    if (cause instanceof InternalError && cause.code === "outdated" && this.#parties.size) return this.#follow();
    return this.#leaveAll(this.#paused(cause));
  }

  #leaveAll(error) {
    for (const party of [...this.#parties]) party.fail(error);
  }

  #unknown(cause) {
    const { message, provider } = cause;
    return new SubmitUnknownError(message, { cause, provider, checkpoint: this.checkpoint() });
  }

  /** What a waiting ends with that says nothing about the run. */
  #paused(cause) {
    if (cause instanceof PausedError || (cause instanceof InternalError && FAULTS.has(cause.code))) {
      cause.checkpoint ??= this.checkpoint();
      return cause;
    }
    const message = cause instanceof FathomError ? cause.message : "The waiting has ended.";
    return new PausedError(message, { cause, checkpoint: this.checkpoint(), provider: this.provider });
  }

  /** Nobody waits any more: what is under way is given up, unless it is a submission. */
  #rest() {
    if (this.#parties.size || !this.#wishes) return;
    if (this.#wishes.waiting || this.#checkpoint?.stage === "submitted") this.#wishes.pause();
  }
}
