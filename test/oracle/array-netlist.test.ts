import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { missingTools } from '../../hdl-gen/toolchain/find-tool.ts';
import { runNgspice } from '../../hdl-gen/toolchain/ngspice.ts';
import { writeMatrix } from '../../src/files/npy.ts';
import { runCli, scratchFolder } from '../unit/cli/run-cli.ts';

/** Run the command line, which has to succeed. */
async function ohmloom(...args: string[]): Promise<void> {
  const { code, stderr } = await runCli(...args, '--quiet');
  expect(stderr).toBe('');
  expect(code).toBe(0);
}

/** Program a square array to conductances between 65 and 90 uS; the run is in the folder `run`. */
async function programmedArray(size: number): Promise<string> {
  const folder = scratchFolder();
  cpSync('examples/lab.yaml', join(folder, 'lab.yaml'));
  cpSync('examples/soa-tiox.yaml', join(folder, 'soa-tiox.yaml'));
  const targets = Float64Array.from(
    { length: size * size },
    (_, index) => 65e-6 + 2.5e-7 * ((37 * index) % 101),
  );
  await writeMatrix(join(folder, 'targets.npy'), targets, [size, size]);
  const [config, out] = [join(folder, 'lab.yaml'), join(folder, 'run')];
  await ohmloom('program', '--target', join(folder, 'targets.npy'), '--config', config, '--out', out);
  return folder;
}

/** Relative differences between ngspice and the emulator. */
async function differences(netlistFolder: string): Promise<number[]> {
  const output = await runNgspice('array.cir', { folder: netlistFolder });
  return [...output.matchAll(/^error_\S+\s*=\s*(\S+)$/gmu)].map(([, value]) => Math.abs(Number(value)));
}

describe.skipIf(missingTools(['ngspice']).length > 0)('a run as a netlist, in ngspice', () => {
  test('16 x 16 programmed cells, with ideal and with resistive wires', async () => {
    const folder = await programmedArray(16);
    const ideal = join(folder, 'ideal');
    await ohmloom('emit', 'array', '--run', join(folder, 'run'), '--to', 'spice', '--out', ideal);
    const idealDifferences = await differences(ideal);
    expect(idealDifferences).toHaveLength(256);
    expect(Math.max(...idealDifferences)).toBeLessThan(1e-9);

    const lab = readFileSync(join(folder, 'lab.yaml'), 'utf8');
    const wires = 'array:\n  wordSegmentResistance: 2.5 ohm\n  bitSegmentResistance: 1.5 ohm\n';
    const wiredLab = lab.replace('array:\n', wires).replace('error: 1 mV', 'error: 1 mV, resistance: 50 ohm');
    expect(wiredLab).toMatch(/50 ohm/u);
    writeFileSync(join(folder, 'wired.yaml'), wiredLab);
    const [config, from, read] = [join(folder, 'wired.yaml'), join(folder, 'run'), join(folder, 'read')];
    await ohmloom('read', '--config', config, '--from', from, '--out', read);
    const wired = join(folder, 'wired');
    await ohmloom('emit', 'array', '--run', read, '--out', wired);
    const wiredDifferences = await differences(wired);
    expect(wiredDifferences).toHaveLength(256);
    expect(Math.max(...wiredDifferences)).toBeLessThan(1e-6);

    const netlist = readFileSync(join(wired, 'array.cir'), 'utf8');
    writeFileSync(join(wired, 'array.cir'), netlist.replace(/^(Rword_w3_b4 .*) 2\.5$/mu, '$1 2.6'));
    expect(Math.max(...(await differences(wired)))).toBeGreaterThan(1e-6);
  });

  test('devices through all pulses and reads of a run', async () => {
    const folder = await programmedArray(2);
    const out = join(folder, 'devices');
    const flags = ['--cells', 'devices', '--drive', 'schedule', '--out', out];
    await ohmloom('emit', 'array', '--run', join(folder, 'run'), ...flags);
    const found = await differences(out);
    expect(found.length).toBeGreaterThan(8);
    expect(Math.max(...found)).toBeLessThan(1e-6);

    const library = join(out, 'data_driven_2016.lib');
    const text = readFileSync(library, 'utf8');
    writeFileSync(
      library,
      text.replace(/^(\.param p_t_p)=(\S+)$/mu, (_, name, value) => `${name}=${1.01 * value}`),
    );
    expect(Math.max(...(await differences(out)))).toBeGreaterThan(1e-4);
  });
});
