// The figures of one runtime, and whether its promises hold.

/** What 8,000 polls may add to a process: the noise of an allocator, not a leak of a hundred bytes each. */
const GROWTH = 16 << 20;

const ms = (time) => `${time.toFixed(time < 10 ? 3 : 1)} ms`.padStart(12);
const mib = (bytes) => `${(bytes / (1 << 20)).toFixed(1)} MiB`;

/** Every client's best time, which other work on the machine disturbs least, and what it is to that of the first one. */
function row(what, clients) {
  const best = Object.values(clients).map((times) => Math.min(...times));
  for (const [at, client] of Object.keys(clients).entries()) {
    const ratio = `× ${(best[at] / best[0]).toFixed(2)}`;
    console.log(`  ${what.padEnd(30)} ${client.padEnd(20)} ${ms(best[at])} ${ratio.padStart(8)}`);
  }
}

/** Prints them; returns whether all runs finished and memory did not grow. */
export function print(name, { first, parts, times, crowd, memory }) {
  console.log(`\n${name}`);
  row("process start to first poll", first);
  const part = (name) => ms(Math.min(...parts.map((part) => part[name]))).trim();
  if (parts) console.log(`  of it ours: JavaScript ${part("javascript")}, WebAssembly ${part("wasm")}`);
  row("a poll of 2 KB", times.small);
  row("a poll of 650 KB", times.large);
  console.log(`  ${crowd.runs} runs waited on at once: ${crowd.finished} finished in ${(crowd.ms / 1000).toFixed(1)} s`);
  return crowd.finished === crowd.runs && remembers(memory);
}

function remembers({ polls, warm, end }) {
  if (!warm || !end) {
    console.log("  memory: not told by this system");
    return true;
  }
  const grown = end - warm;
  const verdict = grown <= GROWTH ? "flat" : "GROWS";
  console.log(`  memory after ${polls.toLocaleString("en")} polls: ${mib(end)}, ${grown < 0 ? "" : "+"}${mib(grown)} since the 2,000th (${verdict}; at most ${mib(GROWTH)})`);
  return grown <= GROWTH;
}
