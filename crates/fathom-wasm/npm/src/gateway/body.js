/**
 * The body of a request. It is read whole within its route's limit before anything is sent, because a
 * vendor should see one request or none: to create a run costs money.
 */
import { refused } from "./refusal.js";

/** Begins to read the body, far enough to know whether there is one. */
export async function open(request) {
  const reader = request.body?.getReader();
  if (!reader) {
    return { framing: [] };
  }
  if (request.headers.has("content-length")) {
    return { reader, framing: [] };
  }
  // Hosts hide how a body without a length was framed, and some make an empty one of none.
  const first = await next(reader);
  if (!first) {
    return { framing: [], length: 0 };
  }
  const framing = request.headers.has("transfer-encoding") ? [] : [["transfer-encoding", "chunked"]];
  return { reader, first, framing };
}

/** Reads the rest, and stops where it is more than `most` bytes. `refuse` says so. */
export async function whole({ reader, first }, most, refuse) {
  const pieces = [];
  let size = 0;
  for (let piece = first ?? (await next(reader)); piece; piece = await next(reader)) {
    size += piece.byteLength;
    if (size > most) {
      reader.cancel().catch(() => {});
      refuse();
    }
    pieces.push(piece);
  }
  return size === 0 ? undefined : joined(pieces, size);
}

async function next(reader) {
  for (;;) {
    const { done, value } = (await reader?.read().catch(broken)) ?? { done: true };
    if (done || value.byteLength > 0) {
      return done ? undefined : value;
    }
  }
}

function broken() {
  throw refused("invalid-task", "The body broke off.");
}

function joined(pieces, size) {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}
