import module from "../../dist/wasm/core_bg.wasm";

export const load = () => module;
