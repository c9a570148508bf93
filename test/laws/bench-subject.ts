import { loadDevice } from '../../devices/load-device.ts';
import { createGeometry } from '../../src/array/geometry.ts';
import type { BackendFactory, BackendSubject } from '../../src/laws/backend-subject.ts';
import { recordRun } from '../../src/laws/backend-subject.ts';
import { benchKnowledge, benchProgram, emulateBench } from '../../src/laws/emulated-bench.ts';
import type { Variability } from '../../src/model/variability.ts';
import { planArray } from '../../src/programming/plan-array.ts';
import { ReplayBackend } from '../../src/run/replay-backend.ts';
import type { Operation } from '../../src/schedule/operation.ts';

const { model, set } = await loadDevice('data-driven-2016', 'virtual-arc');
const device = { model, set };
const geometry = createGeometry(2, 3);
const start = { geometry, conductances: new Float64Array(6).fill(1.5e-4) };

const noise: Variability = {
  deviceToDevice: { aP: { distribution: 'log-normal', relative: 0.1 } },
  cycleToCycle: 0.1,
  readNoise: { distribution: 'normal', relative: 0.002 },
  stuck: { high: 0, low: 0 },
};

const ramp = { start: 0.6, step: 0.1, stop: 1.5 };
const read = { volts: set.readVolts, width: 1e-6, bias: 'grounded' } as const;

const loops = planArray({
  geometry,
  targets: Float64Array.of(1.2e-4, 1.3e-4, 1.4e-4, 1.6e-4, 1.7e-4, 1),
  tolerance: 0.02,
  policy: { name: 'ispp', parameters: { set: ramp, reset: ramp, width: 1e-6, maxPulses: 40 } },
  setPolarity: model.setPolarity,
  read,
  bias: 'half',
  passes: 1,
});

/** Every kind of operation. One target is out of reach. */
const operations: readonly Operation[] = [
  { kind: 'pulse', cell: { word: 1, bit: 2 }, volts: 1.2, width: 1e-6, bias: 'third' },
  { kind: 'wait', seconds: 1e-3 },
  ...loops,
  { kind: 'frame', wordVolts: [0.8, 0], bitVolts: [0, 0.1, 0], width: 1e-6, sense: false },
  { kind: 'frame', wordVolts: [0.2, 0.1], bitVolts: [0, 0, 0], width: 1e-6, sense: true },
];

export const program = benchProgram(geometry, operations);

/** A simulated backend; `policies` as its options say. */
export function simulated(policies?: readonly string[]): BackendSubject {
  const { backend } = emulateBench(device, start, 7, noise, policies);
  return { backend, program, device: benchKnowledge(device) };
}

const recording = await recordRun(simulated());

/** A backend that answers from a recording of the simulated one. */
export const replay: BackendFactory = () => {
  const { backend, ...rest } = simulated();
  const { driver } = backend.capabilities();
  return { ...rest, backend: new ReplayBackend({ capabilities: { geometry, driver }, events: recording }) };
};
