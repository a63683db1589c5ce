// What the tests of the built package share.

import { fileURLToPath, pathToFileURL } from "node:url";

const built = process.env.FATHOM_PACKAGE ?? fileURLToPath(new URL("../../../../../target/npm/package", import.meta.url));

/** The folder of the built package. */
export const PACKAGE = built;

/** A file of the built package, as a URL. */
export const inside = (path) => new URL(path, `${pathToFileURL(built)}/`);

/** A module of the built package. */
export const source = (name) => import(inside(`src/${name}`));

/** The reason with which a promise is rejected. */
export async function rejection(promise) {
  try {
    await promise;
  } catch (reason) {
    return reason;
  }
  throw new Error("This should have been rejected.");
}

/** All that an async iterator yields. */
export async function collect(iterator) {
  const all = [];
  for await (const item of iterator) all.push(item);
  return all;
}

/** Waits until something holds; a test that waits for ever is ended by its runner. */
export async function until(holds) {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
