// Chromium, with what the two most used bundlers make of a page.

import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

/** Works as root, in containers with little shared memory and without a network. */
const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
];
const PROGRAM = process.env.CHROMIUM ?? "/usr/bin/chromium";

async function vite(fixture, site) {
  const { build } = await import("vite");
  const config = { root: fixture, base: "./", configFile: false, logLevel: "error" };
  await build({ ...config, build: { outDir: join(site, "vite"), emptyOutDir: true, target: "es2022", modulePreload: false } });
}

async function webpack(fixture, site) {
  const { default: bundler } = await import("webpack");
  const path = join(site, "webpack");
  const config = { mode: "production", context: fixture, entry: "./page.mjs", output: { path, filename: "page.mjs", clean: true } };
  const compiler = bundler({ ...config, performance: { hints: false }, stats: "errors-only" });
  const stats = await promisify(compiler.run.bind(compiler))();
  await promisify(compiler.close.bind(compiler))();
  if (stats.hasErrors()) throw new Error(stats.toString("errors-only"));
  await mkdir(path, { recursive: true });
  await cp(join(fixture, "index.html"), join(path, "index.html"));
}

/** A browser of its own for each, so that nothing of an earlier page is left. */
async function run(name, setting) {
  const browser = await chromium.launch({ executablePath: PROGRAM, args: ARGUMENTS });
  try {
    const page = await browser.newPage();
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(`${error}`));
    await page.goto(`${setting.fault}/site/${name}/index.html`);
    await page.waitForFunction(() => "start" in globalThis, undefined, { timeout: 20_000 }).catch((error) => {
      throw new Error(`the page does not start: ${complaints.join("; ") || error}`);
    });
    const outcome = await page.evaluate((setting) => globalThis.start(setting), setting);
    if (complaints.length > 0) throw new Error(`the page complains: ${complaints.join("; ")}`);
    return outcome;
  } finally {
    await browser.close();
  }
}

/** The program is asked through the page's own origin, as a page must. Chromium opens six connections to it. */
const inOrigin = (setting) => ({ ...setting, base: `${setting.fault}/program`, width: 4, streams: 6 });

export const BROWSERS = {
  "Vite + Chromium": { stride: 13, prepare: (fixture, site) => vite(fixture, site), run: (setting) => run("vite", inOrigin(setting)) },
  "webpack + Chromium": { stride: 13, prepare: (fixture, site) => webpack(fixture, site), run: (setting) => run("webpack", inOrigin(setting)) },
};
