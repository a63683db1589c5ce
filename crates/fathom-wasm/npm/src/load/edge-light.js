import module from "../../dist/wasm/core_bg.wasm?module";

export const load = () => module;
