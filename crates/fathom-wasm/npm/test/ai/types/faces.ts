// The reader and the gateway as TypeScript sees them.

import { bearer, gateway, type Authorize } from "fathom-research/gateway";
import { checkQuote, codeText, fromBundle, plainText, read, reader, resolve, type Block, type Inline, type Resolved } from "fathom-research/report";
import type { Report } from "fathom-research";

/** Fails to compile when a kind is not told apart. */
function never(value: never): never {
  throw new Error(String(value));
}

export function block(value: Block): string {
  switch (value.kind) {
    case "heading":
      return "#".repeat(value.level) + inlines(value.content) + value.slug;
    case "paragraph":
      return inlines(value.content);
    case "list":
      return `${value.start ?? "-"}${value.items.flatMap(({ blocks }) => blocks.map(block)).join()}`;
    case "quote":
      return value.blocks.map(block).join();
    case "note":
      return value.label + value.blocks.map(block).join();
    case "code":
      return value.language + codeText(value);
    case "table":
      return [value.head, ...value.rows.map(({ cells }) => cells)].map((cells) => cells.map(({ content }) => inlines(content))).join();
    case "math":
      return value.tex;
    case "rule":
      return "---";
    default:
      return never(value);
  }
}

const inlines = (content: readonly Inline[]): string => content.map(inline).join("");

function inline(value: Inline): string {
  switch (value.kind) {
    case "text":
    case "code":
      return value.text;
    case "emphasis":
    case "strong":
    case "strike":
      return inlines(value.content);
    case "math":
      return value.display ? `$$${value.tex}$$` : value.tex;
    case "link":
      return value.href + value.title + inlines(value.content);
    case "image":
      return value.src + value.alt;
    case "reference":
      return value.label + value.raw;
    case "citation":
      return value.marker.targets.map((target) => (target.kind === "number" ? target.number : target.kind === "name" ? target.name : target.url)).join();
    case "line-break":
    case "soft-break":
      return "\n";
    default:
      return never(value);
  }
}

function resolved(value: Resolved): string {
  switch (value.kind) {
    case "source":
      return String(value.id);
    case "page":
      return value.url;
    case "note":
      return value.label;
    case "missing":
    case "literal":
      return value.kind;
    default:
      return never(value);
  }
}

export async function look(report: Report, text: string): Promise<string> {
  const growing = await reader();
  const { from, blocks } = growing.push(text);
  growing.finish();
  const { uses, sources, fields } = await resolve(report);
  const quote = await checkQuote(text, "a", uses[0]?.citation?.span);
  if (quote.status !== "not-found") console.log(quote.span.start);
  const { task } = await fromBundle("{}");
  const { outline } = await read(text);
  const used = sources.map(({ uses: places, title }) => [title, places.length]);
  // @ts-expect-error the tree is never changed
  growing.blocks.push(blocks[0]);
  return [from, blocks.map(block), uses.flatMap((use) => use.resolved.map(resolved)), fields.map(({ path }) => path), task.question, outline.words, used, plainText([])].join();
}

const authorize: Authorize<{ user: string }> = async (request, context) => context?.user === request.headers.get("x-user");
export const handle = gateway({ keys: { exa: "k", tavily: undefined }, allowedOrigins: ["https://app.example"], authorize, logger: console });
export const answer: Promise<Response> = handle(new Request("https://gate.example/healthz"), { user: "me" });
gateway({ authorize: bearer(undefined) });
// @ts-expect-error whoever runs it has to decide
gateway({ keys: {} });
// @ts-expect-error there is no such vendor
gateway({ keys: { exxa: "k" }, authorize });
