// A project with the packed module and the vendors' clients.

import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeFixture as make } from "../test/runtimes/fixture.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));

/** Makes it in `folder`, anew. */
export async function makeFixture(folder, tarball) {
  await make(folder, tarball);
  await cp(join(HERE, "node_modules"), join(folder, "node_modules"), { recursive: true });
  await cp(join(HERE, "client"), join(folder, "client"), { recursive: true });
}
