/**
 * Runs benchmarks by name, or all: `npm run bench -- ispp`. Figures depend on the machine and on what else runs there;
 * ratios are taken within one run.
 */

/** One line of a table, by column. */
type Row = Readonly<Record<string, string | number>>;

const benchmarks: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  ispp: async () => (await import('./ispp.ts')).isppRows(),
  schedule: async () => (await import('./schedule.ts')).scheduleRows(),
  'ispp-wires': async () => (await import('./ispp.ts')).wiredIsppRows(),
  nodal: async () => (await import('./nodal.ts')).nodalRows(),
  'nodal-drop': async () => (await import('./nodal.ts')).dropRows(),
  'nodal-single': async () => (await import('./nodal.ts')).singleRows(),
  'nodal-transfer': async () => (await import('./nodal.ts')).transferRows(),
  'nodal-newton': async () => (await import('./nodal.ts')).newtonRows(),
  mvm: async () => (await import('./mvm.ts')).mvmRows(),
  spiking: async () => (await import('./spiking.ts')).spikingRows(),
  wire: async () => (await import('./wire.ts')).wireRows(),
  'nodal-generality': async () => (await import('./nodal.ts')).generalityRows(),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0) {
  process.stderr.write(
    `no benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}\n`,
  );
  process.exitCode = 2;
} else {
  for (const name of asked.length > 0 ? asked : Object.keys(benchmarks)) {
    process.stdout.write(`${name}\n${tableText(await benchmarks[name]!())}\n`);
  }
}

/** Rows of the same columns under their names. */
function tableText(rows: readonly Row[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => String(row[name])))];
  const widths = names.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
