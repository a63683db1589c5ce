// What a report claims, read from its markdown the way a reader does.

/** The words a reader sees: escapes undone, marks of strong words gone, white space single. */
export function seen(markdown) {
  return collapse(markdown.replace(/\\([!-/:-@[-`{-~])|\*\*/g, (_, sign) => sign ?? ""));
}

export function collapse(text) {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim();
}

/** The claim that ends in the marker at byte `start`: its line or table cell, other markers left out. */
export function claimBefore(bytes, start) {
  const whole = bytes.subarray(0, start).toString("utf8");
  const before = whole.replace(/(\s*\[\d+\])+\s*$/, "");
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const cell = line.split(/(?<!\\)\|/).at(-1);
  return { line, cell, inTable: /^\s*\|/.test(line), isFurther: before !== whole };
}

/** Whether `claim` ends in exactly the words of `quote`, in any order. */
export function endsInWordsOf(claim, quote) {
  const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const wanted = words(quote);
  return words(claim).slice(-wanted.length).sort().join(" ") === wanted.sort().join(" ");
}

/** Every `[n]` in the text outside code, with the byte it starts at. */
export function markers(markdown) {
  const found = [];
  for (const match of markdown.matchAll(/(?<!\\)\[(\d+)\]/g)) {
    found.push({ number: Number(match[1]), start: Buffer.byteLength(markdown.slice(0, match.index)) });
  }
  return found;
}
