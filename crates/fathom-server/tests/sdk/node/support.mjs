// The program with the small library beside this folder on a free port, and a small site on another, for one test file.

import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { appendFileSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { connect, createServer as createRelay } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = process.env.FATHOM_PROGRAM;
if (!program) throw new Error("FATHOM_PROGRAM must name the built program");

/** What stays is searched for the key in the end, see `cargo xtask test secrets`. */
const traces = process.env.FATHOM_TRACES;

/** The key that every client here has. */
export const KEY = process.env.FATHOM_PLANTED_KEY ?? "any key";

const library = fileURLToPath(new URL("../library", import.meta.url));

/** A site of a few pages on this machine. */
async function serveSite() {
  const pages = {
    "/": `<html><head><title>Harbour</title><link rel="icon" href="/icon.png"></head><body><main><h1>Harbour</h1>
      <p>The harbour of Egersund handles more fish than any other harbour of the country.</p>
      <p><a href="/docs/prices">Prices of berths</a> <a href="/docs/hours">Opening hours</a> <a href="/about">About us</a></p>
      <img src="/boat.jpg"></main></body></html>`,
    "/docs/prices": `<html><head><title>Prices</title></head><body><main><h1>Prices</h1><p>A berth costs 12 crowns for every metre and night in summer.</p></main></body></html>`,
    "/docs/hours": `<html><head><title>Hours</title></head><body><main><h1>Hours</h1><p>The harbour office is open from eight to sixteen on working days.</p></main></body></html>`,
    "/about": `<html><head><title>About</title></head><body><main><h1>About</h1><p>The harbour has belonged to the municipality since 1847.</p></main></body></html>`,
  };
  const hits = [];
  const site = createServer((request, response) => {
    hits.push(request.url);
    if (request.url === "/forbidden") return response.writeHead(403).end();
    if (request.url === "/slow") return; // never answered; the client gives up
    const page = pages[request.url];
    response.writeHead(page ? 200 : 404, { "content-type": "text/html" }).end(page ?? "none");
  });
  await new Promise((done) => site.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${site.address().port}`, hits, close: () => (site.closeAllConnections(), site.close()) };
}

/** Passes everything on to the program, keeps what the program says, and notices whether the key was shown to it. */
async function relay(base, folder) {
  const { hostname, port } = new URL(base);
  const seen = { key: false };
  const server = createRelay((client) => {
    const program = connect(Number(port), hostname);
    client.on("data", (bytes) => (seen.key ||= bytes.includes(KEY)));
    program.on("data", (bytes) => appendFileSync(join(folder, "replies"), bytes));
    for (const side of [client, program]) side.on("error", () => (client.destroy(), program.destroy()));
    client.pipe(program).pipe(client);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { base: `http://127.0.0.1:${server.address().port}`, seen, close: () => server.close() };
}

/** Starts everything; `end` stops it again. */
export async function start(...flags) {
  const folder = mkdtempSync(join(traces ?? tmpdir(), "fathom-sdk-"));
  const site = await serveSite();
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("FATHOM_")));
  const child = spawn(
    program,
    ["serve", "--listen", "127.0.0.1:0", "--library", library, "--data", join(folder, "data"), ...flags],
    { env: environment, stdio: ["ignore", "pipe", openSync(join(folder, "log"), "w")] },
  );
  const [line] = await Promise.race([
    new Promise((done) => createInterface(child.stdout).once("line", (line) => done([line]))),
    new Promise((_, fail) => child.once("exit", (code) => fail(new Error(`the program ended with ${code}`)))),
  ]);
  const between = await relay(line.replace("Fathom is ready on ", ""), folder);
  const end = async () => {
    site.close();
    between.close();
    const gone = new Promise((done) => child.once("exit", done));
    child.kill("SIGKILL");
    await gone;
    if (!traces) rmSync(folder, { recursive: true, force: true });
    if (traces && !between.seen.key) throw new Error("no client has shown the key");
  };
  return { base: between.base, site, end };
}

/** Flags that let the program read the small site. */
export const LIVE = ["--live", "--live-allow-loopback", "--live-pause", "0"];

/** Everything that an async iterator yields. */
export async function collect(iterator) {
  const all = [];
  for await (const item of iterator) all.push(item);
  return all;
}
