/**
 * Reports as data: read while they arrive, every marker and every field tied to its sources.
 *
 * ```js
 * import { reader, resolve } from "fathom-research/report";
 *
 * const document = await reader();
 * for await (const piece of pieces) render(document.push(piece));
 * document.finish();
 * const { uses, sources } = await resolve(report);
 * ```
 *
 * Nothing here is HTML. Raw HTML in a report is text, links lead only to `http`, `https`, `mailto`
 * and places in the document, and no image is loaded: a view that makes elements from this tree has
 * nothing to sanitise.
 *
 * The code is a WebAssembly module of its own, loaded when something here is first called.
 */
import type { Report, Task } from "./index.js";

/** A range of bytes of UTF-8 text; {@link slice} takes it out of a string. */
export interface Span {
  /** The first byte. */
  readonly start: number;
  /** One past the last byte. */
  readonly end: number;
}

/** What every entry of a list in the tree has. */
export interface Keyed {
  /** Unique among siblings, and the same in every later reading: fit for the `key` of a view. */
  readonly key: number;
}

/** A block of a report. */
export type Block = Heading | Paragraph | List | Quote | Code | Table | Formula | Note | Rule;

/** A heading. */
export interface Heading extends Keyed {
  readonly kind: "heading";
  readonly level: 1 | 2 | 3 | 4 | 5 | 6;
  /** Made of the words and unique in the document: an anchor for links. */
  readonly slug: string;
  readonly content: readonly Inline[];
}

/** Running text. */
export interface Paragraph extends Keyed {
  readonly kind: "paragraph";
  readonly content: readonly Inline[];
}

/** A list. */
export interface List extends Keyed {
  readonly kind: "list";
  /** The first number of an ordered list; absent for bullets. */
  readonly start?: number;
  readonly items: readonly Item[];
}

/** An item of a list. */
export interface Item extends Keyed {
  /** Whether the box is ticked, for an item of a task list. */
  readonly ticked?: boolean;
  /** Whether blank lines part its blocks; a tight item shows its paragraphs without margins. */
  readonly loose: boolean;
  readonly blocks: readonly Block[];
}

/** A quotation. */
export interface Quote extends Keyed {
  readonly kind: "quote";
  readonly blocks: readonly Block[];
}

/** Text that keeps its line breaks; {@link codeText} joins it. */
export interface Code extends Keyed {
  readonly kind: "code";
  /** The first word after the fence; empty when there is none. */
  readonly language: string;
  /** Pieces of a line each, with its line end, or of a part of an overlong line. */
  readonly text: readonly CodeText[];
}

/** A line of code, or a part of an overlong one. */
export interface CodeText extends Keyed {
  readonly text: string;
}

/** A table. Every row has as many cells as there are columns. */
export interface Table extends Keyed {
  readonly kind: "table";
  readonly columns: readonly ("natural" | "start" | "centre" | "end")[];
  readonly head: readonly Cell[];
  readonly rows: readonly Row[];
}

/** A row of a table. */
export interface Row extends Keyed {
  readonly cells: readonly Cell[];
}

/** A cell of a table. */
export interface Cell {
  readonly content: readonly Inline[];
}

/** A formula on lines of its own, as TeX. */
export interface Formula extends Keyed {
  readonly kind: "math";
  readonly tex: string;
}

/** The text of a footnote. */
export interface Note extends Keyed {
  readonly kind: "note";
  /** What `[^label]` refers to. */
  readonly label: string;
  readonly blocks: readonly Block[];
}

/** A line across. */
export interface Rule extends Keyed {
  readonly kind: "rule";
}

/** A piece of running text. */
export type Inline =
  /** Plain text; raw HTML ends up here too. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "emphasis"; readonly content: readonly Inline[] }
  | { readonly kind: "strong"; readonly content: readonly Inline[] }
  | { readonly kind: "strike"; readonly content: readonly Inline[] }
  | { readonly kind: "code"; readonly text: string }
  /** A formula as TeX; `display` says that it stood between double dollar signs. */
  | { readonly kind: "math"; readonly tex: string; readonly display: boolean }
  /** A link; `title` is empty when there is none. */
  | { readonly kind: "link"; readonly href: string; readonly title: string; readonly content: readonly Inline[] }
  /** An image that nothing has loaded: show its words, and let the reader ask for it. */
  | { readonly kind: "image"; readonly src: string; readonly alt: string }
  /** A link by name, see {@link definitionOf}; while it is not defined, show `raw`. */
  | { readonly kind: "reference"; readonly label: string; readonly content: readonly Inline[]; readonly raw: string }
  /** A marker that refers to sources; {@link resolve} knows which. */
  | { readonly kind: "citation"; readonly marker: Marker }
  | { readonly kind: "line-break" }
  /** A line break of the source text; shows as a space. */
  | { readonly kind: "soft-break" };

/** A piece of running text that refers to sources, such as `[3]` or `【1†page】`. */
export interface Marker {
  /** What was written. */
  readonly raw: string;
  /** Where it stands in the markdown; its start names the marker. */
  readonly span: Span;
  /** How it was written. */
  readonly form:
    | "brackets"
    | "footnote"
    | "lenticular"
    | "private-use"
    | "citation-link"
    | "number-link"
    | "link-in-parentheses"
    | "cite-tag"
    | "superscript"
    | "bare-address";
  /** What it refers to, in order. */
  readonly targets: readonly Target[];
}

/** One thing that a {@link Marker} refers to, in the words of the text. */
export type Target =
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "page"; readonly url: string; readonly title: string };

/** Where a link by name leads; `title` is empty when there is none. */
export interface Definition {
  readonly href: string;
  readonly title: string;
}

