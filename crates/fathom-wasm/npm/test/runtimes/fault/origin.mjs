// What a browser needs in its own origin: the program behind a reverse proxy, and files.

import { readFile } from "node:fs/promises";
import { request as send } from "node:http";
import { extname, join, normalize } from "node:path";
import { breakOff } from "./wire.mjs";

/** Passes a request on as it is; the program sees its own address as host and no origin. */
export function forward(target, request, response) {
  const { host: _, origin: __, connection: ___, ...headers } = request.headers;
  const onward = send(target, { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  onward.once("error", () => breakOff(response));
  response.once("close", () => onward.destroy());
  request.pipe(onward);
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };

/** Sends a file below `folder`. */
export async function serveFile(folder, path, response) {
  const file = join(folder, normalize(path));
  const bytes = await readFile(file).catch(() => undefined);
  if (!bytes) return response.writeHead(404).end();
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  return response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(bytes);
}

/** The strictest policy under which the module still works. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
