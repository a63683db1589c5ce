/** The one instance of the core. */

import start, { __wbg_reset_state as reset } from "../dist/wasm/core.js";
import { instance } from "./instance.js";

export const { setLoader, init, core, guard, isCurrent } = /* @__PURE__ */ instance({ start, reset });
