import { UsageError } from '../errors.ts';
import type { ExposureKernel } from '../kernels/exposure-kernel.ts';
import type { DeviceModel } from '../model/device-model.ts';
import type { ParameterValues } from '../model/parameter-set.ts';

/** Relative difference that compiled functions may have from the model's. */
const leeway = 1e-9;

/**
 * Compare the functions of a kernel with those of the model that it is to stand for, at a few voltages.
 *
 * @throws UsageError when it was compiled from other equations
 */
export function requireSameEquations(kernel: ExposureKernel, model: DeviceModel, p: ParameterValues): void {
  const bounds = [model.lowerBound(p), model.upperBound(p)] as const;
  const [lower, upper] = bounds;
  const state = lower + 0.4 * (upper - lower);
  const pairs = kernel.bounds().map((found, end): [number, number] => [found, bounds[end]!]);
  for (const part of [-0.9, -0.3, 0.3, 0.9]) {
    const volts = part * model.promises.validVolts;
    pairs.push([kernel.rate(volts, state), model.rate(volts, state, p)]);
    pairs.push([kernel.current(volts, state), model.current(volts, state, p)]);
  }
  if (!pairs.every(([found, expected]) => isNear(found, expected))) {
    throw new UsageError(
      'kernel-model',
      `the compiled kernel was not made from the equations of model ${model.name}`,
      {
        hint: 'Leave `kernel` out for a model of your own; run `npm run build` after a change of a built-in one.',
      },
    );
  }
}

function isNear(found: number, expected: number): boolean {
  return Object.is(found, expected) || Math.abs(found - expected) <= leeway * Math.abs(expected);
}
