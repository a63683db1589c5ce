// A long report made of words, the same on every machine: the text all renderers are given.

const WORDS = (
  "river harbour market treaty survey winter export copper timber railway council census ministry coast " +
  "valley archive quarter industry output figure decline growth region capital estimate pattern shipment " +
  "current measure account reserve question demand surface channel station network standard account border"
).split(" ");
const VERBS = "rose fell held followed exceeded supported limited explained preceded changed doubled".split(" ");
const SOURCES = 60;

/** Numbers from a seed; the constants are those of Numerical Recipes. */
function numbers(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

/** Makes `{ markdown, sources, citations }` of at least `bytes` bytes, in the neutral format. */
export function report(bytes, seed = 7) {
  const next = numbers(seed);
  const word = () => WORDS[next(WORDS.length)];
  const phrase = (length) => Array.from({ length }, word).join(" ");
  const marker = () => `[${1 + next(SOURCES)}]`;
  const capital = (text) => text[0].toUpperCase() + text.slice(1);
  const sentence = () => {
    const start = capital(`the ${phrase(2 + next(4))}`);
    const stress = next(6) === 0 ? ` **${phrase(2)}**` : ` ${word()}`;
    const aside = next(9) === 0 ? `, as *${phrase(3)}* and \`${word()}_${next(90)}\` show,` : "";
    return `${start} ${VERBS[next(VERBS.length)]}${stress}${aside} by ${next(1000)}.${next(10)} percent ${phrase(3 + next(9))}.${marker()}`;
  };
  const paragraph = () => Array.from({ length: 3 + next(4) }, sentence).join(" ");
  const list = (mark) => Array.from({ length: 4 + next(6) }, (_, at) => {
    const nested = next(5) === 0 ? `\n${" ".repeat(mark(at).length + 1)}- ${phrase(6)} ${marker()}` : "";
    return `${mark(at)} ${capital(phrase(6 + next(10)))}.${marker()}${nested}`;
  }).join("\n");
  const table = () => {
    const head = `| ${capital(word())} | ${capital(word())}, 2015 | ${capital(word())}, % | Remark |\n|---|---:|---:|---|\n`;
    const row = () => `| ${capital(word())} | ${1 + next(900)},${100 + next(900)} ${marker()} | ${next(100)}.${next(10)} ${marker()} | ${phrase(4 + next(6))} ${marker()} |`;
    return head + Array.from({ length: 6 + next(14) }, row).join("\n");
  };
  const code = () => `\`\`\`\n${Array.from({ length: 5 + next(10) }, () => `${word()}(${next(99)}, "${phrase(3)}") // [${next(60)}]`).join("\n")}\n\`\`\``;

  const kinds = [
    paragraph, paragraph, paragraph, paragraph, paragraph, paragraph,
    () => list(() => "-"), () => list((at) => `${at + 1}.`), table, code,
    () => `> ${sentence()} ${sentence()}`, () => `### ${capital(phrase(3))}`,
  ];
  let markdown = `## In short\n\n${paragraph()}\n\n`;
  let blocks = 0;
  while (markdown.length < bytes) {
    blocks += 1;
    markdown += blocks % 14 === 0 ? `## ${capital(phrase(4))}\n\n` : `${kinds[next(kinds.length)]()}\n\n`;
  }
  return { markdown, sources: sources(phrase), citations: citations(markdown) };
}

function sources(phrase) {
  return Array.from({ length: SOURCES }, (_, at) => ({
    id: at + 1,
    title: `Source on ${phrase(3)}`,
    url: `https://example.org/${at + 1}`,
    document: `bench/${at + 1}.md@000000000000`,
    date: "2015-07-01",
  }));
}

/** One citation for each marker outside of code, as the local engine writes them. */
function citations(markdown) {
  const found = [];
  let fenced = false;
  let start = 0;
  for (const line of markdown.split("\n")) {
    if (line.startsWith("```")) fenced = !fenced;
    for (const hit of fenced ? [] : line.matchAll(/\[(\d+)\]/g)) {
      const at = start + hit.index;
      const quote = line.slice(Math.max(0, hit.index - 60), hit.index);
      found.push({
        marker: hit[0],
        span: { start: at, end: at + hit[0].length },
        sources: [Number(hit[1])],
        evidence: [{ document: `bench/${hit[1]}.md@000000000000`, start: 0, end: quote.length, quote }],
      });
    }
    start += line.length + 1;
  }
  return found;
}
