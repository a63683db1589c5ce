// The public API as any client sees it.

export class Api {
  #documents = new Map();

  constructor(url) {
    this.base = `${url}/api/v1`;
  }

  async get(path) {
    const reply = await fetch(this.base + path);
    if (!reply.ok) throw new Error(`GET ${path}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  }

  async post(path, body) {
    const headers = { "content-type": "application/json" };
    const reply = await fetch(this.base + path, { method: "POST", headers, body: JSON.stringify(body ?? {}) });
    if (!reply.ok) throw new Error(`POST ${path}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  }

  /** Starts a run and waits for its end, which the event stream tells by closing. */
  async research(question, task = {}) {
    const { id } = await this.post("/runs", { question, ...task });
    return this.ended(id);
  }

  async ended(id) {
    for (;;) {
      const events = await fetch(`${this.base}/runs/${id}/events`);
      await events.text();
      const run = await this.get(`/runs/${id}`);
      if (run.status !== "queued" && run.status !== "running") return run;
    }
  }

  /** Queues deep runs, so that with one worker the next run has to wait: a moment long enough to act in. */
  async occupy(count = 6) {
    const question = (at) => `How did the economy, the army and the laws of the country change, part ${at}?`;
    const runs = Array.from({ length: count }, (_, at) => this.post("/runs", { question: question(at), effort: "deep" }));
    return Promise.all(runs);
  }

  /** The runs of exactly this question. */
  async asked(question) {
    return (await this.runs()).filter((run) => run.question === question);
  }

  /** Every run, newest first. */
  async runs() {
    const all = [];
    let cursor = "";
    do {
      const page = await this.get(`/runs?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      all.push(...page.runs);
      cursor = page.next_cursor;
    } while (cursor);
    return all;
  }

  /** A stored document, its text as bytes: evidence counts in bytes. */
  async document(id) {
    if (!this.#documents.has(id)) {
      const path = `/library/documents/${id.split("/").map(encodeURIComponent).join("/")}`;
      const document = await this.get(path);
      this.#documents.set(id, { ...document, bytes: Buffer.from(document.text) });
    }
    return this.#documents.get(id);
  }
}