/** Definitions by their names in lower case, see {@link definitionOf}. */
export type Definitions = Readonly<Record<string, Definition>>;

/** A text that has been read. */
export interface Document {
  readonly blocks: readonly Block[];
  readonly definitions: Definitions;
  readonly outline: Outline;
}

/** What is in a text, and how long it takes to read. */
export interface Outline {
  readonly headings: readonly { readonly key: number; readonly level: number; readonly slug: string; readonly title: string }[];
  readonly words: number;
  readonly minutes: number;
}

/** Reads a whole text. */
export function read(markdown: string): Promise<Document>;

/** A reader for text that arrives in pieces. */
export function reader(): Promise<Reader>;

/**
 * Text that arrives in pieces, as a tree that grows.
 *
 * The blocks depend on the text so far and never on the pieces in which it came, and the cost of a
 * piece does not depend on what came before. The tree is never changed, only replaced; whatever did
 * not change is the very same object in the next tree, down to the rows of a table.
 */
export interface Reader {
  /** The blocks so far. What cannot be told apart yet, such as half a marker, is left out for the moment. */
  readonly blocks: readonly Block[];
  /** Where links by name lead, as far as that has been said. */
  readonly definitions: Definitions;
  /** Takes the next piece. */
  push(piece: string): Changed;
  /** Says that the text is complete, and gives back the memory. What came last is read as it stands. */
  finish(): Changed;
  /** Gives back the memory of a text that is not read to its end. The blocks stay. */
  close(): void;
  [Symbol.dispose](): void;
}

/** What is new after a piece of text. */
export interface Changed {
  /** Blocks before this place have stayed the same. */
  readonly from: number;
  /** All blocks from there on. */
  readonly blocks: readonly Block[];
  /** All definitions, when there are more than before. */
  readonly definitions?: Definitions;
}

/** A report with every marker and every field tied to its sources. */
export interface Resolution extends Document {
  /** The sources by id, each with its uses as places in {@link Resolution.uses}. */
  readonly sources: readonly (Report["sources"][number] & { readonly uses: readonly number[] })[];
  /** Every place of the text that refers to something, in reading order. */
  readonly uses: readonly Use[];
  /** The uses that refer to nothing that could be found, as places in {@link Resolution.uses}. */
  readonly unresolved: readonly number[];
  /** The fields of the structured value that carry citations. */
  readonly fields: readonly FieldTie[];
}

/** A place of a report that refers to something. */
export interface Use {
  /** The marker's text. */
  readonly raw: string;
  /** Where it stands; its start is that of {@link Marker.span}. */
  readonly span: Span;
  /** The heading above it; absent before the first heading. */
  readonly section?: { readonly slug: string; readonly title: string };
  /** What it refers to; never empty. */
  readonly resolved: readonly Resolved[];
  /** The report's own citation for this place, which carries the evidence. */
  readonly citation?: Report["citations"][number];
}

/** What one target of a marker turned out to be. */
export type Resolved =
  /** A source of the report. */
  | { readonly kind: "source"; readonly id: number }
  /** A page that the text names and the report's sources do not hold; `title` may be empty. */
  | { readonly kind: "page"; readonly url: string; readonly title: string }
  /** A footnote of the document that names no source. */
  | { readonly kind: "note"; readonly label: string }
  /** Nothing: show that there is no source. */
  | { readonly kind: "missing" }
  /** No reference at all, such as `[2024]`: show the text as it was written. */
  | { readonly kind: "literal" };

/** A field of the structured value and what it rests on. */
export interface FieldTie {
  /** The path as text, for example `companies[0].name`; empty for the whole value. */
  readonly field: string;
  /** The path in steps. */
  readonly path: readonly (string | number)[];
  /** The value there; absent when the path leads nowhere. */
  readonly value?: unknown;
  readonly citations: Report["citations"];
}

/** Says what every marker and every field of a report rests on. */
export function resolve(report: Report): Promise<Resolution>;

/** What a check of one quote came to. */
export type Check =
  /** The quote stands where it was expected, letter for letter. */
  | { readonly status: "found"; readonly span: Span }
  /** It stands at another place, or none was expected. */
  | { readonly status: "found-elsewhere"; readonly span: Span }
  /** It stands there with other spacing, punctuation or case, or with the omissions that it marks. */
  | { readonly status: "found-alike"; readonly span: Span }
  /** The document does not contain the quote. */
  | { readonly status: "not-found" };

/** Looks for a quote in the text of a document, first at `expected`. */
export function checkQuote(document: string, quote: string, expected?: Span): Promise<Check>;

/** The report as a Markdown file under a title: markers as links, a list of the sources, no marker lost. */
export function toMarkdown(report: Report, options?: { title?: string }): Promise<string>;

/** What a report belongs to. */
export interface Answered {
  task: Task;
  /** Who answered it. */
  provider?: string;
  /** When the run ended (RFC 3339). */
  finishedAt?: string;
}

/** The report and its task as a JSON file, which the app reads too. */
export function toBundle(report: Report, answered: Omit<Answered, "task"> & { task: Task | string }): Promise<string>;

/** Reads such a file again. */
export function fromBundle(file: string): Promise<Answered & { report: Report }>;

/** The text of inlines without marks; markers are left out. */
export function plainText(content: readonly Inline[]): string;

/** The text of a block of code. */
export function codeText(block: Code): string;

/** The piece of a text that a span names. */
export function slice(text: string, span: Span): string;

/** Where a link by name leads. */
export function definitionOf(definitions: Definitions, label: string): Definition | undefined;

/**
 * Loads the module early, or from elsewhere: a `WebAssembly.Module`, a `Response`, bytes, a URL, or a
 * promise of one. Nobody has to call this.
 */
export function init(input?: unknown): Promise<void>;
