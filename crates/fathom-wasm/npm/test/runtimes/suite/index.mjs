// The suite that every runtime runs. It needs nothing but what the module needs, and no test library.

import { errors } from "./errors.mjs";
import { leave, takeUp } from "./fresh.mjs";
import { others } from "./others.mjs";
import { program } from "./program.mjs";
import { runs } from "./runs.mjs";
import { streams } from "./streams.mjs";
import { tried } from "./tried.mjs";
import { vendors } from "./vendors.mjs";

/**
 * Runs every test and returns one result for each.
 *
 * `faces` are the entries of the module by name, `base` is the program's address, `fault` that of the fake upstream.
 * A stream of `bytes` bytes is cut at every `stride`th of them, `streams` streams at a time. `width` tests go on side
 * by side. `left` is what an earlier process returned; with it, only what that process left is taken up.
 */
export async function suite(given) {
  const setting = { ...given, leaves: {} };
  const groups = given.left ? [takeUp] : [program, others, vendors, runs, errors, streams, leave];
  const tests = Object.assign({}, ...groups.map((group) => group(setting)));
  return { results: await tried(tests, given.width), left: setting.leaves };
}
