/** Text that arrives in pieces, as a tree that grows. */
import * as exports from "../../dist/wasm/report.js";
import { InvalidTaskError } from "../errors.js";
import { guard } from "./wasm.js";

/**
 * The tree is never changed, only replaced, and what did not change is the very same object in the
 * next tree: a view that compares by identity shows again what is new and nothing else.
 */
export class Reader {
  #inner;
  #generation;
  #blocks = Object.freeze([]);
  #definitions = Object.freeze({});
  #held = "";
  #finished = false;

  /** Only {@link reader} makes these. */
  constructor(generation) {
    this.#generation = generation;
    this.#inner = guard(generation, () => new exports.Reader());
  }

  /** The blocks so far. */
  get blocks() {
    return this.#blocks;
  }

  /** Where links by name lead, as far as that has been said. */
  get definitions() {
    return this.#definitions;
  }

  /** Takes the next piece, and says from which block on there is something new. */
  push(piece) {
    if (typeof piece !== "string") throw new InvalidTaskError("A piece of a report is text.", { field: "piece" });
    if (this.#finished) throw new InvalidTaskError("This text has been finished.", { code: "finished" });
    // A character of two units may be cut in half, and half a character cannot cross.
    const text = this.#held + piece;
    const cut = /[\ud800-\udbff]$/.test(text) ? text.length - 1 : text.length;
    this.#held = text.slice(cut);
    return this.#taken((inner) => inner.push(text.slice(0, cut)));
  }

  /** Says that the text is complete. What came last is read as it stands. */
  finish() {
    if (this.#finished) return { from: this.#blocks.length, blocks: [] };
    const held = this.#held && this.#taken((inner) => inner.push(this.#held));
    const last = this.#taken((inner) => inner.finish());
    this.#finished = true;
    const from = Math.min(last.from, held?.from ?? last.from);
    this.close();
    return { ...held, ...last, from, blocks: this.#blocks.slice(from) };
  }

  /** Gives back the memory of a text that is not read to its end. The blocks stay. */
  close() {
    const inner = this.#inner;
    this.#finished = true;
    this.#inner = undefined;
    try {
      if (inner) guard(this.#generation, () => inner.free());
    } catch {
      // A reader of a broken instance is gone already.
    }
  }

  #taken(work) {
    const { changes, definitions } = JSON.parse(guard(this.#generation, () => work(this.#inner)));
    this.#blocks = Object.freeze(applied(this.#blocks, changes));
    const changed = { from: changes.from, blocks: this.#blocks.slice(changes.from) };
    if (!definitions) return changed;
    this.#definitions = Object.freeze(definitions);
    return { ...changed, definitions };
  }
}
if (Symbol.dispose) Reader.prototype[Symbol.dispose] = Reader.prototype.close;

/** The list that changes make of an earlier one. */
function applied(list, { from, grow, new: added }) {
  const kept = list.slice(0, from);
  return grow ? [...kept, grown(list[from], grow), ...added] : [...kept, ...added];
}

/** Where the list of an entry is, by the kind of the entry; the items of lists have none. */
const INNER = { list: "items", table: "rows", code: "text" };

function grown(entry, changes) {
  const name = INNER[entry.kind] ?? "blocks";
  return { ...entry, [name]: applied(entry[name], changes) };
}
