/**
 * That somebody said, naming the array, that what cannot be undone may be done to it: forming, its first use, or use
 * beyond the limits for which it was released.
 */
export interface ArrayPermission {
  readonly array: string;
}

/**
 * Permit irreversible acts on one array.
 *
 * @example
 * permitArray('wafer7-die3').array; // "wafer7-die3"
 */
export function permitArray(array: string): ArrayPermission {
  return { array };
}
