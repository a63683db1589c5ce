/** The one instance of the module that reads reports. */
import start, { __wbg_reset_state as reset } from "../../dist/wasm/report.js";
import { instance } from "../instance.js";

export const { setLoader, init, core, guard } = /* @__PURE__ */ instance({ start, reset });
