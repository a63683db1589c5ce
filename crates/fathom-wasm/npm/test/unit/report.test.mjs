// Reports as data: the reader, the resolver, checks and exports.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const face = (name) => import(pathToFileURL(join(process.env.FATHOM_PACKAGE, "src", name)).href);
const report = await face("report.js");
const { isKind } = await face("errors.js");

const TEXT = `# Rivers 🏞️

The *Tana* is **long** [1], and the Glomma longer [2, 3]. See [docs][d] and ~~old~~ \`code\`.

- one [4]
- two

  - inner 日本語

| a | b |
|---|:-:|
| x [1] | $e^x$ |
| y | <b>raw</b> |

\`\`\`rust
let x = 1;
\`\`\`

> quoted [^n]

[d]: https://docs.example 'D'
[^n]: A note on https://note.example
`;

/** Numbers from a seed, the same on every machine. */
function* random(seed) {
  for (let state = seed * 2654435761 + 1; ; ) {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) >>> 0;
    yield (state ^ (state >>> 13)) >>> 0;
  }
}

/** The text cut anywhere, also within a character of two units. */
function pieces(text, seed, longest) {
  const numbers = random(seed);
  const cut = [];
  for (let at = 0; at < text.length; ) {
    const length = 1 + (numbers.next().value % longest);
    cut.push(text.slice(at, at + length));
    at += length;
  }
  return cut;
}

test("pushing in pieces equals reading at once", async () => {
  const whole = await report.read(TEXT);
  for (let seed = 0; seed < 200; seed += 1) {
    const reader = await report.reader();
    for (const piece of pieces(TEXT, seed, [1, 3, 17, 90][seed % 4])) {
      const before = reader.blocks;
      const changed = reader.push(piece);
      assert.deepEqual(changed.blocks, reader.blocks.slice(changed.from));
      for (let at = 0; at < changed.from; at += 1) assert.equal(reader.blocks[at], before[at]);
    }
    reader.finish();
    assert.deepEqual(reader.blocks, whole.blocks, `seed ${seed}`);
    assert.deepEqual(reader.definitions, whole.definitions);
  }
});

test("what did not change is the very same object, down to the rows of a table", async () => {
  const reader = await report.reader();
  reader.push("| a |\n|---|\n| 1 |\n| 2 |\n");
  const [before] = reader.blocks;
  const { from, blocks } = reader.push("| 3 |\n");
  assert.deepEqual([from, blocks.length, blocks[0].rows.length], [0, 1, 3]);
  assert.notEqual(blocks[0], before);
  assert.ok(blocks[0].head === before.head && blocks[0].rows[0] === before.rows[0] && blocks[0].rows[1] === before.rows[1]);
  assert.equal(before.rows.length, 2);
  assert.deepEqual(reader.push(""), { from: 1, blocks: [] });
  assert.throws(() => reader.blocks.push(1), TypeError);
  reader.close();
});

test("the tree has the kinds that the declarations name", async () => {
  const { blocks, definitions, outline } = await report.read(TEXT);
  assert.deepEqual(blocks.map(({ kind }) => kind), ["heading", "paragraph", "list", "table", "code", "quote", "note"]);
  const [heading, paragraph, list, table, code, quote] = blocks;
  assert.deepEqual([heading.level, heading.slug, report.plainText(heading.content)], [1, "rivers", "Rivers 🏞️"]);
  const kinds = paragraph.content.map(({ kind }) => kind).filter((kind) => kind !== "text");
  assert.deepEqual(kinds, ["emphasis", "strong", "citation", "citation", "reference", "strike", "code"]);
  const marker = paragraph.content.findLast(({ kind }) => kind === "citation").marker;
  assert.deepEqual([marker.raw, marker.form], ["[2, 3]", "brackets"]);
  assert.deepEqual(marker.targets, [{ kind: "number", number: 2 }, { kind: "number", number: 3 }]);
  assert.equal(report.slice(TEXT, marker.span), "[2, 3]");
  const reference = paragraph.content.find(({ kind }) => kind === "reference");
  assert.deepEqual(report.definitionOf(definitions, reference.label), { href: "https://docs.example", title: "D" });
  assert.equal(report.definitionOf(definitions, "toString"), undefined);
  assert.deepEqual(report.definitionOf({ "a b": 1 }, " A \n B "), 1);
  assert.equal(list.items[1].blocks[1].items[0].blocks[0].content[0].text, "inner 日本語");
  assert.deepEqual(table.columns, ["natural", "centre"]);
  assert.equal(table.rows[1].cells[1].content[0].text, "<b>raw</b>");
  assert.equal(table.rows[0].cells[1].content[0].tex, "e^x");
  assert.deepEqual([code.language, report.codeText(code)], ["rust", "let x = 1;\n"]);
  assert.equal(quote.blocks[0].content.at(-1).marker.form, "footnote");
  assert.deepEqual(outline.headings.map(({ title }) => title), ["Rivers 🏞️"]);
  assert.ok(outline.words > 10 && outline.minutes === 1);
});

const REPORT = {
  markdown: "## Length\n\nThe Tana is long [1]. It is cold [9]. In [2024] it rained ([Rain](https://rain.example)).",
  structured: { rivers: [{ name: "Tana" }] },
  sources: [{ id: 1, title: "Tana", url: "https://tana.example/a" }],
  citations: [
    { marker: "[1]", span: { start: 28, end: 31 }, sources: [1], evidence: [{ document: "d1", start: 2, end: 6, quote: "long" }] },
    { field: "rivers[0].name", sources: [1], confidence: "high" },
  ],
  warnings: [{ kind: "gap", message: "Nothing on width." }],
  stopReason: "done",
  grade: "related",
  confidence: 0.417,
};

