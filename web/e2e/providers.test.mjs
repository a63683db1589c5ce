// Asking at providers: two programs stand for the world. One researches and speaks a vendor's
// protocol; the other hosts the app, and its gateway takes the first for the vendor.

import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { AskPage } from "./pages/ask.mjs";
import { HistoryPage } from "./pages/history.mjs";
import { RunPage } from "./pages/run.mjs";
import { violations } from "./support/axe.mjs";
import { launch, watchedPage } from "./support/browser.mjs";
import { Fathom, TRACES } from "./support/fathom.mjs";

const QUESTION = "What are the main exports of Norway?";
const KEY = process.env.FATHOM_PLANTED_KEY ?? "planted-key-7f3a9c";

let vendor;
let mute;
let fathom;
let browser;
let context;

before(async () => {
  vendor = await Fathom.start();
  mute = await hangingUp();
  const tavily = `http://127.0.0.1:${mute.address().port}`;
  fathom = await Fathom.start({
    env: { FATHOM_EXA_URL: `${vendor.url}/local/exa`, FATHOM_TAVILY_URL: tavily, TAVILY_API_KEY: KEY },
  });
  await Promise.all([vendor.indexed(), fathom.indexed()]);
  browser = await launch();
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
});

after(async () => {
  await browser?.close();
  await fathom?.stop();
  await vendor?.stop();
  mute?.close();
});

/** Somebody who takes a request and never answers it. */
function hangingUp() {
  const server = createServer((socket) => socket.once("data", () => socket.destroy()).on("error", () => {}));
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

async function opened() {
  const { page, faults } = await watchedPage(context, fathom.url);
  page.setDefaultTimeout(15_000);
  const ask = new AskPage(page, fathom.url);
  await ask.open();
  return { page, faults, ask, run: new RunPage(page, fathom.url) };
}

test("a key for this visit reaches the gateway and nothing else", async () => {
  const { page, faults, ask, run } = await opened();
  await ask.choose(["Exa Agent"]);
  await page.getByText("EXA_API_KEY").waitFor();
  await page.getByLabel(/The program has no key for Exa/).fill(KEY);
  await page.getByRole("button", { name: "Use it" }).click();
  await page.getByText("EXA_API_KEY").waitFor({ state: "detached" });
  assert.deepEqual(await violations(page), []);

  await ask.ask(QUESTION);
  await run.done();
  assert.match(await run.text(), /petroleum/);
  assert.ok((await run.sources.count()) > 0);
  assert.deepEqual(await violations(page), []);

  const kept = await page.evaluate(async () => {
    const stored = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store).getAll();
        stored.push(await new Promise((resolve) => (all.onsuccess = () => resolve(JSON.stringify(all.result)))));
      }
      database.close();
    }
    return stored.join("\n") + document.documentElement.outerHTML;
  });
  if (TRACES) appendFileSync(join(TRACES, "kept.txt"), kept);
  assert.ok(kept.includes("petroleum"), "the run is kept");
  assert.ok(!kept.includes(KEY), "the key is not");
  assert.ok(!fathom.log.includes(KEY) && !vendor.log.includes(KEY), "no log names it");
  assert.deepEqual(faults, []);
  await page.close();
});

test("one provider that hangs up leaves the other's report whole", async () => {
  const { page, ask } = await opened();
  await ask.choose(["Local library", "Tavily"]);
  await ask.question.fill(QUESTION);
  await ask.send.click();
  await page.waitForURL(/\/together\//);
  const line = (name) => page.getByRole("listitem").filter({ has: page.getByRole("link", { name }) });
  await line("Local library").getByText(/Done: /).waitFor();
  await line("Tavily").getByText("It is not known whether the question arrived.").waitFor();
  assert.deepEqual(await violations(page), []);

  await line("Tavily").getByRole("link").click();
  await page.getByText("asking again could be billed twice").first().waitFor();
  await page.getByRole("button", { name: "Take it over" }).waitFor();

  await page.getByRole("link", { name: "History" }).click();
  await page.getByRole("listitem").filter({ hasText: "not known whether it arrived" }).first().waitFor();
  await page.close();
});

test("what a provider would refuse is said at the field while it is written", async () => {
  const { page, ask } = await opened();
  await ask.choose(["Extruct"]);
  await ask.question.fill(QUESTION);
  await page.locator(".row select").selectOption("fields");
  const properties = Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`f${at}`, { type: "string" }]));
  await page.getByRole("textbox", { name: /schema/i }).fill(JSON.stringify({ type: "object", properties }));
  await page.locator("#output_schema-problem").getByText(/50/).waitFor();
  await ask.send.click();
  assert.equal(new URL(page.url()).pathname, "/");
  await page.close();
});

test("a run that was begun elsewhere is taken over by its id", async () => {
  const begun = await fetch(`${vendor.url}/local/exa/agent/runs`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": "any" },
    body: JSON.stringify({ query: QUESTION }),
  });
  const { id } = await begun.json();
  const { page, ask, run } = await opened();
  await ask.choose(["Exa Agent"]);
  await page.getByLabel(/The program has no key for Exa/).fill(KEY);
  await page.getByRole("button", { name: "Use it" }).click();
  await page.getByRole("link", { name: "History" }).click();
  const history = new HistoryPage(page, fathom.url);
  await history.takeOver("Exa Agent", id);
  await run.done();
  assert.equal((await run.title.textContent()).trim(), QUESTION);
  assert.match(await run.text(), /petroleum/);
  await page.close();
});
