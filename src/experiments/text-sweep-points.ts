import type { Lab } from '../lab/lab.ts';
import { withReadNoise } from './synapse-periphery.ts';
import type { Approach } from './text-study.ts';

/** What a sweep changes. */
export interface SweepSettings {
  /** Length of the spike trains. */
  readonly steps: number;
  /** Half width of the uniform scatter of a read, over the conductance. */
  readonly readNoise: number;
  /** Distance from its target, over the target, at which a cell is finished. */
  readonly tolerance: number;
  /** Rounds of write-verify. */
  readonly maxPulses: number;
}

export type SweptSetting = keyof SweepSettings;

/** Values of each setting; the others stay as they are configured. */
const sweptValues: Readonly<Record<SweptSetting, readonly number[]>> = {
  steps: [10, 20, 50, 100, 200, 500, 1000, 2000],
  readNoise: [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3],
  tolerance: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 1],
  maxPulses: [1, 2, 3, 5, 10, 20],
};

/** One measurement of a sweep. */
export interface SweepPoint {
  readonly approach: Approach;
  readonly seed: number;
  readonly settings: SweepSettings;
}

/** The settings that a lab has without a sweep. */
export function baseSettings({ config }: Lab, steps: number): SweepSettings {
  return {
    steps,
    readNoise: config.array.readNoise.relative,
    tolerance: config.program.tolerance,
    maxPulses: Number(config.program.policy.parameters['maxPulses']),
  };
}

/** The lab with swept settings in place of its own. */
export function labWith(lab: Lab, { readNoise, tolerance, maxPulses }: SweepSettings): Lab {
  const { program } = lab.config;
  const policy = { ...program.policy, parameters: { ...program.policy.parameters, maxPulses } };
  const stopped = { ...lab, config: { ...lab.config, program: { ...program, policy, tolerance } } };
  return withReadNoise(stopped, { distribution: 'uniform', relative: readNoise });
}

/** Settings along one sweep, in order. */
export function settingsAlong(setting: SweptSetting, base: SweepSettings): readonly SweepSettings[] {
  return sweptValues[setting].map((value) => ({ ...base, [setting]: value }));
}

/** Every measurement of some sweeps once, seed by seed. */
export function sweepPoints(
  base: SweepSettings,
  settings: readonly SweptSetting[],
  approaches: readonly Approach[],
  seeds: readonly number[],
): SweepPoint[] {
  const points = seeds.flatMap((seed) =>
    approaches.flatMap((approach) =>
      settings
        .flatMap((setting) => settingsAlong(setting, base))
        .map((settings) => ({ approach, seed, settings })),
    ),
  );
  return [...new Map(points.map((point) => [pointName(point), point])).values()];
}

/** The same for equal measurements. */
export function pointName({ approach, seed, settings }: SweepPoint): string {
  const { steps, readNoise, tolerance, maxPulses } = settings;
  return [approach, seed, steps, readNoise, tolerance, maxPulses].join(',');
}
