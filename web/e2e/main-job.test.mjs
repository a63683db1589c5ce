// The main job: ask, watch, read, check a claim, come back; and what may go wrong in between.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { AskPage } from "./pages/ask.mjs";
import { HistoryPage } from "./pages/history.mjs";
import { RunPage } from "./pages/run.mjs";
import { SourcePage } from "./pages/source.mjs";
import { Api } from "./support/api.mjs";
import { launch, watchedPage } from "./support/browser.mjs";
import { collapse } from "./support/claims.mjs";
import { Fathom } from "./support/fathom.mjs";

const COMPARE = "Compare the population, main exports and electricity production of Norway, Sweden and Finland";
const CLIMATE = "Describe the climate of Kenya and Ghana";
const OIL = "Which countries have large oil reserves?";
const CANAL = "What did presidents say about the Panama Canal?";
const PICTURES = process.env.FATHOM_PICTURES ?? "target/pictures";

let fathom;
let api;
let browser;
let context;

before(async () => {
  fathom = await Fathom.start({ workers: 1 });
  await fathom.indexed();
  api = new Api(fathom.url);
  browser = await launch();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
});

after(async () => {
  await browser?.close();
  await fathom?.stop();
});

test("asks, watches, reads, opens the passage behind a citation and comes back", async () => {
  const { page, faults } = await watchedPage(context, fathom.url);
  const ask = new AskPage(page, fathom.url);
  const run = new RunPage(page, fathom.url);
  await ask.open();
  await ask.ask(COMPARE);
  await run.done();

  assert.equal((await run.title.textContent()).trim(), COMPARE);
  for (const country of ["Norway", "Sweden", "Finland"]) {
    await run.sources.getByText(country, { exact: false }).first().waitFor();
  }
  const [{ id }] = await api.asked(COMPARE);
  const { report } = await api.get(`/runs/${id}`);
  assert.equal(await run.markers.count(), report.citations.length);
  await picture(page);

  const text = await run.text();
  await run.openCard(0);
  await run.card.getByRole("link", { name: "Open passage" }).first().click();
  const source = new SourcePage(page, fathom.url);
  await source.passage.waitFor();
  const { quote } = report.citations[0].evidence[0];
  assert.ok(collapse(await page.getByRole("main").innerText()).includes(collapse(quote)));
  assert.ok(await source.passageIsInView());

  await page.goBack();
  await run.done();
  assert.equal(await run.text(), text);
  assert.deepEqual(faults, []);
  await page.close();
});

test("a reload in the middle shows the same run, and its report when it is done", async () => {
  const { page, faults } = await watchedPage(context, fathom.url);
  const ask = new AskPage(page, fathom.url);
  const run = new RunPage(page, fathom.url);
  await ask.open();
  await api.occupy();
  await ask.ask(CLIMATE);
  await page.reload();
  assert.equal((await run.title.textContent()).trim(), CLIMATE);
  await run.done();
  const runs = await api.asked(CLIMATE);
  assert.deepEqual(runs.map((found) => found.status), ["completed"]);
  assert.deepEqual(faults, []);
  await page.close();
});

test("a cancelled run ends, says so, and stays in the history", async () => {
  const { page, faults } = await watchedPage(context, fathom.url);
  const ask = new AskPage(page, fathom.url);
  const run = new RunPage(page, fathom.url);
  await ask.open();
  await api.occupy();
  await ask.ask(OIL);
  await run.stop.click();
  await page.getByText(/^Stopped before/).waitFor();
  assert.deepEqual((await api.asked(OIL)).map((found) => found.status), ["cancelled"]);
  const history = new HistoryPage(page, fathom.url);
  await history.link("History").click();
  await history.entry(OIL).waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test("a killed and restarted program finishes the run, and no finished report changes", async () => {
  // While the program is away the browser itself reports each connection that is refused.
  const { page, faults } = await watchedPage(context, fathom.url, [/net::ERR_/, /Failed to fetch/]);
  const finished = (await api.runs()).filter((run) => run.status === "completed");
  const before = await Promise.all(finished.map((run) => api.get(`/runs/${run.id}`)));
  const ask = new AskPage(page, fathom.url);
  const run = new RunPage(page, fathom.url);
  await ask.open();
  await api.occupy();
  await ask.ask(CANAL);
  await fathom.restart("SIGKILL");
  await run.done();
  assert.deepEqual((await api.asked(CANAL)).map((found) => found.status), ["completed"]);
  for (const old of before) assert.deepEqual((await api.get(`/runs/${old.id}`)).report, old.report);
  assert.deepEqual(faults, []);
  await page.close();
});

/** The picture of the README, taken anew in every run. */
async function picture(page) {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, "readme.png") });
}
