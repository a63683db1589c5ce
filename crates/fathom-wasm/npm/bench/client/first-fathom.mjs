// The first poll of a process that loads the module, its WebAssembly included.

import { Fathom } from "fathom-research";

export async function first(base) {
  const fathom = new Fathom({ tavily: { apiKey: "key", baseUrl: base } });
  const task = { question: "What does Norway export?" };
  const run = await fathom.runs.resume({ provider: "tavily", task, token: "t", stage: "submitted", job: "2000" });
  return (await run.wait()).markdown;
}
