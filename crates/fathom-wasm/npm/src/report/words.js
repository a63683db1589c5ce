/** What is often wanted of a tree, and needs no module. */

/** The text of inlines without marks, as a screen reader would say it; markers are left out. */
export function plainText(content) {
  return content.map(plain).join("");
}

function plain(inline) {
  switch (inline.kind) {
    case "text":
    case "code":
      return inline.text;
    case "math":
      return inline.tex;
    case "image":
      return inline.alt;
    case "line-break":
    case "soft-break":
      return " ";
    default:
      return plainText(inline.content ?? []);
  }
}

/** The text of a block of code. */
export function codeText(block) {
  return block.text.map(({ text }) => text).join("");
}

/** The piece of a text that a span names: spans count bytes of UTF-8, which strings here do not. */
export function slice(text, { start, end }) {
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(start, end));
}

/** Where a link by name leads; nothing when no definition says so. */
export function definitionOf(definitions, label) {
  // Names are compared without regard to case and to the width of white space.
  const name = label.trim().split(/\s+/u).join(" ").toLowerCase();
  return Object.hasOwn(definitions, name) ? definitions[name] : undefined;
}
