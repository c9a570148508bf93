import { z } from 'zod';
import { PermissionError } from '../src/errors.ts';
import { safeOperatingAreaDigest } from '../src/schedule/digest.ts';
import type { SafeOperatingArea } from '../src/schedule/safe-operating-area.ts';
import type { ArrayPermission } from './array-permission.ts';

/** What a lab says of the array that is connected to a controller: fields of `controller.board`. */
export const arraySettings = {
  array: z.string().optional().meta({ description: 'the array that is connected, as its limits name it' }),
  limitsDigest: z.string().optional().meta({
    description: 'SHA-256 of the limits that this array was released for; others need a permission',
  }),
};

export interface ArraySettings {
  readonly array?: string | undefined;
  readonly limitsDigest?: string | undefined;
}

/**
 * Hold the array that is connected against the one that the limits are for.
 *
 * @param controller - name for errors
 * @throws PermissionError when they differ, and when the array is used for the first time, or beyond what it was
 * released for, without a permission that names it
 */
export function requirePermittedArray(
  controller: string,
  { array, limitsDigest }: ArraySettings,
  safeOperatingArea: SafeOperatingArea,
  permission: ArrayPermission | null,
): void {
  const named = safeOperatingArea.array;
  if (array !== undefined && array !== named) {
    throw new PermissionError(
      'wrong-array',
      `${controller}: array "${array}" is connected, the limits are for "${named}"`,
      { hint: 'Name the limits of this array.', details: { found: array, expected: named } },
    );
  }
  if (permission?.array === named) {
    return;
  }
  const digest = safeOperatingAreaDigest(safeOperatingArea);
  const reason =
    array === undefined
      ? `array "${named}" is used for the first time: controller.board.array does not name it`
      : limitsDigest !== undefined && limitsDigest !== digest
        ? `array "${named}" was released for other limits than these, sha256 ${digest}`
        : null;
  if (reason !== null) {
    throw new PermissionError('array-permission', `${controller}: ${reason}`, {
      hint: `Look at the limits once more, then give the permission that names the array: --permit ${named}.`,
      details: { array: named, permitted: permission?.array ?? null, limitsDigest: digest },
    });
  }
}
