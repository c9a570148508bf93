import { advanceState } from '../src/model/state-integrator.ts';
import type { DeviceModel } from '../src/model/device-model.ts';
import type { ParameterValues } from '../src/model/parameter-set.ts';
import type { Amperes, Seconds, Volts } from '../src/units.ts';
import { deviceModelOf } from './evaluate.ts';
import type { Model } from './ir.ts';
import type { EmittedDevice } from './target.ts';

/** A pulse, a rest of the same width, a read and a rest, and what the emulator finds. */
export interface TrainStep {
  readonly volts: Volts;
  readonly width: Seconds;
  /** State after the pulse and the rest. */
  readonly state: number;
  /** Current in the middle of the read. */
  readonly current: Amperes;
  /** By how much it changes when the state is off by {@link stateTolerance}, and a millionth of it. */
  readonly currentTolerance: Amperes;
}

/** What one device sees on a bench where its state can be followed: every pulse moves it by a part of its range. */
export interface Train {
  readonly lowerBound: number;
  readonly upperBound: number;
  /** State before the first pulse. */
  readonly start: number;
  readonly readVolts: Volts;
  /** Of every read and of the rest after it. */
  readonly readWidth: Seconds;
  readonly steps: readonly TrainStep[];
}

/** Agreement of a circuit simulator with the emulator, as a part of the range of the state. */
export const stateTolerance = 1e-3;

const trainLength = 40;
/** Pulses of one polarity in a row. */
const runLength = 4;
/** Part of its range by which a pulse should move the state. */
const wantedMove = 0.15;
const voltFractions = [1, 0.75, 0.55, 0.4, 0.3, 0.22, 0.16, 0.12, 0.08, 0.05, 0.03];
/** Distance from a bound that a window may hold, as a part of the range. */
const margin = 0.02;
const leastWidth: Seconds = 1e-9;
const greatestWidth: Seconds = 1;
/** Longest pulse over the shortest: a simulator has to take steps for both. */
const widthSpan = 1e5;

/**
 * Make a pulse train for a device, over its voltages and both polarities.
 *
 * @throws SolverError when the model gives a state that is not finite
 */
export function circuitTrain(model: Model, { set, parameters: p }: EmittedDevice): Train {
  const device = deviceModelOf(model);
  const lowerBound = device.lowerBound(p);
  const upperBound = device.upperBound(p);
  const start = (lowerBound + upperBound) / 2;
  const limits = [set.volts?.max ?? model.validVolts, set.volts?.min ?? -model.validVolts];
  const typical = Math.sqrt(
    limits.reduce((product, volts) => product * travelTime(device, p, start, volts), 1),
  );
  const shortest = Math.max(typical / Math.sqrt(widthSpan), leastWidth);
  const spread = { shortest, longest: typical * Math.sqrt(widthSpan) };
  const { readVolts } = set;
  const readWidth = roundWidth(shortest);

  const steps: TrainStep[] = [];
  let state = start;
  for (let index = 0; index < trainLength; index++) {
    const limit = limits[Math.floor(index / runLength) % limits.length]!;
    const { volts, width, next } = choosePulse(device, p, state, limit, spread, index);
    const rested = advanceState(device, 0, next, width, p);
    const halfRead = advanceState(device, readVolts, rested, readWidth / 2, p);
    const read = advanceState(device, readVolts, halfRead, readWidth / 2, p);
    const currentAt = (x: number): Amperes =>
      device.current(readVolts, Math.min(Math.max(x, lowerBound), upperBound), p);
    const off = stateTolerance * (upperBound - lowerBound);
    steps.push({
      volts,
      width,
      state: rested,
      current: currentAt(halfRead),
      currentTolerance:
        Math.abs(currentAt(halfRead + off) - currentAt(halfRead - off)) +
        stateTolerance ** 2 * Math.abs(currentAt(halfRead)),
    });
    state = advanceState(device, 0, read, readWidth, p);
  }
  return { lowerBound, upperBound, start, readVolts, readWidth, steps };
}

interface Pulse {
  readonly volts: Volts;
  readonly width: Seconds;
  /** State after it. */
  readonly next: number;
}

/**
 * The first voltage, of those from the turn on, that moves the state visibly; else a short pulse of the smallest. A
 * state that a window holds near its bound would stay there, so that pulses into a window are not taken.
 */
function choosePulse(
  device: DeviceModel,
  p: ParameterValues,
  state: number,
  limit: Volts,
  { shortest, longest }: { readonly shortest: Seconds; readonly longest: Seconds },
  turn: number,
): Pulse {
  const lower = device.lowerBound(p);
  const upper = device.upperBound(p);
  const range = upper - lower;
  const isFree = (x: number): boolean =>
    x === lower || x === upper || (x > lower + margin * range && x < upper - margin * range);
  for (let offset = 0; offset < voltFractions.length; offset++) {
    const volts = limit * voltFractions[(turn + offset) % voltFractions.length]!;
    // A state that slows down on its way needs longer than its present speed says.
    let width = roundWidth(Math.max(travelTime(device, p, state, volts), shortest));
    for (let isOnItsWay = true; isOnItsWay && width <= longest; width = roundWidth(4 * width)) {
      const next = advanceState(device, volts, state, width, p);
      const move = Math.abs(next - state) / range;
      if (move > wantedMove / 5 && move < wantedMove * 3 && isFree(next)) {
        return { volts, width, next };
      }
      isOnItsWay = move < wantedMove && (isFree(next) || !isFree(state));
    }
  }
  const volts = limit * Math.min(...voltFractions);
  const width = roundWidth(shortest);
  return { volts, width, next: advanceState(device, volts, state, width, p) };
}

/** Time in which the state would move as far as wanted at its present speed. */
function travelTime(device: DeviceModel, p: ParameterValues, state: number, volts: Volts): Seconds {
  const speed = Math.abs(device.rate(volts, state, p)) / (device.upperBound(p) - device.lowerBound(p));
  return Math.min(Math.max(wantedMove / speed, leastWidth), greatestWidth);
}

/** One significant digit: 1, 2 or 5. */
function roundWidth(seconds: Seconds): Seconds {
  const power = Math.floor(Math.log10(seconds));
  const digits = seconds / 10 ** power;
  const digit = digits < 1.5 ? 1 : digits < 3.5 ? 2 : digits < 7.5 ? 5 : 10;
  return Number(`${digit}e${power}`);
}
