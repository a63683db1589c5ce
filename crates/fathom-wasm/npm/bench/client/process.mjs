// The bench in a runtime with a command line: the setting comes as the first argument, the figures go out as the last
// line.

import { bench } from "./bench.mjs";

console.log(JSON.stringify(await bench(JSON.parse(process.argv[2]))));
