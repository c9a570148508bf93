import type { BiasFrame } from '../array/bias.ts';
import type { Geometry } from '../array/geometry.ts';
import { createLineSolution, type LineNetwork } from '../array/line-network.ts';
import { toSeconds } from '../schedule/femtoseconds.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Timing } from '../schedule/timing.ts';
import { intervalFrame, waveform, type WaveformInterval } from '../schedule/waveform.ts';
import type { Amperes, Seconds } from '../units.ts';

/** An array under voltages, as `Crossbar` is one. */
export interface DrivenArray {
  frame(frame: BiasFrame, width: Seconds): void;
  /** Currents out of the bit lines at the end of a frame. */
  sense(frame: BiasFrame, width: Seconds): Float64Array;
}

/** A current out of a bit line in the middle of a read. */
export interface PredictedCurrent {
  /** Position of the read's operation in the schedule. */
  readonly operation: number;
  readonly bitLine: number;
  readonly at: Seconds;
  readonly amperes: Amperes;
}

/** An array of resistors. */
export function resistorArray(
  geometry: Geometry,
  conductances: Float64Array,
  network: LineNetwork,
): DrivenArray {
  const solution = createLineSolution(geometry);
  const cells = { geometry, current: (index: number, volts: number) => conductances[index]! * volts };
  return {
    frame: () => {},
    sense(frame) {
      network.solve(frame, cells, solution);
      return solution.bitCurrents.slice();
    },
  };
}

/** Drive an array through a schedule and note the current of every read. */
export function predictCurrents(array: DrivenArray, schedule: Schedule, timing: Timing): PredictedCurrent[] {
  const predicted: PredictedCurrent[] = [];
  for (const interval of waveform(schedule, timing)) {
    const frame = intervalFrame(schedule.geometry, interval);
    const start = toSeconds(interval.start);
    const seconds = toSeconds(interval.end - interval.start);
    const bitLines = readBitLines(interval, schedule.geometry);
    if (bitLines.length === 0) {
      array.frame(frame, seconds);
    } else {
      const currents = array.sense(frame, seconds / 2);
      array.frame(frame, seconds / 2);
      for (const bitLine of bitLines) {
        const at = start + seconds / 2;
        predicted.push({ operation: interval.index, bitLine, at, amperes: currents[bitLine]! });
      }
    }
  }
  return predicted;
}

function readBitLines({ operation, cell }: WaveformInterval, { bitLines }: Geometry): number[] {
  if (operation.kind === 'read' && cell !== null) {
    return [cell.bit];
  }
  return operation.kind === 'frame' && operation.sense
    ? Array.from({ length: bitLines }, (_, bit) => bit)
    : [];
}
