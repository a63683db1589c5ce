/** The core's rules of a gateway, as functions. */
import * as exports from "../../dist/wasm/calls.js";
import { core, guard } from "../calls/wasm.js";
import { Refusal } from "./refusal.js";

/** Loads the core where need be. */
export async function rules() {
  const { generation } = await core();
  const ask = (name, ...args) => {
    const said = JSON.parse(guard(generation, () => exports[name](...args)));
    if (said.refusal) throw new Refusal(said.refusal);
    return said;
  };
  return {
    facts: ask("gateway_facts"),
    base: (address) => ask("gateway_base", address),
    route: (target) => ask("gateway_route", target),
    forward: ({ vendor, method, target, headers, length, base, key }) =>
      ask("gateway_forward", vendor, method, target, JSON.stringify(headers), length, base, key),
    answer: (vendor, status, headers, key) => ask("gateway_answer", vendor, status, JSON.stringify(headers), key),
    tooLarge: (vendor) => ask("gateway_too_large", vendor),
  };
}
