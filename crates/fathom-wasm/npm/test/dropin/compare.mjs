// Comparing what two clients yield and what they send.

/** What differs between any two calls: handles, moments and durations. */
const IDS = [/agent_run_[0-9a-z]{26}/g, /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, /\b[0-9a-z]{26}\b/g];
const MOMENTS = new Set(["createdAt", "completedAt", "finishedAt", "created_at", "created", "updated_at"]);
const DURATIONS = new Set(["searchTime", "responseTime", "response_time"]);
const HANDLES = new Set(["requestId", "request_id"]);

/** A value as JSON has it, without handles, moments and durations; what is missing stays missing. */
export function normal(value) {
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value === "string") return IDS.reduce((text, id) => text.replace(id, "<id>"), value);
  if (typeof value !== "object" || value === null) return value;
  const known = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(known.map(([name, inner]) => [name, masked(name, inner)]));
}

function masked(name, value) {
  if (value === null) return null;
  if (HANDLES.has(name)) return `<${typeof value} handle>`;
  if (MOMENTS.has(name)) return `<${typeof value} moment>`;
  if (DURATIONS.has(name)) return `<${typeof value} duration>`;
  if (name === "nextCursor") return "<cursor>";
  return normal(value);
}

/** Where two values differ, as paths with what stands there. */
export function differences(theirs, ours, path = "result") {
  if (Object.is(theirs, ours)) return [];
  const both = [theirs, ours];
  if (both.every(Array.isArray)) return inside(theirs, ours, path, Math.max(theirs.length, ours.length));
  if (both.every((value) => typeof value === "object" && value !== null && !Array.isArray(value))) {
    return [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].flatMap((name) =>
      differences(theirs[name], ours[name], `${path}.${name}`),
    );
  }
  return [{ path, theirs: shown(theirs), ours: shown(ours) }];
}

const inside = (theirs, ours, path, length) =>
  Array.from({ length }, (_, index) => differences(theirs[index], ours[index], `${path}[${index}]`)).flat();

const shown = (value) => (value === undefined ? "nothing" : JSON.stringify(value).slice(0, 200));

/** How many values a result holds, so that a comparison of nothing can be seen for what it is. */
export function size(value) {
  if (typeof value !== "object" || value === null) return value === undefined ? 0 : 1;
  return Object.values(value).reduce((sum, inner) => sum + size(inner), 0);
}
