// The first poll of a process that loads exa-js.

import Exa from "exa-js";

export async function first(base) {
  return (await new Exa("key", base).agent.runs.get("2000")).output.text;
}
