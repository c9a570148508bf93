import type { Ohms, Seconds, Volts } from '../../src/units.ts';
import type { BoardJob } from './board-job.ts';
import { arcOneLimits } from './limits.ts';
import { wireValue } from './wire-value.ts';

/** Bring a device to a resistance. */
export interface ConvergeParameters {
  /** Amplitudes of either polarity, as magnitudes. */
  readonly volts: { readonly start: Volts; readonly step: Volts; readonly stop: Volts };
  /** Widths at each amplitude; the step is a percentage. */
  readonly width: { readonly start: Seconds; readonly stepPercent: number; readonly stop: Seconds };
  readonly interpulse: Seconds;
  readonly target: Ohms;
  /** Accepted distance from the target. */
  readonly tolerancePercent: number;
  /** Change from the first resistance below which the device counts as unmoved. */
  readonly initialPercent: number;
  /** Pulses at each amplitude and width. */
  readonly pulses: number;
  readonly firstPolarity: 1 | -1;
}

/** ConvergeToState: job 21. It gives up after five changes of polarity. */
export function convergeJob(parameters: ConvergeParameters): BoardJob {
  const { volts, width, interpulse, pulses } = parameters;
  const rungs = levelCount(parameters) * widthCount(parameters) * pulses;
  const mostPulses = rungs * (arcOneLimits.reversals + 1);
  return {
    job: '21',
    values: [
      wireValue('first voltage', 'volts', volts.start),
      wireValue('voltage step', 'volts', volts.step),
      wireValue('last voltage', 'volts', volts.stop),
      wireValue('first width', 'width', width.start),
      wireValue('width step', 'percent', width.stepPercent),
      wireValue('last width', 'width', width.stop),
      wireValue('interpulse time', 'interval', interpulse),
      wireValue('target', 'ohms', parameters.target),
      wireValue('tolerance', 'percent', parameters.tolerancePercent),
      wireValue('initial tolerance', 'percent', parameters.initialPercent),
      wireValue('pulses', 'count', pulses),
      wireValue('first polarity', 'code', parameters.firstPolarity),
    ],
    pulses: [
      { volts: volts.stop, width: width.stop },
      { volts: -volts.stop, width: width.stop },
      { volts: volts.start, width: width.start },
    ],
    mostPulses,
    mostPoints: mostPulses + arcOneLimits.reversals + 2,
    runs: 1,
    acting: pulses * (width.stop + interpulse),
    bounds: { volts: volts.stop, width: width.stop },
    irreversible: null,
  };
}

export function levelCount({ volts }: Pick<ConvergeParameters, 'volts'>): number {
  return Math.max(1, Math.floor((volts.stop - volts.start) / volts.step + 1e-6) + 1);
}

export function widthCount({ width }: Pick<ConvergeParameters, 'width'>): number {
  const { start, stepPercent, stop } = width;
  return Math.max(1, Math.floor(Math.log(stop / start) / Math.log1p(stepPercent / 100) + 1e-6) + 1);
}
