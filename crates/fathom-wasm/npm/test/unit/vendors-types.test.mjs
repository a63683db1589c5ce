// The types of the vendors' clients, by the strictest rules, against what is written with them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

import { inside } from "./support.mjs";

const FACES = ["exa", "tavily", "extruct", "errors"];
const paths = Object.fromEntries(FACES.map((face) => [`fathom-research/${face}`, [fileURLToPath(inside(`types/${face}.d.ts`))]]));

const STRICT = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.asynciterable.d.ts", "lib.esnext.disposable.d.ts"],
  types: [],
  paths,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitReturns: true,
  noEmit: true,
  skipLibCheck: false,
};

function problems(files) {
  const roots = files.map((file) => fileURLToPath(new URL(`../types/${file}`, import.meta.url)));
  return ts.getPreEmitDiagnostics(ts.createProgram(roots, STRICT)).map((problem) => {
    const place = problem.file?.getLineAndCharacterOfPosition(problem.start);
    return `${problem.file?.fileName}:${place?.line + 1}: ${ts.flattenDiagnosticMessageText(problem.messageText, "\n")}`;
  });
}

test("the specification's examples and everything else compile by the strictest rules", () => {
  assert.deepEqual(problems(["exa-specification.ts", "vendors.ts"]), []);
});
