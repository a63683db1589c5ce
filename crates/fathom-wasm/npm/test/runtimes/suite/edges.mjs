// What stands around runs: reports as data, a gateway, tools for models.

import { collect, equal, ok } from "./check.mjs";

const KEY = "planted-key-7d1f";
const TOKEN = "planted-token-33";
const MARKDOWN = "# Größe\n\nIt is [long][d], says [1].\n\n| a |\n|---|\n| 日本 |\n\n[d]: https://d.example\n";

/** A gateway with its key, in front of the program. */
const gateway = ({ faces, base }) =>
  faces.gateway.gateway({ keys: { exa: KEY }, upstreams: { exa: `${base}/local/exa` }, authorize: faces.gateway.bearer(TOKEN) });

const ask = (path, { token = TOKEN, ...init } = {}) =>
  new Request(`https://gateway.invalid${path}`, { ...init, headers: { authorization: `Bearer ${token}`, "content-type": "application/json" } });

export const edges = (setting) => ({
  "report: a text is read, whole and in pieces": async () => {
    const { read, reader } = setting.faces.report;
    const whole = await read(MARKDOWN);
    equal(whole.blocks.map(({ kind }) => kind), ["heading", "paragraph", "table"], "the blocks");
    const growing = await reader();
    for (const piece of MARKDOWN) growing.push(piece);
    growing.finish();
    equal(growing.blocks, whole.blocks, "the same in pieces");
  },

  "report: markers find their sources": async () => {
    const { uses } = await setting.faces.report.resolve({ markdown: "long [1] or [2]", sources: [{ id: 1, title: "T" }] });
    equal(uses.map(({ resolved }) => resolved[0].kind), ["source", "missing"], "the markers");
  },

  "gateway: passes on what research needs, with the key": async () => {
    const body = JSON.stringify({ query: "What does Norway export?", numResults: 1 });
    const reply = await gateway(setting)(ask("/gateway/exa/search", { method: "POST", body }));
    equal(reply.status, 200, "the status");
    ok((await reply.json()).results.length === 1, "no result");
  },

  "gateway: passes a stream on": async () => {
    const body = JSON.stringify({ query: "What does Norway export?", stream: true });
    const reply = await gateway(setting)(ask("/gateway/exa/answer", { method: "POST", body }));
    ok(reply.headers.get("content-type").startsWith("text/event-stream"), "no stream");
    ok((await reply.text()).includes("data: "), "no events");
  },

  "gateway: refuses the rest, and never shows the key": async () => {
    const refused = [
      [ask("/gateway/exa/search", { method: "POST", body: "{}", token: "another" }), 403],
      [ask("/gateway/exa/monitors"), 404],
      [ask("/gateway/exa/search"), 405],
      [ask("/elsewhere"), 404],
    ];
    for (const [request, status] of refused) {
      const reply = await gateway(setting)(request);
      equal(reply.status, status, request.url);
      ok(!(await reply.text()).includes(KEY), "the key is shown");
    }
  },

  "ai: research with progress": async () => {
    const fathom = new setting.faces.index.Fathom({ local: { baseUrl: `${setting.fault}/ok` } });
    const tool = setting.faces.ai.deepResearch({ fathom, provider: "local" });
    const said = await collect(tool.execute({ question: "Wie groß ist Norwegen?" }, {}));
    equal([said.at(-1).status, said.at(-1).markdown], ["completed", setting.markdown], "the answer");
  },
});
