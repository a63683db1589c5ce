// A process that makes one poll with one client and ends: `start.mjs CLIENT UPSTREAM`.

const [, , client, base] = process.argv;
// Each is named in full: a runtime that may not read files knows them from here.
const load = {
  fetch: () => import("./first-fetch.mjs"),
  exa: () => import("./first-exa.mjs"),
  fathom: () => import("./first-fathom.mjs"),
};
const { first } = await load[client]();
if (!(await first(base)).startsWith("Norway exports")) throw new Error("another text came");
