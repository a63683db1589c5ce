// Chromium, watched: what a page logs, throws or asks of another host is a fault.

import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

import { TRACES } from "./fathom.mjs";

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
  folder = mkdtempSync(join(TRACES ?? tmpdir(), "fathom-profile-"));

  async open() {
    this.context = await chromium.launchPersistentContext(this.folder, OPTIONS);
    return this.context;
  }

  async remove() {
    await this.context?.close().catch(() => {});
    if (!TRACES) rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
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
  if (TRACES) page.on("response", keep);
  return { page, faults };
}

/** Keeps what a page was answered. A reply that is cut short, as by closing the page, is none to keep. */
async function keep(response) {
  const headers = JSON.stringify(response.headers());
  const body = await response.body().catch(() => Buffer.alloc(0));
  appendFileSync(join(TRACES, "replies.txt"), `${response.status()} ${response.url()} ${headers}\n${body}\n`);
}
