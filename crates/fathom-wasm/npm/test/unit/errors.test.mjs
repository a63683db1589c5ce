// The classes of errors, and what crosses realms and copies of the package.

import assert from "node:assert/strict";
import { test } from "node:test";

import { inside, source } from "./support.mjs";

const errors = await source("errors.js");
const other = await import(`${inside("src/errors.js")}?copy`);

const KINDS =
  "invalid-task unauthorized quota rate-limited unsupported not-found refused failed unavailable unreachable timeout cancelled malformed internal submit-unknown paused".split(
    " ",
  );

test("there is a class for every kind", () => {
  for (const kind of KINDS) {
    const error = errors.fromWire({ kind, message: "m", request_id: "r", retry_after: 7, status: 429, code: "c", field: "f" });
    const name = `${kind.replace(/(^|-)(.)/g, (_, dash, letter) => letter.toUpperCase())}Error`;
    assert.ok(error instanceof errors[name] && error instanceof errors.FathomError && error instanceof Error);
    assert.deepEqual([error.name, error.constructor.name, error.kind], [name, name, kind]);
    assert.match(error.stack, new RegExp(`^${name}: m\n`));
    const facts = { name, kind, message: "m", status: 429, requestId: "r", retryAfter: 7, field: "f", code: "c" };
    assert.deepEqual(JSON.parse(JSON.stringify(error)), facts);
    assert.ok(errors.isKind(error, kind));
    assert.ok(!errors.isKind(error, "other"));
  }
});

test("the guards know errors of another copy, and nothing else", () => {
  const foreign = new other.QuotaError("m");
  assert.ok(!(foreign instanceof errors.QuotaError));
  assert.ok(errors.isFathomError(foreign) && errors.isKind(foreign, "quota"));
  for (const thing of [new Error("m"), { kind: "quota" }, null, undefined, "quota", 7]) {
    assert.ok(!errors.isFathomError(thing) && !errors.isKind(thing, "quota"));
  }
});

test("a cause is kept, and left out of the JSON", () => {
  const cause = new Error("inner");
  const error = new errors.UnreachableError("m", { cause });
  assert.equal(error.cause, cause);
  assert.ok(!JSON.stringify(error).includes("inner"));
  assert.ok(!("cause" in new errors.UnreachableError("m")));
});

test("a kind of a newer version is internal and keeps its message", () => {
  const error = errors.fromWire({ kind: "moonstruck", message: "m" });
  assert.ok(error instanceof errors.InternalError);
  assert.equal(error.message, "m");
});
