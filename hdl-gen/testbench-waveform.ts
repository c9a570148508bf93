import type { Amperes, Seconds, Volts } from '../src/units.ts';
import type { Train } from './testbench-train.ts';

/** A train as a circuit simulator drives it, with what is measured when. */
export interface CircuitWaveform {
  /** Corners of the voltage, in order. */
  readonly corners: readonly { readonly at: Seconds; readonly volts: Volts }[];
  readonly samples: readonly WaveformSample[];
  readonly end: Seconds;
}

/** What the emulator finds after one pulse. */
export interface WaveformSample {
  readonly stateAt: Seconds;
  /** Place of the state in its range, 0 to 1. */
  readonly place: number;
  readonly currentAt: Seconds;
  readonly current: Amperes;
  readonly currentTolerance: Amperes;
}

/** Length of an edge over that of its pulse. An edge begins where the pulse does, so that its width stays. */
const edgePart = 1e-4;

/** Lay a train out in time. */
export function trainWaveform({
  lowerBound,
  upperBound,
  readVolts,
  readWidth,
  steps,
}: Train): CircuitWaveform {
  const corners = [{ at: 0, volts: 0 }];
  const samples: WaveformSample[] = [];
  let now: Seconds = steps[0]?.width ?? 0;
  const pulse = (volts: Volts, width: Seconds): void => {
    // A state that is fast at low voltages would move during a longer edge.
    const edge = Math.min(edgePart * width, readWidth);
    corners.push({ at: now, volts: 0 }, { at: now + edge, volts });
    corners.push({ at: now + width, volts }, { at: now + width + edge, volts: 0 });
    now += width;
  };
  for (const { volts, width, state, current, currentTolerance } of steps) {
    pulse(volts, width);
    now += width;
    const stateAt = now;
    pulse(readVolts, readWidth);
    const currentAt = now - readWidth / 2;
    now += readWidth;
    const place = (state - lowerBound) / (upperBound - lowerBound);
    samples.push({ stateAt: tidy(stateAt), place, currentAt: tidy(currentAt), current, currentTolerance });
  }
  return {
    corners: corners.map(({ at, volts }) => ({ at: tidy(at), volts })),
    samples,
    end: tidy(now),
  };
}

/** A sum of decimal times without the dust of binary addition. */
function tidy(seconds: Seconds): Seconds {
  return Number(seconds.toPrecision(15));
}
