// What a test claims, without a library: this runs wherever the module runs.

const shown = (value) => {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

/** Fails unless it is true. */
export function ok(value, what) {
  if (!value) throw new Error(what ?? `${shown(value)} is not true`);
}

/** Fails unless both are the same value, objects compared by what they hold. */
export function equal(actual, expected, what = "") {
  if (!same(actual, expected)) throw new Error(`${what} is ${shown(actual)} and should be ${shown(expected)}`.trim());
}

function same(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b || Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => name in b && same(a[name], b[name]));
}

/** Returns what a promise rejects with. */
export async function rejection(promise, what = "") {
  const value = await Promise.resolve(promise).then((value) => ({ value }), (error) => ({ error }));
  if ("error" in value) return value.error;
  throw new Error(`${what} was not rejected but gave ${shown(value.value)}`.trim());
}

/** Fails when a promise has not settled in time, so that one that hangs is one failure and not all of them. */
export async function within(ms, promise) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`nothing happened for ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Everything that an async iterator yields. */
export async function collect(iterator) {
  const all = [];
  for await (const item of iterator) all.push(item);
  return all;
}

/** Does `work` for every item, so many at a time. */
export async function each(items, width, work) {
  const queue = [...items];
  const lane = async () => {
    while (queue.length > 0) await work(queue.shift());
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
}
