import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createGeometry } from '../src/array/geometry.ts';
import { wiredConductances } from '../src/array/wired-conductances.ts';
import { InferencePipeline } from '../src/network/inference-pipeline.ts';
import { RandomStream } from '../src/random.ts';
import type { Seconds } from '../src/units.ts';
import { cpuSeconds, drawConductances, usualDevices } from './nodal-cases.ts';

const repeats = 9;

/** Batches through DAC, product, read noise and ADC, beside NumPy in float32 with one thread. */
export function mvmRows() {
  const cases = [
    [256, 1],
    [1024, 1],
    [256, 256],
    [512, 256],
    [1024, 256],
  ] as const;
  return cases.map(([lines, batch]) => {
    const conductances = drawConductances(lines, usualDevices);
    const geometry = createGeometry(lines, lines);
    const wires = { geometry, wordSegmentResistance: 1, bitSegmentResistance: 1 };
    const matrices = [conductances, wiredConductances(wires, conductances)];
    const [own, wired] = secondsInTurns(matrices.map((matrix) => batchesOn(matrix, lines, batch)));
    const numpy = numpySeconds(lines, batch);
    return {
      lines,
      batch,
      'kernel ms': (own! * 1e3).toPrecision(3),
      'with exact drop / without': (wired! / own!).toFixed(2),
      'NumPy ms': numpy === undefined ? '-' : (numpy.outputs * 1e3).toPrecision(3),
      'NumPy / kernel': times(numpy?.outputs, own!),
      'NumPy, noise of each cell, ms': numpy === undefined ? '-' : (numpy.cells * 1e3).toPrecision(3),
      'cells / kernel': times(numpy?.cells, own!),
    };
  });
}

function times(reference: Seconds | undefined, own: Seconds): string {
  return reference === undefined ? '-' : `${(reference / own).toPrecision(3)}x`;
}

interface Batches {
  readonly calls: number;
  run(): void;
}

function batchesOn(conductances: Float64Array, lines: number, batch: number): Batches {
  const fullScale = lines * 0.2 * 1.4e-4;
  const pipeline = new InferencePipeline({
    geometry: createGeometry(lines, lines),
    conductances,
    dac: { bits: 8, minVolts: 0, maxVolts: 0.2 },
    readNoise: { distribution: 'normal', relative: 0.01 },
    readChannel: {
      transimpedance: { ranges: [{ gainOhms: 4 / fullScale }], maxVolts: 4 },
      adc: { bits: 10, minVolts: 0, maxVolts: 2 },
      range: 0,
    },
    seed: 1,
  });
  const random = new RandomStream(2, 'benchmark');
  const volts = Float64Array.from({ length: batch * lines }, (_, at) => 0.2 * random.uniform(at, 0));
  const calls = Math.max(1, Math.floor(2 ** 24 / (batch * lines ** 2)));
  return {
    calls,
    run() {
      for (let call = 0; call < calls; call++) {
        pipeline.currents(volts, call * batch);
      }
    },
  };
}

/** Median processor time of a batch of each, taken in turns: what else the machine does then burdens all of them. */
function secondsInTurns(all: readonly Batches[]): Seconds[] {
  const times = all.map((): Seconds[] => []);
  for (let turn = 0; turn < repeats; turn++) {
    all.forEach(({ run, calls }, which) => times[which]!.push(cpuSeconds(run, 1) / calls));
  }
  return times.map((seconds) => seconds.sort((a, b) => a - b)[Math.floor(repeats / 2)]!);
}

interface NumpySeconds {
  readonly outputs: Seconds;
  readonly cells: Seconds;
}

function numpySeconds(lines: number, batch: number): NumpySeconds | undefined {
  const script = fileURLToPath(new URL('mvm.py', import.meta.url));
  try {
    const text = execFileSync('python3', [script, String(lines), String(batch), String(repeats)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(text) as NumpySeconds;
  } catch {
    return undefined;
  }
}
