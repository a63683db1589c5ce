import module from "../../../dist/wasm/calls_bg.wasm?module";

export const load = () => module;
