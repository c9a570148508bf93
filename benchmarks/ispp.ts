import { loadDevice } from '../devices/load-device.ts';
import { createGeometry } from '../src/array/geometry.ts';
import { idealWires, type LineNetwork } from '../src/array/line-network.ts';
import { resistiveWires } from '../src/array/resistive-wires.ts';
import { createLab, type Lab } from '../src/lab/lab.ts';
import { labSchema } from '../src/lab/lab-config.ts';
import { planLab } from '../src/lab/plan-lab.ts';
import { simulatedOptions } from '../src/lab/simulate-lab.ts';
import { Crossbar } from '../src/array/crossbar.ts';
import { noVariability, type Variability } from '../src/model/variability.ts';
import { RandomStream } from '../src/random.ts';
import { SimulatedBackend } from '../src/run/simulated-backend.ts';
import type { SafeOperatingArea } from '../src/schedule/safe-operating-area.ts';
import type { Volts } from '../src/units.ts';

/** Write-verify of a device, and the array it is measured on. */
interface IsppCase {
  readonly title: string;
  readonly model: string;
  readonly set: string;
  /** Amplitudes of both ramps, as magnitudes. */
  readonly ramp: { readonly start: Volts; readonly step: Volts; readonly stop: Volts };
  readonly variability?: Partial<Variability>;
}

interface IsppResult {
  readonly pulses: number;
  readonly reads: number;
  /** Time of the processor; the wall's depends on what else runs on the machine. */
  readonly seconds: number;
}

const ramp = { start: 0.5, step: 0.05, stop: 2.5 };
const spread = { rMin: { distribution: 'normal', relative: 0.05 } } as const;

const cases: readonly IsppCase[] = [
  { title: 'data-driven-2016 tiox-2016', model: 'data-driven-2016', set: 'tiox-2016', ramp },
  { title: 'data-driven-2016 virtual-arc', model: 'data-driven-2016', set: 'virtual-arc', ramp },
  { title: 'data-driven-2016 neuropack', model: 'data-driven-2016', set: 'neuropack', ramp },
  {
    title: 'data-driven-2016 tiox-2016, spread and cycle-to-cycle',
    model: 'data-driven-2016',
    set: 'tiox-2016',
    ramp,
    variability: { deviceToDevice: spread, cycleToCycle: 0.1 },
  },
  { title: 'vteam technion', model: 'vteam', set: 'technion', ramp },
  { title: 'data-driven-2018 tiox-dut1', model: 'data-driven-2018', set: 'tiox-dut1', ramp },
];

/** Word lines that are programmed in plain TypeScript, which is slower. */
const plainWords = 8;

/** Word lines that are programmed between wires, spread over the array. */
const wiredWords = 4;

/** Pulses per second of processor time, model by model: compiled, and beside it in plain TypeScript. */
export async function isppRows(): Promise<readonly Record<string, string | number>[]> {
  const rows: Record<string, string | number>[] = [];
  for (const benchmark of cases) {
    // The first run warms up.
    await measureIspp(benchmark, true, plainWords);
    const compiled = await measureIspp(benchmark, true, lines);
    const plain = await measureIspp(benchmark, false, plainWords);
    rows.push({
      device: benchmark.title,
      'pulses a cell': Number((compiled.pulses / lines ** 2).toPrecision(3)),
      'kpulses/s': thousands(compiled.pulses / compiled.seconds),
      'with reads, k/s': thousands((compiled.pulses + compiled.reads) / compiled.seconds),
      'TypeScript, kpulses/s': thousands(plain.pulses / plain.seconds),
    });
  }
  return rows;
}

/** The same between wires of 1 ohm a segment, solved exactly at every act. */
export async function wiredIsppRows(): Promise<readonly Record<string, string | number>[]> {
  const geometry = createGeometry(lines, lines);
  const wires = () => resistiveWires({ geometry, wordSegmentResistance: 1, bitSegmentResistance: 1 });
  const [benchmark] = cases;
  if (benchmark === undefined) {
    return [];
  }
  // The first run warms up.
  await measureIspp(benchmark, true, 1, wires());
  const ideal = await measureIspp(benchmark, true, wiredWords);
  const wired = await measureIspp(benchmark, true, wiredWords, wires());
  return [['ideal', ideal] as const, ['1 ohm', wired] as const].map(
    ([network, { pulses, reads, seconds }]) => ({
      network,
      'acts a cell': ((pulses + reads) / (wiredWords * lines)).toPrecision(3),
      'us an act': ((seconds / (pulses + reads)) * 1e6).toPrecision(3),
      's for all lines': ((seconds * lines) / wiredWords).toPrecision(3),
    }),
  );
}

