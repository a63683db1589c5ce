/** The one instance of the module that reads reports. */
import * as glue from "../../dist/wasm/report.js";
import { instance } from "../instance.js";

export const { setLoader, init, core, guard } = /* @__PURE__ */ instance(glue);
