// What is printed.

const passed = ({ results }) => results.filter((result) => !result.error).length;
const failed = ({ results }) => results.filter((result) => result.error).length;

/** One runtime: each test that failed, and the counts in the words of Node's own runner. */
export function print(row) {
  console.log(`\n${row.name}`);
  for (const { name, error } of row.results.filter((result) => result.error)) console.log(`not ok ${name}\n  ${error.replaceAll("\n", "\n  ")}`);
  console.log(`# pass ${passed(row)}\n# fail ${failed(row)}`);
}

/** All runtimes, one a line. Says whether all tests passed; a runtime in which none ran has failed. */
export function table(rows) {
  console.log(`\n${"runtime".padEnd(26)} ${"passed".padStart(6)} ${"failed".padStart(6)} ${"seconds".padStart(8)}  slowest test`);
  for (const row of rows) {
    const slowest = row.results.toSorted((a, b) => b.ms - a.ms)[0];
    const numbers = `${`${passed(row)}`.padStart(6)} ${`${failed(row)}`.padStart(6)} ${row.seconds.toFixed(1).padStart(8)}`;
    console.log(`${row.name.padEnd(26)} ${numbers}  ${slowest?.name ?? "none"} (${((slowest?.ms ?? 0) / 1000).toFixed(1)} s)`);
  }
  return rows.length > 0 && rows.every((row) => passed(row) > 0 && failed(row) === 0);
}
