// A file server for the bench page, on loopback and a free port.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** Serves each folder of `roots` under its prefix, and `texts` as given; resolves to `{ url, close }`. */
export async function serve(roots, texts) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    try {
      const body = texts[path] ?? (await readFile(place(roots, path)));
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

function place(roots, path) {
  const prefix = Object.keys(roots).find((start) => path.startsWith(start));
  if (!prefix) throw new Error(`nothing is served at ${path}`);
  const inside = normalize(path.slice(prefix.length));
  if (inside.startsWith("..")) throw new Error(`${path} leaves its folder`);
  return join(roots[prefix], inside);
}
