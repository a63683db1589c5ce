/**
 * One class for each thing that a caller would handle differently.
 *
 * The guards go by a mark that is the same in every realm and every copy of the package, where
 * `instanceof` is not. No error holds a key, and none shows its cause when it is written as JSON.
 */

const MARK = Symbol.for("fathom-research.error");
const FACTS = ["status", "requestId", "retryAfter", "field", "code", "provider", "checkpoint", "report"];

export class FathomError extends Error {
  /**
   * @param {string} message
   * @param {object} [facts]
   */
  constructor(message, facts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    if (facts.kind) this.kind = facts.kind;
    for (const name of FACTS) if (facts[name] !== undefined) this[name] = facts[name];
  }

  toJSON() {
    const json = { name: this.name, kind: this.kind, message: this.message };
    for (const name of FACTS) if (this[name] !== undefined) json[name] = this[name];
    return json;
  }
}
FathomError.prototype[MARK] = true;

/** Gives a class its name, which a minifier would change, and its kind. */
function named(type, name, kind) {
  Object.defineProperty(type, "name", { value: name });
  Object.defineProperty(type.prototype, "name", { value: name, configurable: true, writable: true });
  Object.defineProperty(type.prototype, "kind", { value: kind, configurable: true, writable: true });
  return type;
}
named(FathomError, "FathomError", "internal");

const KINDS = new Map();
function known(kind, type) {
  const name = kind.replace(/(^|-)(.)/g, (_, dash, letter) => letter.toUpperCase()) + "Error";
  KINDS.set(kind, named(type, name, kind));
  return type;
}

export const InvalidTaskError = known("invalid-task", class extends FathomError {});
export const UnauthorizedError = known("unauthorized", class extends FathomError {});
export const QuotaError = known("quota", class extends FathomError {});
export const RateLimitedError = known("rate-limited", class extends FathomError {});
export const UnsupportedError = known("unsupported", class extends FathomError {});
export const NotFoundError = known("not-found", class extends FathomError {});
export const RefusedError = known("refused", class extends FathomError {});
export const FailedError = known("failed", class extends FathomError {});
export const UnavailableError = known("unavailable", class extends FathomError {});
export const UnreachableError = known("unreachable", class extends FathomError {});
export const TimeoutError = known("timeout", class extends FathomError {});
export const CancelledError = known("cancelled", class extends FathomError {});
export const MalformedError = known("malformed", class extends FathomError {});
export const InternalError = known("internal", class extends FathomError {});
/** Nobody knows whether the provider has the task; it has not been sent twice. */
export const SubmitUnknownError = known("submit-unknown", class extends FathomError {});
/** The waiting has ended, not the run: its checkpoint takes it up again. */
export const PausedError = known("paused", class extends FathomError {});

/** Whether this is an error of ours, from whichever realm or copy of the package. */
export function isFathomError(error) {
  return typeof error === "object" && error !== null && error[MARK] === true;
}

/** Whether this is an error of ours and of this kind. */
export function isKind(error, kind) {
  return isFathomError(error) && error.kind === kind;
}

/** The error of a kind. */
export function ofKind(kind, message, facts) {
  const type = KINDS.get(kind) ?? InternalError;
  return new type(message, facts);
}

/** The error that an `{"error": ...}` of `/api/v1` or of the core stands for. */
export function fromWire(wire, facts) {
  const { kind, message, status, field, code, provider } = wire;
  return ofKind(kind, message || "The provider gave no reason.", {
    status,
    field,
    code,
    provider,
    requestId: wire.request_id,
    retryAfter: wire.retry_after,
    ...facts,
  });
}

/** The error of a request that did not get through, from what `transport.js` rejects with. */
export function fromFailure({ kind, message }, facts) {
  const kinds = { invalid: "invalid-task", timeout: "timeout", aborted: "cancelled" };
  return ofKind(kinds[kind] ?? "unreachable", message, facts);
}
