import { checkOptions } from "../task.js";

/** The header by which previews are asked for. */
export function betas(options) {
  const names = checkOptions(options, BETAS).betas?.filter(Boolean) ?? [];
  return names.length > 0 ? { "exa-beta": names.join(",") } : undefined;
}

const BETAS = { betas: [Array.isArray, "a list of names"] };
