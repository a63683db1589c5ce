/** What went wrong, to branch on. New kinds may come with a minor version. */
export type ErrorKind =
  /** The task or a setting cannot be accepted as it is; `field` says which part. */
  | "invalid-task"
  /** The key or token is missing, wrong, or cannot be sent. */
  | "unauthorized"
  /** The credit or plan is used up. */
  | "quota"
  /** Too many requests or runs; try again after `retryAfter` seconds. */
  | "rate-limited"
  /** The provider cannot do this at all. */
  | "unsupported"
  /** The run, document or page does not exist. */
  | "not-found"
  /** The provider understood and will not do it. */
  | "refused"
  /** The run itself failed at the provider. */
  | "failed"
  /** The provider answered that it cannot serve right now. */
  | "unavailable"
  /** No answer: the network, a proxy or the server is down. */
  | "unreachable"
  /** No answer in time. */
  | "timeout"
  /** Ended by the person who asked. */
  | "cancelled"
  /** The answer could not be read. */
  | "malformed"
  /** A fault on the answering side or in this package. */
  | "internal"
  /** Nobody knows whether the provider has the task; it has not been sent twice. */
  | "submit-unknown"
  /** The waiting has ended, not the run. */
  | "paused";

/** What is known about an error beside its message. */
export interface ErrorFacts {
  /** Overrides the kind of the class. */
  kind?: ErrorKind;
  /** The HTTP status that was answered. */
  status?: number;
  /** The id under which the answering side logged the request. */
  requestId?: string;
  /** Seconds after which to try again. */
  retryAfter?: number;
  /** The field of the task or the setting that is at fault. */
  field?: string;
  /** The answering side's own word for the case. */
  code?: string;
  /** The provider that was asked. */
  provider?: string;
  /** What takes the run up again. */
  checkpoint?: import("./index.js").Checkpoint;
  /** What a cancelled run had found. */
  report?: import("./index.js").Report;
  /** What this came from. It is not part of the JSON form. */
  cause?: unknown;
}

/**
 * Every error of this package. Branch on `kind`, show `message`.
 * No error holds a key, and `toJSON` leaves the cause out.
 */
export class FathomError extends Error {
  constructor(message: string, facts?: ErrorFacts);
  readonly kind: ErrorKind;
  readonly status?: number;
  readonly requestId?: string;
  readonly retryAfter?: number;
  readonly field?: string;
  readonly code?: string;
  readonly provider?: string;
  readonly checkpoint?: import("./index.js").Checkpoint;
  readonly report?: import("./index.js").Report;
  toJSON(): Omit<ErrorFacts, "cause"> & { name: string; kind: ErrorKind; message: string };
}

/** The task or a setting cannot be accepted as it is. */
export class InvalidTaskError extends FathomError {
  readonly kind: "invalid-task";
}
/** The key or token is missing, wrong, or cannot be sent. */
export class UnauthorizedError extends FathomError {
  readonly kind: "unauthorized";
}
/** The credit or plan is used up. */
export class QuotaError extends FathomError {
  readonly kind: "quota";
}
/** Too many requests or runs. */
export class RateLimitedError extends FathomError {
  readonly kind: "rate-limited";
}
/** The provider cannot do this at all. */
export class UnsupportedError extends FathomError {
  readonly kind: "unsupported";
}
/** The run, document or page does not exist. */
export class NotFoundError extends FathomError {
  readonly kind: "not-found";
}
/** The provider understood and will not do it. */
export class RefusedError extends FathomError {
  readonly kind: "refused";
}
/** The run itself failed at the provider. */
export class FailedError extends FathomError {
  readonly kind: "failed";
}
/** The provider answered that it cannot serve right now. */
export class UnavailableError extends FathomError {
  readonly kind: "unavailable";
}
/** No answer: the network, a proxy or the server is down. */
export class UnreachableError extends FathomError {
  readonly kind: "unreachable";
}
/** No answer in time. */
export class TimeoutError extends FathomError {
  readonly kind: "timeout";
}
/** Ended by the person who asked; `report` holds what had been found, where the provider keeps it. */
export class CancelledError extends FathomError {
  readonly kind: "cancelled";
}
/** The answer could not be read. */
export class MalformedError extends FathomError {
  readonly kind: "malformed";
}
/** A fault on the answering side or in this package. */
export class InternalError extends FathomError {
  readonly kind: "internal";
}
/**
 * Nobody knows whether the provider has the task: the answer to the submission was lost, and the job
 * could not be found. It has not been sent a second time, because it may be paid for twice. Look at
 * the provider's own list; `runs.adopt(job, ...)` follows a job that is found there.
 */
export class SubmitUnknownError extends FathomError {
  readonly kind: "submit-unknown";
}
/**
 * The waiting has ended, not the run: `runs.resume(error.checkpoint)`, or waiting again on the same
 * handle, takes it up. `cause` says why the waiting ended.
 */
export class PausedError extends FathomError {
  readonly kind: "paused";
}

/** Whether this is an error of this package, from whichever realm or copy of it. */
export function isFathomError(error: unknown): error is FathomError;

/** Whether this is an error of this package and of this kind, from whichever realm or copy of it. */
export function isKind<K extends ErrorKind>(error: unknown, kind: K): error is FathomError & { readonly kind: K };
