// Reads the transcripts that the core is tested with; their form is told in `fathom_core::fixture`.

/** @returns {{task: object, entries: object[], end: {word: string, kind?: string, report?: object}}} */
export function parse(text) {
  const lines = text.split("\n");
  const transcript = { task: {}, entries: [], end: {} };
  while (lines.length) {
    const line = lines.shift();
    if (!line || line.startsWith("#")) continue;
    const [word, rest] = split(line, " ");
    if (word === "task") transcript.task = JSON.parse(rest);
    else if (word === "report") transcript.end.report = JSON.parse(rest);
    else if (word === "end") [transcript.end.word, transcript.end.kind] = split(rest, " ");
    else if (word === "?") aside(lines);
    else transcript.entries.push(entry(word, rest, lines));
  }
  return transcript;
}

function entry(word, rest, lines) {
  switch (word) {
    case ">": {
      const [method, path] = split(rest, " ");
      return { request: { method, path, ...message(">", lines) } };
    }
    case "<":
      return { reply: { status: Number(rest), ...message("<", lines) } };
    case "!":
      return { broken: rest };
    case "*":
      return { cancel: true };
    case "wait": {
      const [least, most] = rest.split("..").map(Number);
      return { wait: [least, most] };
    }
    case "event":
      return { event: JSON.parse(rest) };
    default:
      throw new Error(`a transcript holds "${word}"`);
  }
}

/** The headers and the body that follow a first line. */
function message(mark, lines) {
  const headers = [];
  let body;
  while (lines[0]?.startsWith(mark)) {
    const line = lines.shift().slice(1).replace(/^ /, "");
    if (body !== undefined) body += `${line}\n`;
    else if (line === "") body = "";
    else headers.push(split(line, ": "));
  }
  return { headers, body: body ?? "" };
}

function aside(lines) {
  lines.shift();
  message("<", lines);
}

function split(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}
