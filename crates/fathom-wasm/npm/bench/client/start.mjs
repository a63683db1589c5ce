// A process that makes one poll with one client and ends: `start.mjs CLIENT UPSTREAM`.

const [, , client, base] = process.argv;
const { first } = await import(`./first-${client}.mjs`);
if (!(await first(base)).startsWith("Norway exports")) throw new Error("another text came");
