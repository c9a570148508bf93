import type { BiasChoice } from '../../../src/array/bias.ts';
import type { Geometry } from '../../../src/array/geometry.ts';
import { planArray } from '../../../src/programming/plan-array.ts';
import type { CheckedProgram } from '../../../src/run/backend.ts';
import { certify } from '../../../src/schedule/compile.ts';
import type { DriverGrid } from '../../../src/schedule/driver-grid.ts';
import type { Operation } from '../../../src/schedule/operation.ts';
import type { SafeOperatingArea } from '../../../src/schedule/safe-operating-area.ts';
import { createSchedule } from '../../../src/schedule/schedule.ts';
import { benchLimits } from '../../../src/laws/emulated-bench.ts';

/** Limits that stop nothing but what a test wants stopped. */
export const boardLimits: SafeOperatingArea = {
  ...benchLimits,
  array: 'test array',
  compliance: { current: 1e-3, seriesResistance: 0, lineCurrent: 1 },
  energy: { perPulse: 1e9, lowestResistance: 5e3 },
};

/** A program with its proof. */
export function checkedProgram(
  geometry: Geometry,
  driver: DriverGrid,
  operations: readonly Operation[],
  safeOperatingArea: SafeOperatingArea = boardLimits,
): CheckedProgram {
  const schedule = createSchedule(geometry, operations);
  return { schedule, safeOperatingArea, certificate: certify(schedule, safeOperatingArea, driver) };
}

export interface WriteVerify {
  readonly geometry: Geometry;
  readonly targets: readonly number[];
  readonly tolerance: number;
  readonly ramp: { readonly start: number; readonly step: number; readonly stop: number };
  readonly width: number;
  readonly read: { readonly volts: number; readonly width: number; readonly bias: BiasChoice };
  readonly bias: BiasChoice;
}

/** The operations that bring a whole array to its targets, by a ramp of amplitudes. */
export function writeVerify({ targets, ramp, width, ...plan }: WriteVerify): Operation[] {
  const parameters = { set: ramp, reset: ramp, width, maxPulses: 60 };
  return planArray({
    ...plan,
    targets: Float64Array.from(targets),
    policy: { name: 'ispp', parameters },
    setPolarity: 1,
    passes: 1,
  });
}
