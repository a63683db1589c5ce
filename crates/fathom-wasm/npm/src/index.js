import "./loaded.js";

export { Fathom } from "./fathom.js";
export { Fathom as default } from "./fathom.js";
export { init } from "./wasm.js";
export * from "./errors.js";
