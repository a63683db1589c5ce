// The built module with faults put into it.

import { readFileSync } from "node:fs";
import binaryen from "binaryen";

import { inside } from "./support.mjs";

/** A module of the package with some of its functions trapping. */
export function faulty(names, file = "core") {
  const module = binaryen.readBinary(readFileSync(inside(`dist/wasm/${file}_bg.wasm`)));
  for (const name of names) {
    const inner = binaryen.getExportInfo(module.getExport(name)).value;
    const { params, results } = binaryen.getFunctionInfo(module.getFunction(inner));
    module.removeFunction(inner);
    module.addFunction(inner, params, results, [], module.unreachable());
  }
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}
