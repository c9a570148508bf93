import { Simulation } from 'eecircuit-engine';
import { describe, expect, test } from 'vitest';
import type { DeviceName } from '../../devices/table.ts';
import { spice } from '../../hdl-gen/targets/spice.ts';
import { circuitTrain, stateTolerance } from '../../hdl-gen/testbench-train.ts';
import { trainWaveform } from '../../hdl-gen/testbench-waveform.ts';
import { type ModelCase, randomCase } from './emitted-models.ts';
import { mutantCase, mutantFiles } from './wrong-models.ts';

/** A run takes seconds; spice-models.test.ts goes through all. */
const names: readonly DeviceName[] = ['data-driven-2016', 'vteam', 'linear-ion-drift-biolek'];

/** The bench with its library inside; the engine does not obey `.control`, so that the test measures by itself. */
function netlistOf(files: ReturnType<typeof spice.emit>): string {
  const library = files.find(({ path }) => path.endsWith('.lib'))!.text;
  const bench = files.find(({ path }) => path.endsWith('.cir'))!.text;
  return bench
    .replace(/^\.include .*$/mu, () => library.trimEnd())
    .replace(/^\.control\n[^]*^\.endc\n/mu, '');
}

/** Value of a vector at an instant, between the steps of the simulator. */
function valueAt(times: readonly number[], values: readonly number[], at: number): number {
  const after = times.findIndex((time) => time >= at);
  const [start, end] = [times[after - 1]!, times[after]!];
  const part = (at - start) / (end - start);
  return values[after - 1]! * (1 - part) + values[after]! * part;
}

/** Largest miss of a state, in units of what is allowed. */
async function largestMiss({ model, device }: ModelCase, netlist: string): Promise<number> {
  const simulation = new Simulation();
  await simulation.start();
  simulation.setNetList(netlist);
  const result = await simulation.runSim();
  const data = result.dataType === 'real' ? result.data : [];
  const vector = (name: string) => data.find((candidate) => candidate.name === name)?.values ?? [];
  const [times, states] = [vector('time'), vector('v(xdevice.state)')];
  if (states.length < 100) {
    throw new Error(`no transient analysis: ${simulation.getError().join('; ')}`);
  }
  const { samples } = trainWaveform(circuitTrain(model, device));
  return Math.max(
    ...samples.map(
      ({ stateAt, place }) => Math.abs(valueAt(times, states, stateAt) - place) / stateTolerance,
    ),
  );
}

describe('subcircuits in ngspice as WebAssembly, from npm', () => {
  test.each(names)('%s with random parameters', async (name) => {
    const modelCase = await randomCase(name, 10);
    expect(await largestMiss(modelCase, netlistOf(spice.emit(modelCase)))).toBeLessThan(1);
  });

  test('a wrong equation is found out', async () => {
    const mutant = await mutantCase('data-driven-2016', 'exponent');
    expect(await largestMiss(mutant.right, netlistOf(mutantFiles(spice, mutant)))).toBeGreaterThan(1);
  });
});
