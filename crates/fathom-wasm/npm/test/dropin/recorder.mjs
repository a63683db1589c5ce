// Stands before the program, passes everything on, and remembers what was asked.

import { once } from "node:events";
import { createServer, request } from "node:http";

export async function recorder(target) {
  let asked = [];
  const server = createServer((incoming, outgoing) => {
    const entry = { method: incoming.method, target: incoming.url, accept: incoming.headers.accept, body: "" };
    asked.push(entry);
    const headers = { ...incoming.headers, host: new URL(target).host };
    const onward = request(target + incoming.url, { method: incoming.method, headers }, (reply) => {
      outgoing.writeHead(reply.statusCode, reply.headers);
      reply.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => onward.destroy());
    incoming.on("data", (piece) => (entry.body += piece));
    incoming.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  /** What was asked since the last time, with the bodies as values. */
  const taken = () => {
    const all = asked.map(({ method, target, body }) => ({ method, ...parts(target), body: body === "" ? null : JSON.parse(body) }));
    asked = [];
    return all;
  };
  const end = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { base: `http://127.0.0.1:${server.address().port}`, taken, end };
}

/** A path, and the query as names and values. */
function parts(target) {
  const { pathname, searchParams } = new URL(target, "http://any");
  return { path: decodeURIComponent(pathname), query: Object.fromEntries(searchParams) };
}
