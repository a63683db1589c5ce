/** The one instance of the module that calls vendors' endpoints and knows a gateway's rules. */
import start, { __wbg_reset_state as reset } from "../../dist/wasm/calls.js";
import { instance } from "../instance.js";

export const { setLoader, init, core, guard, isCurrent } = /* @__PURE__ */ instance({ start, reset });
