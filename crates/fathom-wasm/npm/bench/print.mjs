// The figures of one runtime, and whether its promises hold.

/** What 8,000 polls may add to the heap: 256 bytes lost in each would show. */
const HEAP = 2 << 20;
/** What the system sees is not exact, because engines and allocators give back late: that much beyond bare fetch. */
const RESIDENT = 32 << 20;

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

/** Both clients' memory; ours must be flat where the heap is told, and grow no more than bare fetch's elsewhere. */
function remembers(clients) {
  const grown = ({ warm, end }, what) => (warm[what] && end[what] ? end[what] - warm[what] : undefined);
  for (const [client, figures] of Object.entries(clients)) {
    for (const what of ["heap", "resident"]) {
      const change = grown(figures, what);
      if (change === undefined) continue;
      const count = figures.polls.toLocaleString("en");
      const since = `${change < 0 ? "-" : "+"}${mib(Math.abs(change))} since the 2,000th`;
      console.log(`  ${what} after ${count} polls`.padEnd(33) + `${client.padEnd(20)} ${mib(figures.end[what]).padStart(12)} ${since}`);
    }
  }
  const [bare, ours] = Object.values(clients);
  const heap = grown(ours, "heap");
  const beyond = grown(ours, "resident") - (grown(bare, "resident") ?? 0);
  const flat = heap === undefined ? !(beyond > RESIDENT) : heap <= HEAP;
  const bound = heap === undefined ? `${mib(RESIDENT)} beyond bare fetch` : `${mib(HEAP)} of heap`;
  console.log(`  memory ${flat ? "is flat" : "GROWS"}; at most ${bound} may be added`);
  return flat;
}
