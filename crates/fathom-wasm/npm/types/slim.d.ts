// The same as the main entry, without a loader for the WebAssembly module: call `init` first, with a
// `WebAssembly.Module`, a `Response`, bytes or a URL of `fathom-research/core.wasm`.
export * from "./index.js";
export { Fathom as default } from "./index.js";
