// Bundlers know this form, and put the file beside what they make.
export const load = () => fetch(new URL("../../../dist/wasm/calls_bg.wasm", import.meta.url));
