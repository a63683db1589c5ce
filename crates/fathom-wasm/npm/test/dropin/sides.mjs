// Both clients before one program.

import { fileURLToPath } from "node:url";
import { recorder } from "./recorder.mjs";
import { start } from "../../../../fathom-server/tests/sdk/node/support.mjs";

export { collect, LIVE } from "../../../../fathom-server/tests/sdk/node/support.mjs";

/** The package that is tested: what was built, not what stands in the repository. */
const home = process.env.FATHOM_PACKAGE;
if (!home) throw new Error("FATHOM_PACKAGE must name the built package");

/** Documents that the inputs of the vendor's specification are about. */
const library = fileURLToPath(new URL("library", import.meta.url));

/** A face of the package. */
export const face = (name) => import(new URL(`src/${name}/index.js`, `file://${home}/`).href);

/**
 * A program, and two clients of it. `make` gets the address of the vendor's protocol there.
 * @param {string} vendor
 * @param {{theirs: (base: string) => object, ours: (base: string) => object}} make
 */
export async function sides(vendor, make, ...flags) {
  const program = await start("--library", library, ...flags);
  const side = async (client) => {
    const before = await recorder(program.base);
    return { client: client(`${before.base}/local/${vendor}`), recorder: before };
  };
  const [theirs, ours] = [await side(make.theirs), await side(make.ours)];
  const end = () => Promise.all([theirs.recorder.end(), ours.recorder.end(), program.end()]);
  return { theirs, ours, site: program.site, end };
}
