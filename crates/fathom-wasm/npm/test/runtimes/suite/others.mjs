// The other entries of the module: reports as data, a gateway in front of the program, tools.

import { collect, equal, ok } from "./check.mjs";

const TEXT = `# Rivers 🏞️\n\nThe *Tana* is long [1], says [the survey][d].\n\n| a | b |\n|---|---|\n| 日本 | x [2] |\n\n- one\n- two\n\n[d]: https://d.example\n`;
const REPORT = {
  markdown: TEXT,
  sources: [{ id: 1, title: "Tana", url: "https://t.example" }],
  citations: [{ marker: "[1]", sources: [1], evidence: [{ document: "d1", start: 0, end: 4, quote: "long" }] }],
  warnings: [],
};
const TOKEN = "open-sesame";

/** Nothing where the entries are not there, as with the one that has no loader. */
export const others = (setting) => (setting.faces.report ? { ...reports(setting.faces), ...gateways(setting), ...tools(setting) } : {});

const reports = ({ report, errors }) => ({
  "reports: pushing in pieces equals reading at once": async () => {
    const whole = await report.read(TEXT);
    for (let size = 1; size < 40; size += 1) {
      const reader = await report.reader();
      for (let at = 0; at < TEXT.length; at += size) reader.push(TEXT.slice(at, at + size));
      reader.finish();
      equal(reader.blocks, whole.blocks, `in pieces of ${size}`);
      equal(reader.definitions, whole.definitions);
    }
  },

  "reports: markers are tied to their sources": async () => {
    const { uses, sources, unresolved } = await report.resolve(REPORT);
    equal(uses.map(({ resolved: [{ kind }] }) => kind), ["source", "missing"]);
    equal([sources[0].uses, unresolved], [[0], [1]]);
    equal(report.slice(TEXT, uses[1].span), "[2]");
    equal(uses[0].citation.evidence[0].quote, "long");
  },

  "reports: quotes are checked, files come back": async () => {
    equal((await report.checkQuote("It is long.", "long")).status, "found-elsewhere");
    const file = await report.toBundle(REPORT, { task: "Why?" });
    equal((await report.fromBundle(file)).report, REPORT);
    ok((await report.toMarkdown(REPORT, { title: "T" })).startsWith("# T\n"));
    const refused = await report.resolve({}).catch((error) => error);
    ok(errors.isKind(refused, "invalid-task"), `${refused}`);
  },
});

/** A gateway in front of the program, asked without a network in between. */
function gate({ faces, base }) {
  const { bearer, gateway } = faces.gateway;
  const handle = gateway({ keys: { exa: "any-key" }, upstreams: { exa: `${base}/local/exa` }, authorize: bearer(TOKEN) });
  return (path, init) => handle(new Request(new URL(path, "https://gate.example"), init));
}

const gateways = (setting) => ({
  "a gateway: what can be asked, and who may not ask": async () => {
    const ask = gate(setting);
    const headers = { authorization: `Bearer ${TOKEN}` };
    const { providers } = await (await ask("/api/v1/providers", { headers })).json();
    ok(providers.some(({ id, key }) => id === "exa-agent" && key === "present"));
    ok(providers.every(({ id }) => id !== "local"));
    const kinds = [];
    for (const [path, init] of [
      ["/api/v1/providers", {}],
      ["/gateway/exa/account", { headers }],
      ["/gateway/exa/search", { headers }],
      ["/gateway/exa/search", { headers, method: "POST", body: "{}" }],
      ["/gateway/tavily/usage", { headers }],
    ]) {
      const answer = await ask(path, init);
      kinds.push([answer.status, (await answer.json()).error.kind]);
    }
    equal(kinds, [[401, "unauthorized"], [404, "not-found"], [405, "unsupported"], [415, "unsupported"], [401, "unauthorized"]]);
  },

  "a gateway: a client researches through it": async () => {
    const options = { gateway: { baseUrl: "https://gate.example", token: TOKEN }, fetch: gate(setting) };
    const fathom = new setting.faces.index.Fathom(options);
    const run = await fathom.runs.create("What does Norway export?", { provider: "exa-agent" });
    const events = await collect(run.events());
    const { markdown, sources } = await run.wait();
    ok(markdown && sources.length > 0 && events.length > 0);
  },
});

const tools = ({ faces, base }) => ({
  "tools: research says how far it has come": async () => {
    const fathom = new faces.index.Fathom({ local: { baseUrl: base } });
    const tool = faces.ai.deepResearch({ fathom });
    const steps = await collect(tool.execute({ question: "What does Norway export?" }, { toolCallId: "c" }));
    equal(steps[0].phase, "waiting");
    equal(steps.at(-1).status, "completed");
    ok(tool.toModelOutput({ output: steps.at(-1) }).value.includes(steps.at(-1).markdown));
  },
});
