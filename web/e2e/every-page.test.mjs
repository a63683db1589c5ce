// What holds on every page: accessible, quiet, within its window, reachable by keyboard.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { App } from "./pages/app.mjs";
import { RunPage } from "./pages/run.mjs";
import { Api } from "./support/api.mjs";
import { violations } from "./support/axe.mjs";
import { launch, watchedPage } from "./support/browser.mjs";
import { Fathom } from "./support/fathom.mjs";

const PICTURES = process.env.FATHOM_PICTURES ?? "target/pictures";
const SCHEMES = ["light", "dark"];
const WIDTHS = [1440, 1024, 768, 360, 320];

let fathom;
let api;
let browser;
let paths;

before(async () => {
  mkdirSync(PICTURES, { recursive: true });
  fathom = await Fathom.start({ workers: 1 });
  await fathom.indexed();
  api = new Api(fathom.url);
  const answered = await api.research("Compare the population and main exports of Norway and Sweden");
  const refused = await api.research("How do I bake a sourdough bread with rye starter?");
  paths = {
    ask: "/",
    report: `/runs/${answered.id}`,
    refusal: `/runs/${refused.id}`,
    history: "/history",
    unknown: "/no-such-page",
    "unknown-run": "/runs/no-such-run",
    document: passage(answered),
  };
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await fathom?.stop();
});

for (const name of ["ask", "report", "refusal", "history", "unknown", "unknown-run", "document", "running"]) {
  describe(`the page "${name}"`, () => {
    for (const scheme of SCHEMES) {
      test(`has no axe violation and no fault in ${scheme}`, async () => {
        const { page, faults, close } = await shown(name, { colorScheme: scheme });
        await page.screenshot({ path: join(PICTURES, `${name}-${scheme}.png`) });
        assert.deepEqual(await violations(page), []);
        assert.deepEqual(faults, []);
        await close();
      });
    }
    test("never scrolls sideways", async () => {
      const { page, close } = await shown(name, {});
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        await page.screenshot({ path: join(PICTURES, `${name}-${width}.png`) });
        assert.ok((await new App(page, fathom.url).overflow()) <= 0, `at ${width} px`);
      }
      await close();
    });
  });
}

for (const scheme of SCHEMES) {
  test(`an open card has no axe violation in ${scheme}`, async () => {
    const { page, close } = await shown("report", { colorScheme: scheme });
    await new RunPage(page, fathom.url).openCard(0);
    await page.screenshot({ path: join(PICTURES, `card-${scheme}.png`) });
    assert.deepEqual(await violations(page), []);
    await close();
  });
}

test("keyboard alone goes from marker to card to source list and back to the marker", async () => {
  const { page, close } = await shown("report", {});
  const run = new RunPage(page, fathom.url);
  const first = run.markers.first();
  await first.focus();
  await page.keyboard.press("Enter");
  await run.card.waitFor();
  await run.card.getByRole("link", { name: "Go to source" }).focus();
  await page.keyboard.press("Enter");
  const back = run.sources.locator('[role="doc-backlink"]').first();
  await back.focus();
  await page.keyboard.press("Enter");
  assert.ok(await first.evaluate((marker) => marker === document.activeElement));
  await page.keyboard.press("Enter");
  await run.card.waitFor();
  await page.keyboard.press("Escape");
  await run.card.waitFor({ state: "hidden" });
  assert.ok(await first.evaluate((marker) => marker === document.activeElement));
  await close();
});

/** A run that waits behind others. */
async function running() {
  await api.occupy(12);
  const { id } = await api.post("/runs", { question: "Describe the economy of Iceland", effort: "deep" });
  return `/runs/${id}`;
}

/** Where the passage behind a run's first citation is shown. */
function passage({ id, report }) {
  const { document, start, end } = report.citations[0].evidence[0];
  const path = document.split("/").map(encodeURIComponent).join("/");
  return `/documents/${path}?run=${id}&start=${start}&end=${end}`;
}

/** A page in a context of its own, settled. */
async function shown(name, options) {
  // An unknown run is answered with 404, which Chromium itself writes to the console.
  const expected = name === "unknown-run" ? [/status of 404/] : [];
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const { page, faults } = await watchedPage(context, fathom.url, expected);
  await new App(page, fathom.url).open(name === "running" ? await running() : paths[name]);
  await page.getByRole("heading", { level: 1 }).waitFor();
  if (name === "report" || name === "refusal") await new RunPage(page, fathom.url).done();
  return { page, faults, close: () => context.close() };
}