function thousands(perSecond: number): number {
  return Math.round(perSecond / 1e3);
}

const lines = 128;
const width = 1e-6;

/** Limits that stop nothing: the benchmark measures the array, not its owner. */
const limits: SafeOperatingArea = {
  format: 'ohmloom-soa',
  version: 1,
  array: 'benchmark',
  source: 'none',
  voltage: {
    pulse: { positive: 5, negative: 5 },
    read: { positive: 5, negative: 5 },
    line: 5,
    unselected: 5,
  },
  width: { pulse: { min: 0, max: 1 }, read: { min: 0, max: 1 } },
  envelope: [{ volts: 5, width: 1 }],
  energy: { perPulse: 1, lowestResistance: 1000 },
  compliance: { current: 1, seriesResistance: 0, lineCurrent: 1e3 },
  halfSelect: [{ volts: 5, total: 1e6 }],
  endurance: { pulsesPerCell: 1e6, cyclesPerCell: 1e6, readsPerCell: 1e6 },
  response: { conductance: { min: 0, max: 1 }, relativeStep: 1e6, wrongDirection: 1e6 },
};

async function createIsppLab({ model, set, ramp }: IsppCase): Promise<Lab> {
  const config = labSchema.parse({
    device: { model, set },
    controller: { line: { min: '-5 V', max: '5 V' } },
    read: { width: '1 us', bias: 'grounded' },
    program: {
      policy: {
        name: 'ispp',
        set: volts(ramp),
        reset: volts(ramp),
        width: `${width * 1e6} us`,
        maxPulses: 40,
      },
      tolerance: 0.01,
    },
    limits: 'none',
  });
  return createLab(config, await loadDevice(model, set), limits);
}

function volts({ start, step, stop }: IsppCase['ramp']) {
  return { start: `${start} V`, step: `${step} V`, stop: `${stop} V` };
}

/**
 * Program an array of 128 x 128 cells by write-verify under V/2 and measure it, verify reads included.
 *
 * @param compiled - whether victims are advanced by the compiled kernel
 * @param words - word lines to program, spread evenly over the array
 */
async function measureIspp(
  benchmark: IsppCase,
  compiled: boolean,
  words: number,
  network: LineNetwork = idealWires,
): Promise<IsppResult> {
  const lab = await createIsppLab(benchmark);
  const geometry = createGeometry(lines, lines);
  const { min, max } = lab.device.set.conductance;
  const stream = new RandomStream(7, 'targets');
  const targets = Float64Array.from(
    { length: lines * lines },
    (_, cell) => min + (max - min) * (0.1 + 0.8 * stream.uniform(cell, 0)),
  );
  const program = planLab(lab, targets, geometry);
  const { model, parameters, kernel } = lab.device;
  const crossbar = new Crossbar({
    geometry,
    model,
    parameters,
    variability: { ...noVariability, ...benchmark.variability },
    seed: 1,
    readVolts: lab.read.volts,
    initial: { mean: (min + max) / 2, spread: { distribution: 'normal', relative: 0.05 } },
    kernel: compiled ? kernel : undefined,
    network,
  });
  const backend = new SimulatedBackend({ ...simulatedOptions(lab, geometry, 1), crossbar });
  await backend.open();
  await backend.arm(program);
  let pulses = 0;
  let reads = 0;
  const before = process.cpuUsage();
  for (let k = 0; k < words; k++) {
    const word = Math.floor(((k + 0.5) * lines) / words);
    const result = await backend.execute(word);
    if (result.kind === 'programVerify') {
      for (const cell of result.cells) {
        pulses += cell.trace.length;
        reads += cell.reads;
      }
    }
  }
  const { user, system } = process.cpuUsage(before);
  return { pulses, reads, seconds: (user + system) / 1e6 };
}
