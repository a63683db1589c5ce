// What is measured inside a runtime, each in a process of its own. The host's clock may stand still while it computes,
// so where that is so the upstream tells the time.

import { Fathom } from "fathom-research";
import { polls } from "./polls.mjs";

const SIZES = { small: { bytes: 2_000, rounds: 25, times: 30 }, large: { bytes: 650_000, rounds: 15, times: 3 } };
const WIDTH = 8;
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

/**
 * What the process holds after so many more polls: all of it as the upstream sees it from outside, and what its engine
 * says of its heap, where it says so.
 */
async function memory({ base, client, count }) {
  const poll = polls(base)[client];
  const lane = async () => {
    for (let at = 0; at < count / WIDTH; at += 1) await poll(2_000);
  };
  await Promise.all(Array.from({ length: WIDTH }, lane));
  // What nobody holds any more is not counted, where a host can be told to look.
  globalThis.gc?.();
  globalThis.Bun?.gc(true);
  const { heapUsed: heap } = globalThis.process?.memoryUsage?.() ?? {};
  return { heap, resident: await (await fetch(`${base}/resident`)).json() };
}