test("every marker and field is tied to its sources, or said to have none", async () => {
  const { uses, sources, unresolved, fields, blocks } = await report.resolve(REPORT);
  assert.equal(blocks.length, 2);
  assert.deepEqual(sources, [{ ...REPORT.sources[0], uses: [0] }]);
  assert.deepEqual(unresolved, [1]);
  assert.deepEqual(uses.map(({ resolved }) => resolved[0].kind), ["source", "missing", "literal", "page"]);
  assert.deepEqual(uses[0], {
    raw: "[1]",
    span: { start: 28, end: 31 },
    resolved: [{ kind: "source", id: 1 }],
    section: { slug: "length", title: "Length" },
    citation: REPORT.citations[0],
  });
  assert.deepEqual(uses[3].resolved[0], { kind: "page", url: "https://rain.example", title: "Rain" });
  assert.deepEqual(fields, [
    { field: "rivers[0].name", path: ["rivers", 0, "name"], value: "Tana", citations: [REPORT.citations[1]] },
  ]);
});

test("a quote is checked against its document", async () => {
  const document = "Exports – mostly oil – rose by 4%.";
  assert.deepEqual(await report.checkQuote(document, "rose by 4%", { start: 27, end: 37 }), { status: "found", span: { start: 27, end: 37 } });
  const elsewhere = await report.checkQuote(document, "rose by 4%");
  assert.equal(report.slice(document, elsewhere.span), "rose by 4%");
  assert.equal(elsewhere.status, "found-elsewhere");
  assert.equal((await report.checkQuote(document, "exports, mostly oil,\nrose")).status, "found-alike");
  assert.deepEqual(await report.checkQuote(document, "rose by 5%"), { status: "not-found" });
});

test("a quote in another writing of the same letters is found alike", async () => {
  const pairs = [
    ["amyloid \ufb01brils", "amyloid fibrils"],
    ["Cafe\u0301 open", "Café open"],
    ["the de\u00adfinition", "the definition"],
    ["ＡＢＣ １２", "ABC 12"],
    ["die Straße", "die Strasse"],
  ];
  for (const [one, other] of pairs) {
    assert.equal((await report.checkQuote(one, other)).status, "found-alike");
    assert.equal((await report.checkQuote(other, one)).status, "found-alike");
  }
});

test("a report leaves with its citations, and comes back", async () => {
  const page = await report.toMarkdown(REPORT, { title: "Rivers" });
  assert.match(page, /^# Rivers\n\n\*May not answer; the closest passages are shown\.\*\n\n## Length\n\nThe Tana is long \[\[1\]\]\(https:\/\/tana\.example\/a\)\. It is cold \[no source\]\./);
  const task = { question: "How long?", outputSchema: { type: "object" }, followUpOf: "r0" };
  const file = await report.toBundle(REPORT, { task, provider: "local", finishedAt: "2026-11-22T03:20:52.611Z" });
  const back = await report.fromBundle(file);
  assert.deepEqual(back, { task: { effort: "standard", ...task }, report: REPORT, provider: "local", finishedAt: "2026-11-22T03:20:52.611Z" });
  assert.equal(await report.toBundle(back.report, back), file);
  const { task: short } = await report.fromBundle(await report.toBundle(REPORT, { task: "Why?" }));
  assert.deepEqual(short, { question: "Why?", effort: "standard" });
});

test("what is none is refused by kind", async () => {
  const cyclic = { ...REPORT };
  cyclic.structured = cyclic;
  for (const work of [
    () => report.read(7),
    () => report.resolve(),
    () => report.resolve({}),
    () => report.resolve({ markdown: 7 }),
    () => report.resolve({ ...REPORT, sources: [{}] }),
    () => report.resolve(cyclic),
    () => report.checkQuote("a"),
    () => report.toMarkdown(REPORT, { title: 7 }),
    () => report.toBundle(REPORT),
    () => report.toBundle(REPORT, { task: { quesion: "a" } }),
  ]) {
    await assert.rejects(work, (error) => isKind(error, "invalid-task"), String(work));
  }
  for (const file of ["", "{}", "[]", '{"format":"fathom-report","version":99}']) {
    await assert.rejects(() => report.fromBundle(file), (error) => isKind(error, "malformed"), file);
  }
  const reader = await report.reader();
  assert.throws(() => reader.push(7), (error) => isKind(error, "invalid-task"));
  reader.push("a");
  reader.finish();
  assert.deepEqual(reader.finish(), { from: 1, blocks: [] });
  assert.throws(() => reader.push("b"), { code: "finished" });
  assert.equal(reader.blocks.length, 1);
});

test("memory stays flat over many readers and long texts", async () => {
  const long = TEXT.repeat(40);
  const round = async () => {
    const reader = await report.reader();
    for (const piece of pieces(long, 1, 4000)) reader.push(piece);
    reader.close();
    const left = await report.reader();
    left.push(long);
    left.finish();
  };
  // What the module was bound with hands out its memory when it is asked to begin again.
  const { default: bound } = await import(pathToFileURL(join(process.env.FATHOM_PACKAGE, "dist", "wasm", "report.js")).href);
  const size = async () => (await bound()).memory.buffer.byteLength;
  for (let warm = 0; warm < 20; warm += 1) await round();
  const before = await size();
  for (let more = 0; more < 100; more += 1) await round();
  assert.equal(await size(), before);
});
