// Reading requests and writing replies.

/** The body of a request: JSON where it is, else text. */
export async function readBody(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const text = Buffer.concat(pieces).toString();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A reply in JSON. */
export function json(response, status, value, headers = {}) {
  response.writeHead(status, { "content-type": "application/json", "x-request-id": "req-fault-1", ...headers });
  response.end(JSON.stringify(value));
}

/** A stream of events, its head sent. */
export function openStream(response) {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.flushHeaders();
}

/** Writes and waits until it has left. */
export const flush = (response, bytes) => new Promise((done) => response.write(bytes, done));

/** Breaks the connection off. What was written before still arrives. */
export function breakOff(response) {
  response.socket?.end(() => response.socket?.destroy());
}
