// Runs inside the page: feeds a renderer and watches the frames.

const frame = () => new Promise((done) => requestAnimationFrame(done));
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const nextTask = () => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { port1.close(); done(); };
  port2.postMessage(null);
});

/** Resolves when what was drawn is on its way to the screen. */
async function painted() {
  await frame();
  await nextTask();
}

/** Gives `piece` characters each `every` milliseconds by the clock, however busy the page is. */
export async function stream(renderer, text, { piece, every }) {
  let longTasks = 0;
  const watch = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longTasks += entry.duration;
  });
  watch.observe({ type: "longtask" });
  let frames = 0;
  let running = true;
  const count = () => { frames += 1; if (running) requestAnimationFrame(count); };
  requestAnimationFrame(count);

  const start = performance.now();
  let given = 0;
  while (given < text.length) {
    const due = Math.min(text.length, (Math.floor((performance.now() - start) / every) + 1) * piece);
    if (due > given) renderer.grow(text, given, due);
    given = due;
    await pause(every);
  }
  await painted();
  running = false;
  const seconds = (performance.now() - start) / 1000;
  await pause(100);
  watch.disconnect();
  return { longTasks, fps: frames / seconds, seconds };
}

/** Shows the whole text and says when the first picture stood and when all of it was there. */
export async function atOnce(renderer, report) {
  await painted();
  const start = performance.now();
  renderer.showNow(report);
  await painted();
  const first = performance.now() - start;
  while (!renderer.isComplete()) await frame();
  await painted();
  return { first, whole: performance.now() - start };
}

/** Wraps a peer, which is given the whole text each time, as its own users do. */
export function fromPeer(open, host) {
  const peer = open(host);
  return {
    grow: (text, _given, due) => peer.show(text.slice(0, due)),
    showNow: (report) => peer.showNow(report.markdown),
    isComplete: () => true,
    close: peer.close,
  };
}

/** Wraps the reading view, which is given pieces. */
export function fromOurs(module, host) {
  const view = new module.Bench(host);
  return {
    prepare: (report) => view.prepare(JSON.stringify(report)),
    grow: (text, given, due) => view.push(text.slice(given, due)),
    showNow: () => view.show(),
    isComplete: () => view.isComplete(),
    close: () => view.free(),
  };
}
