// Runs that one process leaves and another takes up: all that passes between them is JSON.

import { ask, client, hold, seen, told, until } from "./ask.mjs";
import { collect, equal, ok } from "./check.mjs";

const local = (setting) => new setting.faces.index.Fathom({ local: { baseUrl: setting.base } });

export const leave = (setting) => ({
  "a fresh process: a run is left to it": async () => {
    const { question, run } = await hold(setting);
    setting.leaves.local = { question, checkpoint: run.checkpoint() };
  },

  "a fresh process: the program's run is left to it": async () => {
    const run = await local(setting).runs.create({ question: ask("Compare the exports of Norway and Sweden") }, { provider: "local" });
    await until(run, "run-started");
    setting.leaves.program = run.checkpoint();
  },
});

export const takeUp = (setting) => ({
  "a fresh process: takes up a run where it was left": async () => {
    const { question, checkpoint } = setting.left.local;
    const run = await client(setting, "held").runs.resume(checkpoint);
    const events = collect(run.events());
    await seen(setting, question, "release");
    equal((await run.wait()).markdown, setting.markdown, "the text");
    equal(told(await events).map((event) => event.type), ["text-delta", "text-delta", "run-ended"], "what had not been told");
    equal((await seen(setting, question)).posts, 1, "submissions");
  },

  "a fresh process: takes up the program's run": async () => {
    const report = await (await local(setting).runs.resume(setting.left.program)).wait();
    ok(report.sources.length > 0, "no sources");
  },
});
