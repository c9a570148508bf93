import { UsageError } from '../errors.ts';
import { withReadNoise, type SynapsePeriphery } from '../experiments/synapse-periphery.ts';
import { withSegments, type Lab } from '../lab/lab.ts';
import { parseCount } from './options.ts';
import { parseSegments, type SegmentFlags } from './segment-choice.ts';

/** Flags that choose what spikes pass between cells and neurons. */
export interface PeripheryFlags extends SegmentFlags {
  readonly 'read-noise': string | undefined;
  readonly 'adc-bits': string | undefined;
  readonly 'read-disturb': boolean | undefined;
}

const mostBits = 24;

/** @throws UsageError for bits that are not an integer from 1 to 24 */
export function parsePeriphery(flags: PeripheryFlags): SynapsePeriphery {
  const bits = flags['adc-bits'];
  return {
    readDisturb: flags['read-disturb'] ?? false,
    ...(bits === undefined ? {} : { adcBits: parseCount('adc-bits', bits, mostBits) }),
  };
}

/**
 * The lab with the wires and the read noise of flags in place of its own.
 *
 * @param distribution - of the read noise; the lab's if left out
 * @throws UsageError for a flag that is not what it says
 */
export function withPeriphery(lab: Lab, flags: PeripheryFlags, distribution?: 'uniform'): Lab {
  const wired = withSegments(lab, parseSegments(flags));
  const text = flags['read-noise'];
  if (text === undefined) {
    return wired;
  }
  const relative = text.trim() === '' ? Number.NaN : Number(text);
  if (!(relative >= 0 && relative <= 1)) {
    throw new UsageError('read-noise', `--read-noise: found "${text}", expected a share from 0 to 1`);
  }
  const own = lab.config.array.readNoise;
  return withReadNoise(wired, { distribution: distribution ?? own.distribution, relative });
}
