import { ScheduleError } from '../../src/errors.ts';
import type { Amperes, Seconds, Volts } from '../../src/units.ts';
import type { BoardJob } from './board-job.ts';
import { cutOffOnWire } from './cut-off.ts';
import { arcOneLimits } from './limits.ts';
import type { ArcOneSettings } from './settings.ts';
import { wireValue } from './wire-value.ts';

interface Train {
  /** With its sign. */
  readonly volts: Volts;
  readonly width: Seconds;
  /** Magnitude; 0 for none. */
  readonly cutOff: Amperes;
  readonly pulses: number;
}

/** Trains of both polarities in turn. */
export interface EnduranceParameters {
  readonly positive: Train;
  readonly negative: Train;
  readonly interpulse: Seconds;
  readonly cycles: number;
}

/**
 * Endurance: job 191.
 *
 * @throws ScheduleError for a cut-off with pulses so short that it could not act
 */
export function enduranceJob(
  { positive, negative, interpulse, cycles }: EnduranceParameters,
  interpulseUnit: ArcOneSettings['enduranceInterpulse'],
): BoardJob {
  requireTimeToAct(positive);
  requireTimeToAct(negative);
  const perCycle = positive.pulses + negative.pulses;
  return {
    job: '191',
    values: [
      ...trainValues('positive', positive),
      ...trainValues('negative', negative),
      wireValue(
        'interpulse time',
        interpulseUnit === 'seconds' ? 'interval' : 'number',
        interpulseUnit === 'seconds' ? interpulse : interpulse * 1000,
      ),
      wireValue('positive pulses', 'count', positive.pulses),
      wireValue('negative pulses', 'count', negative.pulses),
      wireValue('cycles', 'count', cycles),
    ],
    pulses: [positive, negative],
    mostPulses: perCycle * cycles,
    mostPoints: perCycle * cycles + 1,
    runs: 1,
    acting: Math.max(positive.width, negative.width) + interpulse,
    bounds: {
      volts: Math.max(Math.abs(positive.volts), Math.abs(negative.volts)),
      width: Math.max(positive.width, negative.width),
    },
    irreversible: null,
  };
}

function trainValues(name: string, { volts, width, cutOff }: Train) {
  return [
    wireValue(`${name} voltage`, 'volts', volts),
    wireValue(`${name} width`, 'width', width),
    wireValue(`${name} cut-off`, 'cutOff', cutOffOnWire(cutOff)),
  ];
}

function requireTimeToAct({ cutOff, width }: Train): void {
  if (cutOff !== 0 && width < arcOneLimits.shortestCutOffWidth) {
    throw new ScheduleError(
      'cut-off',
      `arc-one: Endurance: a cut-off of ${cutOff} A with pulses of ${width} s, expected ${arcOneLimits.shortestCutOffWidth} s or longer`,
      { hint: 'The cut-off needs some 30 us to act: shorter pulses would run without one.' },
    );
  }
}
