/**
 * The one instance of a module of the package.
 *
 * Everything in it is synchronous, so a trap is an exception at a known call. What a trap leaves
 * behind cannot be trusted: the next call gets a new instance of the same module, and objects of the
 * old one are refused.
 */

import { InternalError } from "./errors.js";

/**
 * Holds the instance behind the JavaScript that was made for a module. Its functions are imported where
 * they are called, so that bundlers leave out the others.
 * @param {{start: (options: object) => Promise<unknown>, reset: () => void}} glue
 */
export function instance(glue) {
  let load;
  let ready;
  let generation = 0;
  let broken = false;

  /** Whether objects of this generation can still be used. */
  const isCurrent = (made) => made === generation && !broken;

  /**
   * Says where the module comes from; it is asked when something is first needed.
   * @param {() => unknown} source
   */
  function setLoader(source) {
    load = source;
  }

  /**
   * Loads the module. Nobody has to call this: it is for loading early, and for hosts without a loader.
   * @param {unknown} [input] a `WebAssembly.Module`, a `Response`, bytes, a URL, or a promise of one
   */
  function init(input) {
    ready ??= start(glue, () => input ?? load?.()).catch((cause) => {
      ready = undefined;
      throw cause;
    });
    return ready;
  }

  /**
   * Makes sure that the module can be called, and says which generation objects made now belong to.
   * @returns {Promise<{generation: number}>}
   */
  async function core() {
    await init();
    if (broken) {
      glue.reset();
      generation += 1;
      broken = false;
    }
    return { generation };
  }

  /**
   * Runs a synchronous call into the module.
   * @template T
   * @param {number} made the generation that the objects of the call belong to
   * @param {() => T} work
   * @returns {T}
   */
  function guard(made, work) {
    if (!isCurrent(made)) {
      throw new InternalError("A fault elsewhere has ended what this belonged to.", { code: "outdated" });
    }
    try {
      return work();
    } catch (cause) {
      broken = true;
      throw new InternalError("A fault inside the WebAssembly module.", { cause, code: "trap" });
    }
  }

  return { setLoader, init, core, guard, isCurrent };
}

async function start(glue, given) {
  const source = await given();
  if (source == null) {
    throw new InternalError("No WebAssembly module was given; call init(module) first.", { code: "not-loaded" });
  }
  try {
    await glue.start({ module_or_path: await compiled(source) });
  } catch (cause) {
    throw new InternalError("The WebAssembly module could not be loaded.", { cause, code: "not-loaded" });
  }
}

/** A module; one of another realm is passed on as it is, and so is everything unknown. */
async function compiled(source) {
  if (typeof source === "string" || typeof source.href === "string") source = await fetch(source);
  if (typeof source.arrayBuffer === "function") {
    if (source.ok === false) throw new Error(`The module was answered with status ${source.status}.`);
    source = await source.arrayBuffer();
  }
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source);
  return source;
}
