// The declarations, compiled in strict mode against what uses them.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const types = join(process.env.FATHOM_PACKAGE, "types");

/** What the compiler has to say about a file. */
function complaints(file, options) {
  const root = fileURLToPath(new URL(`./types/${file}`, import.meta.url));
  const settings = {
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: false,
    noUncheckedIndexedAccess: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
    types: [],
    paths: { "fathom-research": [join(types, "index.d.ts")], "fathom-research/*": [join(types, "*.d.ts")] },
    ...options,
  };
  const program = ts.createProgram([root], settings);
  const host = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => types, getNewLine: () => "\n" };
  return ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), host);
}

test("the reader and the gateway", () => assert.equal(complaints("faces.ts", { skipLibCheck: false }), ""));
// The declarations of the SDK itself are not ours to check.
test("the tools, with the types of the SDK", () => assert.equal(complaints("tools.ts", { skipLibCheck: true }), ""));
