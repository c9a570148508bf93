import type { Seconds, Volts } from '../../src/units.ts';
import type { BoardJob } from './board-job.ts';
import { wireValue, type WireValue } from './wire-value.ts';

interface Range<Quantity> {
  readonly start: Quantity;
  readonly step: Quantity;
  readonly stop: Quantity;
}

/** Phase I: to which polarity does the device answer. */
export interface MssPolarityParameters {
  readonly width: Seconds;
  readonly volts: Range<Volts>;
  readonly interpulse: Seconds;
  readonly reads: number;
  readonly pulses: number;
  /** Integer percentage. */
  readonly tolerance: number;
  readonly readAfterPulse: boolean;
}

/** Phase III: how many states can be told apart while one quantity is swept. */
export type MssSweepParameters = {
  readonly reads: number;
  /** Standard deviations between two states. */
  readonly sigma: number;
  /** What a step back means: nothing, the end, or the next sweep. */
  readonly monotonic: 'ignore' | 'stop' | 'move-on';
  readonly resetCounter: boolean;
  readonly interpulse: Seconds;
  readonly retention: Seconds;
} & (
  | {
      readonly sweep: 'volts';
      readonly volts: Range<Volts>;
      readonly width: Seconds;
      readonly pulses: number;
    }
  | {
      readonly sweep: 'width';
      readonly width: Range<Seconds>;
      readonly volts: Volts;
      readonly pulses: number;
    }
  | {
      readonly sweep: 'pulses';
      readonly pulses: Range<number>;
      readonly volts: Volts;
      readonly width: Seconds;
    }
);

const monotonicCodes = { ignore: 0, stop: 1, 'move-on': 2 } as const;

/** Phase I: job 161. */
export function mssPolarityJob(parameters: MssPolarityParameters): BoardJob {
  const { width, volts, interpulse, reads, pulses } = parameters;
  const levels = steps(volts);
  return mssJob(
    '161',
    [
      wireValue('width', 'width', width),
      ...range('voltage', 'volts', volts),
      wireValue('interpulse time', 'interval', interpulse),
      wireValue('reads', 'count', reads),
      wireValue('pulses', 'count', pulses),
      wireValue('tolerance', 'count', parameters.tolerance),
      wireValue('read after pulse', 'code', parameters.readAfterPulse ? 1 : 0),
    ],
    { volts: volts.stop, width },
    { levels: 2 * levels, pulses, reads, bothPolarities: true, acting: pulses * (width + interpulse) },
  );
}

/** Phase II: job 162. One pulse, then reads until the host has seen enough. */
export function mssStabilityJob(volts: Volts, width: Seconds): BoardJob {
  return mssJob(
    '162',
    [wireValue('voltage', 'volts', volts), wireValue('width', 'width', width)],
    { volts, width },
    { levels: 1, pulses: 1, reads: 1, bothPolarities: false, acting: width },
  );
}

/** Phase III: jobs 163 (voltage), 164 (width) and 165 (number of pulses). */
export function mssSweepJob(parameters: MssSweepParameters): BoardJob {
  const { reads, interpulse, retention } = parameters;
  const judgement = [
    wireValue('sigma', 'count', parameters.sigma),
    wireValue('monotonic', 'code', monotonicCodes[parameters.monotonic]),
    wireValue('reset counter', 'code', parameters.resetCounter ? 1 : 0),
  ];
  const head = wireValue('reads', 'count', reads);
  const tail = [
    wireValue('interpulse time', 'interval', interpulse),
    wireValue('retention', 'interval', retention),
  ];
  const extent = { reads, bothPolarities: false };
  switch (parameters.sweep) {
    case 'volts': {
      const { volts, width, pulses } = parameters;
      return mssJob(
        '163',
        [
          head,
          wireValue('pulses', 'count', pulses),
          ...judgement,
          wireValue('width', 'width', width),
          ...range('voltage', 'volts', volts),
          ...tail,
        ],
        { volts: volts.stop, width },
        { ...extent, levels: steps(volts), pulses, acting: pulses * (width + interpulse) + retention },
      );
    }
    case 'width': {
      const { volts, width, pulses } = parameters;
      return mssJob(
        '164',
        [
          head,
          wireValue('pulses', 'count', pulses),
          ...judgement,
          wireValue('first width', 'width', width.start),
          wireValue('voltage', 'volts', volts),
          wireValue('width step', 'interval', width.step),
          wireValue('last width', 'width', width.stop),
          ...tail,
        ],
        { volts, width: width.stop },
        { ...extent, levels: steps(width), pulses, acting: pulses * (width.stop + interpulse) + retention },
      );
    }
    case 'pulses': {
      const { volts, width, pulses } = parameters;
      return mssJob(
        '165',
        [
          head,
          ...range('pulses', 'count', pulses),
          ...judgement,
          wireValue('width', 'width', width),
          wireValue('voltage', 'volts', volts),
          ...tail,
        ],
        { volts, width },
        {
          ...extent,
          levels: steps(pulses),
          pulses: pulses.stop,
          acting: pulses.stop * (width + interpulse) + retention,
        },
      );
    }
  }
}

function mssJob(
  job: string,
  values: WireValue[],
  hardest: { readonly volts: Volts; readonly width: Seconds },
  extent: { levels: number; pulses: number; reads: number; bothPolarities: boolean; acting: Seconds },
): BoardJob {
  const { levels, pulses, reads, bothPolarities, acting } = extent;
  const mirrored = { ...hardest, volts: -hardest.volts };
  return {
    job,
    values,
    pulses: bothPolarities ? [hardest, mirrored] : [hardest],
    mostPulses: levels * pulses,
    // Two trains of reads for each level, and a state for each.
    mostPoints: levels * (pulses + 2 * reads + 1) + reads,
    runs: 1,
    acting,
    bounds: { volts: Math.abs(hardest.volts), width: hardest.width },
    irreversible: null,
  };
}

function range(field: string, kind: 'volts' | 'count', { start, step, stop }: Range<number>): WireValue[] {
  return [
    wireValue(`first ${field}`, kind, start),
    wireValue(`${field} step`, kind, step),
    wireValue(`last ${field}`, kind, stop),
  ];
}

function steps({ start, step, stop }: Range<number>): number {
  return Math.max(1, Math.floor((stop - start) / step + 1e-6) + 1);
}
