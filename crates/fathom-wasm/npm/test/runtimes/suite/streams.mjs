// Streams that are cut, in whatever way: nothing is told twice, nothing is lost, and the report comes.

import { ask, client, told } from "./ask.mjs";
import { collect, each, equal, ok } from "./check.mjs";

/** What a whole stream tells. */
const EVENTS = 5;

async function heard(setting, fathom, question) {
  const run = await fathom.runs.create({ question }, { provider: "local" });
  const [events, report] = await Promise.all([collect(run.events()), run.wait()]);
  equal(report.markdown, setting.markdown, "the text");
  return told(events);
}

const one = (setting, name) => heard(setting, client(setting, name), ask());

/** Cuts first streams at every place. */
async function everywhere(setting, fault, stride) {
  const fathom = client(setting, fault);
  const places = [];
  for (let at = 0; at < setting.bytes; at += stride) places.push(at);
  ok(places.length > 5, `only ${places.length} places`);
  await each(places, setting.streams, async (at) => {
    const events = await heard(setting, fathom, ask(`${at}`));
    const text = events.filter((event) => event.type === "text-delta").map((event) => event.text).join("");
    equal([events.length, text], [EVENTS, setting.markdown], `what is told when the stream stops after ${at} bytes`);
  });
}

export const streams = (setting) => ({
  "streams: broken off at every byte": () => everywhere(setting, "cut", setting.stride),
  "streams: ended at every byte as if that were all": () => everywhere(setting, "end", setting.stride * 3),
  // Some hosts throw away what arrives together with the break. Then the run is over before it is asked for again, and
  // only the report is left to come.
  "streams: broken off when all is told": async () => {
    const events = await heard(setting, client(setting, "cut"), ask(`${setting.bytes}`));
    ok([0, EVENTS].includes(events.length), `${events.length} events`);
  },
  "streams: byte by byte": async () => equal((await one(setting, "drip-1")).length, EVENTS, "events"),
  "streams: with the line ends of another system": async () => equal((await one(setting, "crlf")).length, EVENTS, "events"),
});
