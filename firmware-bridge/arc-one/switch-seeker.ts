import type { Ohms, Seconds, Volts } from '../../src/units.ts';
import type { BoardJob } from './board-job.ts';
import { wireValue } from './wire-value.ts';

/** The search for the pulses that switch a device. */
export interface SwitchSeekerParameters {
  /** `fast` is job 15, `slow` is job 152. */
  readonly speed: 'fast' | 'slow';
  readonly width: Seconds;
  /** Amplitudes, as magnitudes: both polarities are tried. */
  readonly volts: { readonly start: Volts; readonly step: Volts; readonly stop: Volts };
  readonly interpulse: Seconds;
  /** Largest resistance that counts. */
  readonly threshold: Ohms;
  /** Reads before each train. */
  readonly reads: number;
  /** Pulses in a train. */
  readonly pulses: number;
  /** Times that the device is switched once it is known how. */
  readonly cycles: number;
  /** Integer percentage. */
  readonly tolerance: number;
  readonly readAfterPulse: boolean;
  /** Polarity to start stage II with, which then is all; 0 lets stage I find it. */
  readonly polarity: -1 | 0 | 1;
}

/** SwitchSeeker: job 15 or 152. */
export function switchSeekerJob(parameters: SwitchSeekerParameters): BoardJob {
  const { width, volts, interpulse, reads, pulses, cycles } = parameters;
  const levels = Math.max(1, Math.floor((volts.stop - volts.start) / volts.step + 1e-6) + 1);
  // Stage I goes through the levels once per polarity, stage II once per switching cycle and polarity.
  const trains = 2 * levels * (cycles + 1);
  return {
    job: parameters.speed === 'fast' ? '15' : '152',
    values: [
      wireValue('width', 'width', width),
      wireValue('first voltage', 'volts', volts.start),
      wireValue('voltage step', 'volts', volts.step),
      wireValue('last voltage', 'volts', volts.stop),
      wireValue('interpulse time', 'interval', interpulse),
      wireValue('threshold', 'ohms', parameters.threshold),
      wireValue('reads', 'count', reads),
      wireValue('pulses', 'count', pulses),
      wireValue('cycles', 'count', cycles),
      wireValue('tolerance', 'count', parameters.tolerance),
      wireValue('read after pulse', 'code', parameters.readAfterPulse ? 1 : 0),
      wireValue('polarity', 'code', parameters.polarity),
    ],
    pulses: [
      { volts: volts.stop, width },
      { volts: -volts.stop, width },
    ],
    mostPulses: trains * pulses,
    mostPoints: trains * (reads + 2 * pulses) + reads,
    runs: 1,
    acting: pulses * (width + interpulse),
    bounds: { volts: Math.max(Math.abs(volts.start), Math.abs(volts.stop)), width },
    irreversible: null,
  };
}
