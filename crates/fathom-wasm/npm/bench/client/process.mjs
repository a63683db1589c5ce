// The bench in a runtime with a command line: what to measure, in order, comes as the first argument, the figures go
// out as the last line.

import { bench } from "./bench.mjs";

const figures = [];
for (const wanted of JSON.parse(process.argv[2])) figures.push(await bench(wanted));
console.log(JSON.stringify(figures));
