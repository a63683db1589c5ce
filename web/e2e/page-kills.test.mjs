// A page that dies at any moment between the click and the report loses nothing and doubles nothing.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { AskPage } from "./pages/ask.mjs";
import { RunPage } from "./pages/run.mjs";
import { Api } from "./support/api.mjs";
import { Profile } from "./support/browser.mjs";
import { Fathom } from "./support/fathom.mjs";
import { random } from "./support/random.mjs";

const KILLS = 20;
const COUNTRIES = [
  "Norway", "Sweden", "Finland", "Denmark", "Iceland", "Estonia", "Latvia", "Lithuania", "Poland", "Germany",
  "France", "Spain", "Portugal", "Italy", "Austria", "Hungary", "Greece", "Turkey", "Kenya", "Ghana",
];

let fathom;
let api;
let profile;

before(async () => {
  fathom = await Fathom.start();
  await fathom.indexed();
  api = new Api(fathom.url);
  profile = new Profile();
});

after(async () => {
  await profile?.remove();
  await fathom?.stop();
});

test("20 page kills between click and finish: 20 reports arrive, no run is doubled", async (t) => {
  let context = await profile.open();
  const span = await undisturbed(context);
  const next = random(20);
  for (let at = 0; at < KILLS; at += 1) {
    const page = await context.newPage();
    const ask = new AskPage(page, fathom.url);
    await ask.open();
    await ask.question.fill(question(at));
    await ask.send.click();
    await new Promise((resolve) => setTimeout(resolve, next() * span));
    await crash(page);
    if (at % 5 === 4) {
      await context.close();
      context = await profile.open();
    }
    await (await context.newPage()).goto(fathom.url);
    await arrival(question(at));
    await Promise.all(context.pages().slice(1).map((open) => open.close()));
  }
  const runs = (await api.runs()).filter((run) => run.question.startsWith("Describe the economy of "));
  const questions = new Set(runs.map((run) => run.question));
  t.diagnostic(`${KILLS} kills within ${Math.round(span)} ms: ${questions.size} reports, ${runs.length - questions.size} doubled`);
  assert.equal(questions.size, KILLS);
  assert.equal(runs.length, KILLS);
  assert.ok(runs.every((run) => run.status === "completed"));
});

const question = (at) => `Describe the economy of ${COUNTRIES[at]}`;

/** How long a run takes from click to report when nothing happens to the page. */
async function undisturbed(context) {
  const page = await context.newPage();
  const ask = new AskPage(page, fathom.url);
  await ask.open();
  const start = performance.now();
  await ask.ask("What is the population of Chile?");
  await new RunPage(page, fathom.url).done();
  const span = performance.now() - start;
  await page.close();
  return span;
}

/** Ends the page's process as a crash does: no unload handler runs. */
async function crash(page) {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  session.send("Page.crash").catch(() => {});
  await crashed;
  await page.close();
}

/** Waits until the server has finished the run of this question. */
async function arrival(wanted) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const [run] = await api.asked(wanted);
    if (run) return api.ended(run.id);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no run came for: ${wanted}`);
}
