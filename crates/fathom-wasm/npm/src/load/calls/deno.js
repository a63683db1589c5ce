// A source import needs no permission to read files.
import source module from "../../../dist/wasm/calls_bg.wasm";

export const load = () => module;
