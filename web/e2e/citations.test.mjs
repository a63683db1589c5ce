// Every citation of every report, checked through the public API.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Api } from "./support/api.mjs";
import { claimBefore, collapse, endsInWordsOf, markers, seen } from "./support/claims.mjs";
import { Fathom } from "./support/fathom.mjs";
import { UNANSWERABLE, answerable } from "./support/questions.mjs";

const QUESTIONS = 210;

/** What a report says that does not answer, by its grade. */
const HONEST = [
  ["related", /^## Closest passages\n\nThe library may not answer this question/],
  ["nothing", /^## In short\n\nNothing in this library answers the question\. .* were searched/],
];

let fathom;
let api;

before(async () => {
  fathom = await Fathom.start();
  await fathom.indexed();
  api = new Api(fathom.url);
});

after(() => fathom?.stop());

test("every citation of generated questions points at the very words it claims", async (t) => {
  const { documents } = await allDocuments();
  const faults = [];
  let checked = 0;
  let answered = 0;
  for (const question of answerable(documents, QUESTIONS)) {
    const run = await api.research(question);
    assert.equal(run.status, "completed", `${question}: ${run.status}`);
    if (run.report.citations.length > 0) answered += 1;
    else t.diagnostic(`refused: ${question}`);
    checked += await check(run, faults);
  }
  t.diagnostic(`${QUESTIONS} questions, ${answered} answered, ${checked} citations, ${faults.length} wrong`);
  assert.deepEqual(faults.slice(0, 10), []);
  assert.ok(answered >= 0.85 * QUESTIONS, `only ${answered} of ${QUESTIONS} questions were answered`);
});

test("a question the library cannot answer is not answered, and the report says so", async (t) => {
  const invented = [];
  for (const question of UNANSWERABLE) {
    const { status, report } = await api.research(question);
    const refused = status === "completed" && HONEST.some(([grade, words]) => report.grade === grade && words.test(report.markdown));
    const explained = report.warnings.some((warning) => warning.kind === "gap");
    if (!refused || !explained) invented.push({ question, status, markdown: report.markdown.slice(0, 400) });
  }
  t.diagnostic(`${UNANSWERABLE.length - invented.length} of ${UNANSWERABLE.length} refused`);
  assert.deepEqual(invented, []);
});

async function allDocuments() {
  const documents = [];
  let cursor = "";
  do {
    const page = await api.get(`/library/documents?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    documents.push(...page.documents);
    cursor = page.next_cursor;
  } while (cursor);
  return { documents };
}

/** Adds what is wrong with a run's citations to `faults`; returns how many were checked. */
async function check({ question, report }, faults) {
  const bytes = Buffer.from(report.markdown);
  const marked = report.citations.filter((citation) => citation.marker);
  const written = markers(report.markdown).map(({ number, start }) => `${number}@${start}`);
  const cited = marked.map(({ sources, span }) => `${sources[0]}@${span.start}`);
  if (written.join() !== cited.join()) faults.push({ question, markers: written, citations: cited });
  for (const citation of marked) {
    if (citation.evidence.length === 0) faults.push({ question, citation, fault: "no evidence" });
    for (const evidence of citation.evidence) {
      const fault = (await misquoted(evidence)) ?? misplaced(bytes, citation, evidence);
      if (fault) faults.push({ question, fault, evidence });
    }
  }
  return marked.length;
}

async function misquoted({ document, start, end, quote }) {
  const { bytes } = await api.document(document);
  const stored = bytes.subarray(start, end).toString("utf8");
  return stored === quote ? undefined : `stored: ${stored}`;
}

/**
 * The words before a marker are the quote's, in full or (in a table's cell) in part. A further marker of the
 * same claim may name a source that says it with the same words in another order.
 */
function misplaced(bytes, { span }, { quote }) {
  const { line, cell, inTable, isFurther } = claimBefore(bytes, span.start);
  const words = collapse(quote);
  const claim = seen(line);
  if (claim.endsWith(words)) return undefined;
  if (inTable && words.includes(seen(cell))) return undefined;
  if (isFurther && endsInWordsOf(claim, words)) return undefined;
  return `claimed: ${claim}`;
}
