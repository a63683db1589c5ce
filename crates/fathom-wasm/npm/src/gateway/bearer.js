/** The simplest way to say who may ask: those who know a word. */
import { InvalidTaskError } from "../errors.js";

/** An `authorize` that lets those through who send `Authorization: Bearer TOKEN`. */
export function bearer(token) {
  if (typeof token !== "string" || token.trim() === "") {
    throw new InvalidTaskError("The token is empty; set it where the gateway runs.", { field: "token" });
  }
  const wanted = token.trim();
  return async (request) => {
    const given = /^Bearer +(\S.*)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
    return given !== undefined && same(given.trim(), wanted);
  };
}

/** Compares digests, so that the time it takes says nothing about the token. */
async function same(a, b) {
  const digest = async (text) =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const [left, right] = await Promise.all([digest(a), digest(b)]);
  return left.reduce((difference, byte, at) => difference | (byte ^ right[at]), 0) === 0;
}
