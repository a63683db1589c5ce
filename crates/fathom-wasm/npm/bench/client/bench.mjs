// What is measured inside a runtime, each in a process of its own. The host's clock may stand still while it computes,
// so where that is so the upstream tells the time.

import { Fathom } from "fathom-research";
import { polls } from "./polls.mjs";

const SIZES = { small: { bytes: 2_000, rounds: 25, times: 30 }, large: { bytes: 650_000, rounds: 15, times: 3 } };
const MEMORY = { warm: 2_000, polls: 10_000, width: 8 };
const CROWD = 1_000;

/** One of the three below, as plain data. */
export function bench({ what, ...setting }) {
  return { times, crowd, memory }[what](setting);
}

const clockOf = ({ base, clock }) =>
  clock === "upstream" ? async () => Number(await (await fetch(`${base}/now`)).text()) : () => performance.now();

/** The time of one poll by each client in every round, in milliseconds, for replies of each size. */
async function times(setting) {
  const seen = {};
  for (const [size, wanted] of Object.entries(SIZES)) seen[size] = await compared(polls(setting.base), wanted, clockOf(setting));
  return seen;
}

/** They take turns, so that all see the same machine. */
async function compared(clients, { bytes, rounds, times }, now) {
  const seen = Object.fromEntries(Object.keys(clients).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, poll] of Object.entries(clients)) {
      const begun = await now();
      for (let time = 0; time < times; time += 1) {
        if (!(await poll(bytes)).startsWith("Norway exports")) throw new Error(`${name} gave another text`);
      }
      // The first round warms up.
      if (round > 0) seen[name].push(((await now()) - begun) / times);
    }
  }
  return seen;
}

/** Many runs waited on at once: how many finished, and in how many milliseconds. */
async function crowd(setting) {
  const fathom = new Fathom({ local: { baseUrl: `${setting.fault}/ok` } });
  const now = clockOf(setting);
  const begun = await now();
  const one = async (_, n) => (await (await fathom.runs.create({ question: `Number ${n}?` })).wait()).markdown.length > 0;
  const settled = await Promise.allSettled(Array.from({ length: CROWD }, one));
  return { runs: CROWD, finished: settled.filter(({ value }) => value === true).length, ms: (await now()) - begun };
}

/** What the process holds after some polls and after many, as the upstream sees it from outside. */
async function memory({ base }) {
  const poll = polls(base)["fathom-research"];
  const mark = async (name) => (await fetch(`${base}/mark?name=${name}`)).json();
  const many = async (count) => {
    const lane = async () => {
      for (let at = 0; at < count / MEMORY.width; at += 1) await poll(2_000);
    };
    await Promise.all(Array.from({ length: MEMORY.width }, lane));
    // What nobody holds any more is not counted, where a host can be told to look.
    globalThis.gc?.();
    globalThis.Bun?.gc(true);
  };
  await many(MEMORY.warm);
  const warm = await mark("warm");
  await many(MEMORY.polls - MEMORY.warm);
  return { polls: MEMORY.polls, warm, end: await mark("end") };
}
