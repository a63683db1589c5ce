import module from "../../../dist/wasm/calls_bg.wasm";

export const load = () => module;
