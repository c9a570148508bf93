import { ScheduleError } from '../../src/errors.ts';
import type { Amperes, Seconds, Volts } from '../../src/units.ts';
import type { BoardJob } from './board-job.ts';
import { cutOffOnWire } from './cut-off.ts';
import { arcOneLimits } from './limits.ts';
import { wireValue } from './wire-value.ts';

/** Which parts of a sweep, and in which order. */
export const curveSpans = ['positive-first', 'negative-first', 'positive', 'negative'] as const;

/** A current-voltage curve. */
export interface CurveTracerParameters {
  /** Magnitudes of both ends. */
  readonly positive: Volts;
  readonly negative: Volts;
  readonly start: Volts;
  readonly step: Volts;
  /** Time at each voltage. */
  readonly width: Seconds;
  readonly interpulse: Seconds;
  /** Magnitudes; 0 for none. */
  readonly cutOff: { readonly positive: Amperes; readonly negative: Amperes };
  readonly cycles: number;
  /** A staircase, or pulses with a rest at 0 V between them. */
  readonly form: 'staircase' | 'pulsed';
  readonly span: (typeof curveSpans)[number];
  /** Return to 0 V when the cut-off trips. */
  readonly halt: boolean;
}

/**
 * CurveTracer: job 201. It reports one run of points per cycle; their voltages were measured.
 *
 * @param widthOffset - time that the board is believed to add to each step; the width goes out shorter by it
 * @throws ScheduleError for a step shorter than the board can make, or a start too near 0 V
 */
export function curveTracerJob(parameters: CurveTracerParameters, widthOffset: Seconds): BoardJob {
  const { positive, negative, start, step, width, interpulse, cutOff, cycles } = parameters;
  if (!(width - widthOffset >= arcOneLimits.shortestCurveStep && start >= arcOneLimits.lowestCurveStart)) {
    throw new ScheduleError(
      'curve-tracer',
      `arc-one: CurveTracer: found steps of ${width} s from ${start} V, expected at least ` +
        `${arcOneLimits.shortestCurveStep + widthOffset} s and ${arcOneLimits.lowestCurveStart} V`,
    );
  }
  const highest = Math.max(positive, negative);
  const levels = Math.max(1, Math.floor((highest - start) / step + 1e-6) + 1);
  return {
    job: '201',
    values: [
      wireValue('positive end', 'volts', positive),
      wireValue('negative end', 'volts', negative),
      wireValue('start', 'volts', start),
      wireValue('step', 'volts', step),
      wireValue('width', 'width', shorterBy(width, widthOffset)),
      wireValue('interpulse time', 'interval', interpulse),
      wireValue('positive cut-off', 'cutOff', cutOffOnWire(cutOff.positive)),
      wireValue('negative cut-off', 'cutOff', -cutOffOnWire(cutOff.negative)),
      wireValue('cycles', 'count', cycles),
      wireValue('form', 'code', parameters.form === 'staircase' ? 0 : 1),
      wireValue('span', 'code', curveSpans.indexOf(parameters.span)),
      wireValue('halt', 'code', parameters.halt ? 1 : 0),
    ],
    pulses: [
      ...(parameters.span === 'negative' ? [] : [{ volts: positive, width }]),
      ...(parameters.span === 'positive' ? [] : [{ volts: -negative, width }]),
    ],
    mostPulses: 4 * levels * cycles,
    mostPoints: 4 * levels + 4,
    runs: cycles,
    acting: width + interpulse,
    bounds: { volts: highest, width },
    irreversible: null,
  };
}

/** The difference to the nanosecond: 0.05 - 0.002 is 0.048, not the double next to it. */
function shorterBy(width: Seconds, offset: Seconds): Seconds {
  return offset === 0 ? width : Math.round((width - offset) * 1e9) / 1e9;
}
