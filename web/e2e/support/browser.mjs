// Chromium, watched: what a page logs, throws or asks of another host is a fault.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const OPTIONS = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
};

/** A browser that is closed at the end. */
export function launch() {
  return chromium.launch(OPTIONS);
}

/** A browser with a profile on disk, which outlives it as a person's does. */
export class Profile {
  folder = mkdtempSync(join(tmpdir(), "fathom-profile-"));

  async open() {
    this.context = await chromium.launchPersistentContext(this.folder, OPTIONS);
    return this.context;
  }

  async remove() {
    await this.context?.close().catch(() => {});
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Opens a page and collects its faults; `expected` are patterns of messages that a test provokes. */
export async function watchedPage(context, url, expected = []) {
  const page = await context.newPage();
  const faults = [];
  const add = (fault) => expected.some((pattern) => pattern.test(fault)) || faults.push(fault);
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && add(message.text()));
  page.on("pageerror", (error) => add(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    const own = request.url().startsWith(url) || /^(data|blob):/.test(request.url());
    if (!own) add(`asked another host: ${request.url()}`);
  });
  return { page, faults };
}
