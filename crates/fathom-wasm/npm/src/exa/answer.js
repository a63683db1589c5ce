/** Answers and searches as they are written. */

import { fromWire } from "../errors.js";

/** A piece of text, or citations, from an event of a stream; nothing from others. */
export function piece({ data }) {
  if (typeof data !== "object" || data === null) return undefined;
  if (data.error) throw failure(data);
  const content = data.choices?.[0]?.delta?.content;
  const citations = Array.isArray(data.citations) ? data.citations.map(citation) : undefined;
  return content || citations ? { content, citations } : undefined;
}

function citation({ id, url, title, publishedDate, author, text }) {
  return { id, url, title, publishedDate, author, text };
}

function failure({ error, tag, requestId }) {
  const message = typeof error === "string" ? error : error.message;
  const code = tag ?? error.code ?? error.type;
  return fromWire({ kind: "failed", message, code, request_id: requestId, provider: "exa" });
}
