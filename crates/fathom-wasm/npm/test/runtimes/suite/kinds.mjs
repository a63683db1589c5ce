/** The class of every kind of error. */
export const CLASSES = {
  "invalid-task": "InvalidTaskError",
  unauthorized: "UnauthorizedError",
  quota: "QuotaError",
  "rate-limited": "RateLimitedError",
  unsupported: "UnsupportedError",
  "not-found": "NotFoundError",
  refused: "RefusedError",
  failed: "FailedError",
  unavailable: "UnavailableError",
  unreachable: "UnreachableError",
  timeout: "TimeoutError",
  cancelled: "CancelledError",
  malformed: "MalformedError",
  internal: "InternalError",
};
