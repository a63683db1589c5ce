// How long the parts of a cold start take, in milliseconds: evaluating the JavaScript, then loading, compiling and
// instantiating the WebAssembly.

const begun = performance.now();
const { init } = await import("fathom-research");
const evaluated = performance.now();
await init();
console.log(JSON.stringify({ javascript: evaluated - begun, wasm: performance.now() - evaluated }));
