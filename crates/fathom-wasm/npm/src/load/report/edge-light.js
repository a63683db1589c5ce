import module from "../../../dist/wasm/report_bg.wasm?module";

export const load = () => module;
