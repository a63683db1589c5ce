// What tests ask, and of whom.

/** A question that nobody else asks: what the fake upstream counts is counted by question. */
export const ask = (words = "Wie groß ist Norwegen?") => `${words} ${Math.random().toString(36).slice(2)}`;

/** A client of the fake upstream that fails as `name` says. */
export const client = ({ faces, fault }, name, options = {}) =>
  new faces.index.Fathom({ local: { baseUrl: `${fault}/${name}` }, ...options });

/** What the fake upstream has seen of a question; with `release`, it ends the runs that it holds. */
export async function seen({ fault }, question, verb = "seen") {
  const reply = await fetch(`${fault}/-/${verb}?question=${encodeURIComponent(question)}`);
  return reply.json();
}

/** What the provider tells, without what the module says about the exchange with it. */
export const told = (events) => events.filter((event) => event.id !== undefined);

/** Begins a run at the upstream that holds it, and returns it when the upstream has told its first events. */
export async function hold(setting) {
  const question = ask();
  const run = await client(setting, "held").runs.create({ question }, { provider: "local" });
  await until(run, "source-found");
  return { question, run };
}

/** Listens until this is told. */
export async function until(run, type) {
  for await (const event of run.events()) if (event.type === type) return;
}
