/** The one instance of the core. */

import * as glue from "../dist/wasm/core.js";
import { instance } from "./instance.js";

export const { setLoader, init, core, guard, isCurrent } = /* @__PURE__ */ instance(glue);
