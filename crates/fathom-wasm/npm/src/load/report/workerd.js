import module from "../../../dist/wasm/report_bg.wasm";

export const load = () => module;
