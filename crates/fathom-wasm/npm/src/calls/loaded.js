// Registers the loader of this host, which the package's "imports" choose.
import { load } from "#calls-wasm";
import { setLoader } from "./wasm.js";

setLoader(load);
