import { readFile } from "node:fs/promises";

export const load = () => readFile(new URL("../../../dist/wasm/calls_bg.wasm", import.meta.url));
