/** How far research has come, from its events. */

const PHASES = {
  "search-started": "searching",
  "source-found": "searching",
  "read-ended": "reading",
  "outline-made": "writing",
  "text-delta": "writing",
  "check-ended": "checking",
};

/** What is known before anything has happened. */
export function begun(provider) {
  return { status: "running", provider, phase: "waiting", searches: 0, sources: 0, characters: 0 };
}

/** What is known after an event. Progress is a value: it is shown while the next one is made. */
export function after(progress, event) {
  const next = { ...progress, phase: PHASES[event.type] ?? progress.phase };
  switch (event.type) {
    case "search-started":
      return { ...next, searches: next.searches + 1, latest: event.query };
    case "source-found":
      return { ...next, sources: next.sources + 1, latest: event.source?.title || event.source?.url };
    case "step-started":
      return { ...next, latest: event.title };
    case "text-delta":
      return { ...next, characters: next.characters + event.text.length };
    default:
      return next;
  }
}
