/** Why a gateway does not pass something on, in the form in which the program says it. */

const STATUS = {
  "invalid-task": 400,
  unauthorized: 401,
  refused: 403,
  "not-found": 404,
  unsupported: 405,
  internal: 500,
  unreachable: 502,
  timeout: 504,
};

/** Thrown inside the handler, and answered by it. */
export class Refusal extends Error {
  /** @param {{status: number, error: {kind: string, message: string}}} said */
  constructor({ status, error }) {
    super(error.message);
    this.status = status;
    this.error = error;
  }
}

/** A refusal of the handler itself. */
export function refused(kind, message, provider) {
  const error = { kind, message, ...(provider === undefined ? {} : { provider }) };
  return new Refusal({ status: STATUS[kind], error });
}

/** The answer that says so. */
export function told({ status, error }, id) {
  const headers = { "content-type": "application/json" };
  if (status === 401) {
    headers["www-authenticate"] = "Bearer";
  }
  return new Response(JSON.stringify({ error: { ...error, request_id: id } }), { status, headers });
}
