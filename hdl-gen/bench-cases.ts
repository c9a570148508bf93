import { deviceModelOf } from './evaluate.ts';
import type { Model } from './ir.ts';
import type { EmittedDevice } from './target.ts';
import { advanceState } from '../src/model/state-integrator.ts';
import type { Amperes, Seconds, Volts } from '../src/units.ts';

/** What the emulator finds for one voltage and state. */
export interface BenchCase {
  readonly volts: Volts;
  readonly state: number;
  readonly seconds: Seconds;
  readonly rate: number;
  readonly current: Amperes;
  /** State after `seconds` at `volts`. */
  readonly next: number;
}

/** One pulse of a train that one device sees, with the state that it leaves. */
export interface BenchPulse {
  readonly volts: Volts;
  readonly seconds: Seconds;
  readonly next: number;
}

/** Numbers that an emitted model is compared with. */
export interface BenchNumbers {
  readonly lowerBound: number;
  readonly upperBound: number;
  readonly cases: readonly BenchCase[];
  /** State before the train. */
  readonly start: number;
  readonly train: readonly BenchPulse[];
}

const statePositions = [0, 0.1, 0.5, 0.8, 1];
const voltParts = [-1, -0.6, -0.25, 0, 0.25, 0.6, 1];
const widths: readonly Seconds[] = [1e-9, 1e-7, 1e-6, 1e-5, 1e-3];
const trainLength = 40;

/** Compute what a test bench expects, over the voltages of the set and the whole range of states. */
export function benchNumbers(model: Model, { set, parameters: p }: EmittedDevice): BenchNumbers {
  const device = deviceModelOf(model);
  const lowerBound = device.lowerBound(p);
  const upperBound = device.upperBound(p);
  const highest = set.volts?.max ?? model.validVolts;
  const lowest = set.volts?.min ?? -model.validVolts;
  const volts = voltParts.map((part) => (part < 0 ? -part * lowest : part * highest));
  const at = (position: number): number => lowerBound + position * (upperBound - lowerBound);

  const cases = volts.flatMap((v, row) =>
    statePositions.map((position, column): BenchCase => {
      const state = at(position);
      const seconds = widths[(row + column) % widths.length]!;
      return {
        volts: v,
        state,
        seconds,
        rate: device.rate(v, state, p),
        current: device.current(v, state, p),
        next: advanceState(device, v, state, seconds, p),
      };
    }),
  );

  const train: BenchPulse[] = [];
  const start = at(0.5);
  let state = start;
  for (let pulse = 0; pulse < trainLength; pulse++) {
    const seconds = widths[pulse % widths.length]!;
    const v = (pulse % 2 === 0 ? highest : lowest) * (0.5 + (0.5 * (pulse % 7)) / 6);
    state = advanceState(device, v, state, seconds, p);
    train.push({ volts: v, seconds, next: state });
  }
  return { lowerBound, upperBound, cases, start, train };
}
