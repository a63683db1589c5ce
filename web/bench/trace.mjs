// The longest task of a page's main thread, from Chromium's own trace.

/** Starts a trace; the returned function ends it and resolves to the worst task in milliseconds. */
export async function watchTasks(page) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value.filter(isUseful)));
  await session.send("Tracing.start", {
    traceConfig: { includedCategories: ["disabled-by-default-devtools.timeline"], recordMode: "recordContinuously" },
    transferMode: "ReportEvents",
    bufferUsageReportingInterval: 0,
  });
  return async () => {
    const complete = new Promise((done) => session.once("Tracing.tracingComplete", done));
    await session.send("Tracing.end");
    await complete;
    await session.detach();
    return worstTask(events);
  };
}

const isUseful = (event) => event.name === "RunTask" || event.name === "thread_name";

function worstTask(events) {
  const mains = new Set(
    events
      .filter((event) => event.name === "thread_name" && event.args?.name === "CrRendererMain")
      .map((event) => `${event.pid}/${event.tid}`),
  );
  const tasks = events.filter((event) => event.name === "RunTask" && mains.has(`${event.pid}/${event.tid}`));
  const worst = (field) => tasks.reduce((most, task) => Math.max(most, task[field] ?? 0), 0) / 1000;
  return { worst: worst("dur"), worstCpu: worst("tdur"), tasks: tasks.length };
}
