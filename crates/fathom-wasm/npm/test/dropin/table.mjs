// One test for each call: made through the vendor's client and through ours, against one server, and
// compared: what came back and what was sent. A difference has to be listed with its reason.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { differences, normal, size } from "./compare.mjs";

const lines = [];
after(() => console.log(["", "The drop-in table:", ...lines, ""].join("\n")));

/**
 * @param {string} method
 * @param {string} input what it is called with, in words
 * @param {() => {theirs: Client, ours: Client}} sides each with its `client` and the `recorder` before it
 * @param {(client: any, context: object) => Promise<unknown>} call yields what is compared
 * @param {{name: string, why?: Record<string, string>, asks?: boolean, prepare?: Function}} options
 *   `name` of the vendor's client; `why` from the beginning of a path, in which `*` stands for any
 *   number, to the reason of a difference there; `asks` false where the clients may ask differently
 *   often; `prepare` is called for each side before, and what it yields is handed to `call`
 */
export function row(method, input, sides, call, { name, why = {}, asks = true, prepare = async () => ({}) }) {
  test(`${method} with ${input} is the same as in ${name}`, async (context) => {
    const [theirs, ours] = [await side(sides().theirs), await side(sides().ours)];
    async function side({ client, recorder }) {
      const context = await prepare(client);
      recorder.taken();
      const result = normal(await settled(call(client, context)));
      return { result, asked: normal(recorder.taken()) };
    }
    assert.ok(size(theirs.result) > 0, "nothing was compared");
    const found = [...differences(theirs.result, ours.result), ...(asks ? differences(theirs.asked, ours.asked, "asked") : [])];
    const reasons = new Map();
    const unlisted = found.filter(({ path }) => {
      const known = Object.keys(why).find((beginning) => path.replace(/\[\d+\]/g, "[*]").startsWith(beginning));
      if (known) reasons.set(known, why[known]);
      return !known;
    });
    const told = unlisted.length > 0 ? "DIFFERS" : reasons.size === 0 ? "same" : `differs: ${[...new Set(reasons.values())].join("; ")}`;
    const line = `${name.padEnd(22)} ${`${method}, ${input}`.padEnd(72)} ${String(size(theirs.result)).padStart(5)} values  ${told}`;
    lines.push(line);
    context.diagnostic(line);
    assert.deepEqual(unlisted, [], "differences that nobody has explained");
    const stale = Object.keys(why).filter((beginning) => !reasons.has(beginning));
    assert.deepEqual(stale, [], "differences that are listed and not there");
  });
}

/** A value, or what can be compared of a failure: its status. */
async function settled(promise) {
  try {
    return { value: await promise };
  } catch (error) {
    return { failed: { status: error.statusCode ?? error.status, code: error.code } };
  }
}
