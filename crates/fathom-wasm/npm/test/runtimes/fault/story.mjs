// What a run of the fake upstream tells, in the words of `/api/v1`. Letters of two to four bytes stand in it, so that
// a cut can fall into the middle of one.

const PIECES = ["## In short\n\nNorwegen misst 323.802 km². [1]\n", "Größer als Italien 😀. [1]\n"];
const SOURCE = { id: 1, title: "Größen der Länder", url: "https://example.org/länder" };

/** The report's text. */
export const MARKDOWN = PIECES.join("");

/** The report of every run that completes; `bytes` makes its text at least so long. */
export function report(bytes = 0) {
  const markdown = MARKDOWN + "A further sentence says what the page says, no more and no less. [1]\n".repeat(Math.ceil(bytes / 69));
  return {
    markdown,
    sources: [SOURCE],
    citations: [{ marker: "[1]", span: { start: 42, end: 45 }, sources: [1] }],
    warnings: [],
  };
}

/** All events of a run, the last one with its status. */
export function events(status = "completed") {
  const told = [
    { type: "run-started" },
    { type: "source-found", source: SOURCE },
    ...PIECES.map((text) => ({ type: "text-delta", text })),
    { type: "run-ended", status },
  ];
  return told.map((event, at) => ({ id: at + 1, at_ms: at * 5, event }));
}

/** Records as server-sent events. */
export function wire(records, newline = "\n") {
  const lines = (record) => [`id: ${record.id}`, `event: ${record.event.type}`, `data: ${JSON.stringify(record)}`, "", ""];
  return Buffer.from(records.flatMap((record) => lines(record).join(newline)).join(""));
}

/** How many bytes the stream of a completed run has. */
export const STREAM_BYTES = wire(events()).length;
