// Measures the reading view beside four Markdown renderers in one Chromium.
//
//   node web/bench/render.mjs --ours FOLDER [--app FOLDER] [--kib 200] [--chromium PATH] [--only NAME]
//
// FOLDER of --ours holds `reading.js` and `reading_bg.wasm` (wasm-bindgen, target web) and `style.css`;
// FOLDER of --app is the built app. Ends with 1 when a budget of ours is missed.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { firstLoad } from "./firstload.mjs";
import { report } from "./report.mjs";
import { serve } from "./serve.mjs";
import { watchTasks } from "./trace.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const OURS = "fathom";
const PEERS = {
  "markdown-to-jsx": "markdownToJsx",
  "marked + DOMPurify": "markedPurified",
  "react-markdown + remark-gfm": "reactMarkdown",
  streamdown: "streamdown",
};
const PACE = { piece: 40, every: 10 };
const BUDGETS = { longTasks: 0, worst: 16, fps: 58, first: 60, app: 260 * 1024 };
const TIMES = 5;
/** Bytes of a report that every renderer has shown before it is measured. */
const WARM_UP = 5 * 1024;

const { values: options } = parseArgs({
  options: {
    ours: { type: "string" },
    app: { type: "string" },
    kib: { type: "string", default: "200" },
    chromium: { type: "string", default: "/usr/bin/chromium" },
    only: { type: "string" },
  },
});

async function bundlePeers() {
  const result = await build({
    entryPoints: [join(HERE, "peers/index.mjs")],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
  });
  return result.outputFiles[0].text;
}

async function openPage(browser, url, name) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("pageerror", (error) => console.error(`${name}: ${error.message}`));
  await page.goto(`${url}/page.html`);
  await page.evaluate(async ([peer, ours]) => {
    const driver = await import("/driver.mjs");
    const host = document.getElementById("host");
    if (ours) {
      const module = await import("/ours/reading.js");
      await module.default();
      window.open_renderer = () => driver.fromOurs(module, host);
    } else {
      const peers = await import("/peers.js");
      window.open_renderer = () => driver.fromPeer(peers[peer], host);
    }
    window.driver = driver;
  }, [PEERS[name], name === OURS]);
  return page;
}

async function measureStream(browser, url, name, text) {
  const page = await openPage(browser, url, name);
  await once(page, report(WARM_UP));
  await page.evaluate(() => { window.renderer = window.open_renderer(); });
  const endTrace = await watchTasks(page);
  const seen = await page.evaluate(([text, pace]) => window.driver.stream(window.renderer, text, pace), [text, PACE]);
  const tasks = await endTrace();
  await page.close();
  return { ...seen, ...tasks };
}

/** Shows a report in a renderer of its own. */
function once(page, given) {
  return page.evaluate(async (given) => {
    const renderer = window.open_renderer();
    renderer.prepare?.(given);
    const seen = await window.driver.atOnce(renderer, given);
    renderer.close();
    return seen;
  }, given);
}

async function measureAtOnce(browser, url, name, long) {
  const page = await openPage(browser, url, name);
  await once(page, report(WARM_UP));
  const runs = [];
  for (let at = 0; at < TIMES; at += 1) runs.push(await once(page, long));
  await page.close();
  const median = (field) => runs.map((run) => run[field]).sort((a, b) => a - b)[Math.floor(TIMES / 2)];
  return { first: median("first"), whole: median("whole") };
}

const ms = (value) => (value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(value < 100 ? 1 : 0)} ms`);
const times = (value, ours) => (ours > 0 ? `${(value / ours).toFixed(1)}x` : "-");

function print(results, kib) {
  const ours = results[OURS];
  const rows = Object.entries(results).map(([name, seen]) => ({
    renderer: name,
    "long tasks": ms(seen.longTasks),
    "worst task": ms(seen.worst),
    "of it CPU": ms(seen.worstCpu),
    fps: seen.fps.toFixed(1),
    "at once, first picture": ms(seen.first),
    "at once, whole": ms(seen.whole),
    "worst / ours": ours ? times(seen.worst, ours.worst) : "-",
    "whole / ours": ours ? times(seen.whole, ours.whole) : "-",
  }));
  console.log(`\n${kib} KiB report; streamed at ${PACE.piece} characters each ${PACE.every} ms; at once: median of ${TIMES}; every renderer is warm\n`);
  const columns = Object.keys(rows[0]);
  const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => row[column].length)));
  const line = (cells) => cells.map((cell, at) => (at ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))).join("  ");
  for (const cells of [columns, ...rows.map((row) => columns.map((column) => row[column]))]) console.log(line(cells));
}

function missed(ours, app) {
  const checks = ours
    ? [
        ["long tasks", ours.longTasks, ours.longTasks <= BUDGETS.longTasks, `${BUDGETS.longTasks} ms`],
        // Judged by what it used of the processor: docs/decisions/0016.
        ["worst task", ours.worstCpu, ours.worstCpu <= BUDGETS.worst, `${BUDGETS.worst} ms of CPU`],
        ["frames per second", ours.fps, ours.fps >= BUDGETS.fps, `at least ${BUDGETS.fps}`],
        ["at once, first picture", ours.first, ours.first <= BUDGETS.first, `${BUDGETS.first} ms`],
      ]
    : [];
  if (app) checks.push(["first load, bytes", app.total, app.total <= BUDGETS.app, `${BUDGETS.app}`]);
  return checks.filter(([, , kept]) => !kept).map(([what, value, , budget]) => `${what}: ${value.toFixed(1)}, budget ${budget}`);
}

async function main() {
  if (!options.ours) throw new Error("--ours FOLDER is needed: the bench build of the reading view");
  const kib = Number(options.kib);
  const long = report(kib * 1024);
  const roots = { "/ours/": options.ours, "/style.css": join(options.ours, "style.css"), "/": HERE };
  const server = await serve(roots, { "/peers.js": await bundlePeers() });
  const browser = await chromium.launch({
    executablePath: options.chromium,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"],
  });
  const results = {};
  try {
    for (const name of [OURS, ...Object.keys(PEERS)].filter((name) => !options.only || name === options.only)) {
      const once = await measureAtOnce(browser, server.url, name, long);
      const streamed = await measureStream(browser, server.url, name, long.markdown);
      results[name] = { ...once, ...streamed };
      console.log(`${name}: done`);
    }
  } finally {
    await browser.close();
    server.close();
  }
  print(results, kib);
  const app = options.app ? firstLoad(options.app) : null;
  if (app) console.log(`\nThe app's first load, brotli: ${(app.total / 1024).toFixed(1)} KiB`, app.sizes, "then", app.later);
  const failures = missed(results[OURS], app);
  for (const failure of failures) console.log(`Budget missed: ${failure}`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

await main();
