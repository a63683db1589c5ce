// The tools as the AI SDK's own types see them.

import { generateText, stepCountIs, tool, type InferToolInput, type LanguageModel } from "ai";
import { Fathom } from "fathom-research";
import { deepResearch, webSearch, type WebResult } from "fathom-research/ai";
import { Exa } from "fathom-research/exa";
import { tavily } from "fathom-research/tavily";

declare const model: LanguageModel;

const search = webSearch({ exa: new Exa("key"), numResults: 5 });
export const elsewhere = webSearch({ tavily: tavily({ apiKey: "key" }), search: { topic: "news" } });
const research = deepResearch({ fathom: new Fathom({ local: {} }), provider: "exa-agent", task: { effort: "deep" } });

export async function answer(): Promise<WebResult[]> {
  const { steps } = await generateText({ model, prompt: "?", tools: { search, research }, stopWhen: stepCountIs(2) });
  for (const result of steps.flatMap((step) => step.toolResults)) {
    if (result.dynamic) continue;
    if (result.toolName === "search") return result.output;
    if (result.output.status === "completed") console.log(result.output.markdown);
  }
  return [];
}

export const query: InferToolInput<typeof search> = { query: "fog" };
export const wrapped = tool({ ...search, description: "Look" });

// @ts-expect-error a client is needed
webSearch({ numResults: 3 });
// @ts-expect-error the question is the model's
deepResearch({ fathom: new Fathom({}), task: { question: "Why?" } });
