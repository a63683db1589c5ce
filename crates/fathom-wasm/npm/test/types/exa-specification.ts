// Every call of the vendor's "TypeScript SDK Specification" with its own input, and what it does with
// the result, against our types. Compiled, never run.

import Exa, { ResearchModel, type AnswerStreamChunk, type ResearchTask } from "fathom-research/exa";

declare const process: { env: Record<string, string | undefined>; stdout: { write(text: string): void } };

const exa = new Exa(process.env.EXA_API_KEY);

export async function search() {
  const result = await exa.search("hottest AI startups", { numResults: 2 });
  return result.results.map(({ title, id, url, publishedDate, author }) => ({ title, id, url, publishedDate, author }));
}

const companySchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Company Information",
  type: "object",
  properties: {
    name: { type: "string", description: "The name of the company" },
    keyProducts: { type: "array", items: { type: "string" } },
  },
  required: ["name", "industry"],
};

export async function searchAndContents() {
  const withText = await exa.searchAndContents("AI in healthcare", { text: true, numResults: 2 });
  const texts: string[] = withText.results.map((result) => result.text);
  const withHighlights = await exa.searchAndContents("AI in healthcare", { highlights: true, numResults: 2 });
  const scores: number[] = withHighlights.results.flatMap((result) => result.highlightScores);
  const withBoth = await exa.searchAndContents("AI in healthcare", { text: true, highlights: true, numResults: 2 });
  const both: string[] = withBoth.results.flatMap((result) => [result.text, ...result.highlights]);
  const structured = await exa.searchAndContents("OpenAI company information", {
    summary: { schema: companySchema },
    category: "company",
    numResults: 3,
  });
  const firstResult = structured.results[0];
  if (firstResult?.summary) {
    const structuredData = JSON.parse(firstResult.summary);
    console.log(structuredData.name, structuredData.industry, structuredData.keyProducts);
  }
  // Nothing but a summary was asked for.
  // @ts-expect-error there is no text
  firstResult?.text;
  return { texts, scores, both };
}

/** The web search of a tool of the AI SDK. */
export async function tool({ query }: { query: string }) {
  const { results } = await exa.searchAndContents(query, { livecrawl: "always", numResults: 3 });
  return results.map((result) => ({
    title: result.title,
    url: result.url,
    content: result.text.slice(0, 1000),
    publishedDate: result.publishedDate,
  }));
}

export async function similar() {
  const plain = await exa.findSimilar("https://www.example.com", { numResults: 2, excludeSourceDomain: true });
  const page = "https://www.example.com/article";
  const withText = await exa.findSimilarAndContents(page, { text: true, numResults: 2 });
  const withHighlights = await exa.findSimilarAndContents(page, { highlights: true, numResults: 2 });
  const withBoth = await exa.findSimilarAndContents(page, { text: true, highlights: true, numResults: 2, excludeSourceDomain: true });
  return [plain.results.length, withText.results[0]?.text, withHighlights.results[0]?.highlights, withBoth.results[0]?.text];
}

export async function getContents() {
  const single = await exa.getContents("https://www.example.com/article");
  const text: string | undefined = single.results[0]?.text;
  const pages = ["https://www.example.com/article1", "https://www.example.com/article2"];
  const multiple = await exa.getContents(pages);
  const chosen = await exa.getContents(pages, { text: { maxCharacters: 1000 }, highlights: { query: "AI", numSentences: 2 } });
  const subpages = await exa.getContents(["https://example.com"], { subpages: 5, subpageTarget: ["about", "products"] });
  const below: string[] = subpages.results.flatMap((result) => result.subpages.map((page) => page.text));
  const fresh = await exa.getContents(["https://www.apple.com/"], { livecrawl: "always", subpageTarget: ["news", "product"], subpages: 10 });
  const preferred = await exa.getContents(["https://www.apple.com"], { livecrawl: "preferred" });
  const again = await exa.getContents(multiple.results);
  for (const status of fresh.statuses ?? []) {
    if (status.status === "error") console.log(`Error for ${status.id}: ${status.error?.tag} (${status.error?.httpStatusCode})`);
  }
  return [text, chosen.results[0]?.highlights, below, preferred.requestId, again];
}

export async function answer() {
  const answerResponse = await exa.answer("What is the capital of France?");
  console.log(answerResponse);
  const text: string = answerResponse.answer;
  const answerWithText = await exa.answer("What is the capital of France?", { text: true });
  return [text, answerWithText.citations[0]?.text, answerWithText.requestId];
}

export async function streamAnswer() {
  for await (const chunk of exa.streamAnswer("Explain quantum entanglement in simple terms.", { text: true })) {
    if (chunk.content) process.stdout.write(chunk.content);
    if (chunk.citations) console.log("\nCitations: ", chunk.citations);
    const known: AnswerStreamChunk = chunk;
    void known;
  }
}

export async function createTask() {
  const schema = {
    type: "object",
    properties: { valuation: { type: "string" }, date: { type: "string" }, source: { type: "string" } },
  };
  const task = await exa.research.createTask({ instructions: "What is the latest valuation of SpaceX?", output: { schema } });
  await exa.research.createTask({
    instructions: "What are the main benefits of meditation?",
    model: ResearchModel.exa_research_pro,
    output: { inferSchema: true },
  });
  console.log(`Task created with ID: ${task.id}`);
}

export async function getTask() {
  const task: ResearchTask = await exa.research.getTask("your-task-id-here");
  console.log(`Task status: ${task.status}`);
  if (task.status === "completed") {
    console.log(`Results: ${JSON.stringify(task.data)}`, `Citations: ${JSON.stringify(task.citations)}`);
  }
}

export async function pollTask() {
  const { id } = await exa.research.createTask({
    instructions: "Get information about Paris, France",
    output: {
      schema: {
        type: "object",
        properties: { name: { type: "string" }, population: { type: "string" }, founded_date: { type: "string" } },
      },
    },
  });
  const result = await exa.research.pollTask<{ name: string }>(id);
  console.log(`Research complete: ${JSON.stringify(result.data)}`, result.data?.name);
}

export async function listTasks() {
  const response = await exa.research.listTasks();
  console.log(`Found ${response.data.length} tasks`);
  const paginated = await exa.research.listTasks({ limit: 10 });
  if (paginated.hasMore) await exa.research.listTasks({ cursor: paginated.nextCursor });
}
