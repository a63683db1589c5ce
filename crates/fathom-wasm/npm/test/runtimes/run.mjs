// The packed module in every runtime there is, for real.
//
//   FATHOM_PROGRAM=PROGRAM node run.mjs --package FILE --out FOLDER [--only NAME] [--stride BYTES]
//
// FILE is the tarball, FOLDER is made anew and holds the project that installs it. NAME is a part of a
// runtime's name; BYTES is how far apart streams are cut.
// Ends with 1 when a test fails.

import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { start } from "../../../../fathom-server/tests/sdk/node/support.mjs";
import { startFault } from "./fault/server.mjs";
import { MARKDOWN, STREAM_BYTES } from "./fault/story.mjs";
import { makeFixture } from "./fixture.mjs";
import { BROWSERS } from "./hosts/browser.mjs";
import { COMMANDS } from "./hosts/command.mjs";
import { EDGE } from "./hosts/edge.mjs";
import { SLIM } from "./hosts/slim.mjs";
import { WORKERD } from "./hosts/workerd.mjs";
import { each } from "./suite/check.mjs";
import { print, table } from "./table.mjs";

/** Two cores: a third runtime would only make the others late. */
const SIDE_BY_SIDE = 2;

const { values: options } = parseArgs({
  options: { package: { type: "string" }, out: { type: "string" }, only: { type: "string", default: "" }, stride: { type: "string" } },
});
const fixture = join(resolve(options.out), "fixture");
const site = join(resolve(options.out), "site");
const hosts = Object.entries({ ...COMMANDS, ...WORKERD, ...EDGE, ...BROWSERS, ...SLIM }).filter(([name]) =>
  name.includes(options.only),
);

/** Both halves of the suite, the second in a process or page of its own, where there are two. */
async function both(host, setting) {
  const built = await host.prepare?.(fixture, site);
  const first = await host.run({ ...setting, stride: Number(options.stride ?? host.stride ?? 7) }, fixture, built);
  if (!first.left) return first.results;
  const second = await host.run({ ...setting, left: first.left }, fixture, built);
  return [...first.results, ...second.results];
}

await makeFixture(fixture, resolve(options.package));
const program = await start();
const fault = await startFault({ program: program.base, site });
const setting = { base: program.base, fault: fault.url, markdown: MARKDOWN, bytes: STREAM_BYTES, width: 12, streams: 100 };
const rows = [];
try {
  await each(hosts, SIDE_BY_SIDE, async ([name, host]) => {
    const begun = performance.now();
    const results = await both(host, setting).catch((error) => [{ name: "the runtime itself", ms: 0, error: error.stack }]);
    const row = { name, results, seconds: (performance.now() - begun) / 1000 };
    rows.push(row);
    print(row);
  });
} finally {
  await fault.close();
  await program.end();
}
process.exitCode = table(hosts.map(([name]) => rows.find((row) => row.name === name))) ? 0 : 1;
