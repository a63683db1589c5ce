// Runs at the fake upstream: what a handle promises, and what a caller may do to it.

import { ask, client, hold, seen, told } from "./ask.mjs";
import { collect, equal, ok, rejection } from "./check.mjs";

const PROVIDERS = ["exa-agent", "exa-answer", "exa-deep-search", "exa-research", "exa-research-v0", "extruct", "local", "tavily"];

const LOCAL = { provider: "local" };

export const runs = (setting) => ({
  "providers: all are there, with what they can do": async () => {
    const infos = await client(setting, "ok").providers();
    equal(infos.map((info) => info.id).sort(), PROVIDERS, "the providers");
    ok(infos.every((info) => info.vendor && info.name && info.capabilities && info.efforts), "something is missing");
  },

  "check: a good task passes, another says what is wrong": async () => {
    const fathom = client(setting, "ok");
    ok(Array.isArray(await fathom.check({ question: "Why?" }, LOCAL)), "no list of warnings");
    const error = await rejection((async () => fathom.check({ question: "" }, LOCAL))());
    equal([error.kind, error.field], ["invalid-task", "question"], "the error");
  },

  "runs: one is created, told and read": async () => {
    const events = [];
    const question = ask();
    const run = await client(setting, "ok").runs.create({ question }, LOCAL);
    const report = await run.wait({ onEvent: (event) => events.push(event) });
    equal(report.markdown, setting.markdown, "the text");
    equal(report.sources[0].title, "Größen der Länder", "the source");
    equal(told(events).map((event) => event.type), ["run-started", "source-found", "text-delta", "text-delta", "run-ended"], "the events");
    equal(await run.status(), "completed", "the status");
    equal((await seen(setting, question)).posts, 1, "submissions");
  },

  "runs: a listener that leaves ends nothing": async () => {
    const run = await client(setting, "ok").runs.create({ question: ask() }, LOCAL);
    for await (const event of run.events()) if (event.type === "run-started") break;
    equal((await run.wait()).markdown, setting.markdown, "the text");
    equal(told(await collect(run.events())).length, 5, "events for one who comes late");
  },

  "runs: fifty at once": async () => {
    const fathom = client(setting, "ok");
    const one = async () => (await (await fathom.runs.create({ question: ask() }, LOCAL)).wait()).markdown;
    const texts = await Promise.all(Array.from({ length: 50 }, one));
    ok(texts.every((text) => text === setting.markdown), "another text");
  },

  "runs: an upstream that is down for a while": async () => {
    const run = await client(setting, "storm").runs.create({ question: ask() }, LOCAL);
    equal((await run.wait()).markdown, setting.markdown, "the text");
  },

  "runs: an upstream that asks to come back later": async () => {
    const run = await client(setting, "later").runs.create({ question: ask() }, LOCAL);
    equal((await run.wait()).markdown, setting.markdown, "the text");
  },

  "runs: an answer that is lost makes no second run": async () => {
    const question = ask();
    const run = await client(setting, "lose").runs.create({ question }, LOCAL);
    equal((await run.wait()).markdown, setting.markdown, "the text");
    equal((await seen(setting, question)).runs, 1, "runs");
  },

  "runs: one is cancelled": async () => {
    const { question, run } = await hold(setting);
    await run.cancel();
    equal(await run.status(), "cancelled", "the status");
    equal((await seen(setting, question)).states, ["cancelled"], "what the upstream says");
    equal((await rejection(run.wait())).kind, "cancelled", "the end of waiting");
  },

  "runs: a wait that ends leaves a checkpoint and the run": async () => {
    const { question, run } = await hold(setting);
    const error = await rejection(run.wait({ timeout: 400 }));
    ok(error instanceof setting.faces.errors.PausedError, `${error?.name}: ${error?.message}`);
    equal(error.checkpoint.stage, "submitted", "the stage");
    equal((await seen(setting, question, "release")).states, ["completed"], "the run");
    const again = await client(setting, "held").runs.resume(JSON.parse(JSON.stringify(error.checkpoint)));
    equal((await again.wait()).markdown, setting.markdown, "the text");
    equal((await seen(setting, question)).posts, 1, "submissions");
  },

  ...Object.fromEntries(
    ["a word", undefined, new Error("enough"), { code: 7 }].map((reason) => [
      `runs: a wait that is given up with ${reason instanceof Error ? "an error" : typeof reason}`,
      async () => {
        const { question, run } = await hold(setting);
        const controller = new AbortController();
        const waiting = rejection(run.wait({ signal: controller.signal }));
        controller.abort(reason);
        const error = await waiting;
        if (reason === undefined) equal(error.name, "AbortError", "the reason");
        else ok(error === reason, `another reason: ${error}`);
        equal(run.checkpoint().stage, "submitted", "the stage");
        await seen(setting, question, "release");
        equal((await run.wait()).markdown, setting.markdown, "the text of one who waits again");
      },
    ]),
  ),

  "runs: pages of a list are read as they are wanted": async () => {
    const fathom = client(setting, "ok");
    equal((await collect(fathom.runs.list(LOCAL))).length, 6, "runs in the list");
    let seen = 0;
    for await (const _ of fathom.runs.list(LOCAL)) if (++seen === 3) break;
    equal(seen, 3, "runs read");
  },

  "runs: a list of five megabytes": async () => {
    const run = await client(setting, "long-5000000").runs.create({ question: ask() }, LOCAL);
    ok((await run.wait()).markdown.length >= 5_000_000, "a shorter text");
  },
});
