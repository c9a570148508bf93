import type { Ohms, Seconds, Volts } from '../../src/units.ts';
import { ScheduleError } from '../../src/errors.ts';
import type { BoardJob } from './board-job.ts';
import { seriesResistorCodes, type ArcOneSettings } from './settings.ts';
import { wireValue } from './wire-value.ts';

/** A ramp of pulses that forms a device. */
export interface FormFinderParameters {
  /** Amplitudes; give all three negative for the other polarity. */
  readonly volts: { readonly start: Volts; readonly step: Volts; readonly stop: Volts };
  /** Widths at each amplitude: each `step` (a percentage, or seconds) longer than the one before. */
  readonly width: { readonly start: Seconds; readonly step: number; readonly stop: Seconds };
  readonly progression: 'percent' | 'seconds';
  readonly interpulse: Seconds;
  /** End below this resistance; 0 for none. */
  readonly threshold: Ohms;
  /** End below this percentage of the first resistance; 0 for none. */
  readonly thresholdPercent: number;
  /** Series resistor: 0 (none), 1 kohm, 10 kohm, 100 kohm or 1 Mohm. */
  readonly series: Ohms;
  /** Pulses at each amplitude and width. */
  readonly pulses: number;
}

/**
 * FormFinder: job 141, or 14 for old firmware, which knows percentages only. Forming cannot be undone.
 *
 * @throws ScheduleError for a series resistor or a progression that the board does not have
 */
export function formFinderJob(
  parameters: FormFinderParameters,
  firmware: ArcOneSettings['firmware'],
): BoardJob {
  const { volts, width, interpulse, pulses, progression } = parameters;
  const code = seriesResistorCodes.get(parameters.series);
  if (code === undefined || (firmware === 'old' && progression === 'seconds')) {
    throw new ScheduleError(
      'form-finder',
      `arc-one: FormFinder: found a series resistor of ${parameters.series} ohm and widths that grow in ${progression}`,
      {
        hint: `The board has ${[...seriesResistorCodes.keys()].join(', ')} ohm; old firmware grows widths in percent.`,
      },
    );
  }
  const steps = pointCount(parameters);
  return {
    job: firmware === 'old' ? '14' : '141',
    values: [
      wireValue('first voltage', 'volts', volts.start),
      wireValue('voltage step', 'volts', volts.step),
      wireValue('last voltage', 'volts', volts.stop),
      wireValue('first width', 'width', width.start),
      wireValue('width step', progression === 'percent' ? 'percent' : 'interval', width.step),
      wireValue('last width', 'width', width.stop),
      wireValue('interpulse time', 'interval', interpulse),
      wireValue('threshold', 'ohms', parameters.threshold),
      wireValue('threshold', 'percent', parameters.thresholdPercent),
      ...(firmware === 'old' ? [] : [wireValue('progression', 'code', progression === 'percent' ? 0 : 1)]),
      wireValue('series resistor', 'code', code),
      wireValue('pulses', 'count', pulses),
    ],
    pulses: [
      { volts: volts.stop, width: width.stop },
      { volts: volts.start, width: width.start },
    ],
    mostPulses: steps,
    mostPoints: steps + 1,
    runs: 1,
    acting: width.stop + interpulse,
    bounds: { volts: Math.max(Math.abs(volts.start), Math.abs(volts.stop)), width: width.stop },
    irreversible: 'forming',
  };
}

/** One point per pulse; the slack is for a last step that floating point leaves just above the end. */
function pointCount({ volts, width, progression, pulses }: FormFinderParameters): number {
  const levels = steps(volts.stop - volts.start, volts.step);
  const widths =
    progression === 'seconds'
      ? steps(width.stop - width.start, width.step)
      : steps(Math.log(width.stop / width.start), Math.log1p(width.step / 100));
  return levels * widths * pulses;
}

function steps(span: number, step: number): number {
  return span === 0 ? 1 : Math.max(1, Math.floor(span / step + 1e-6) + 1);
}
