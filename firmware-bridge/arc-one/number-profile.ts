import { plainDecimal, pythonRepr, sixDecimals, threeDigitExponent } from './number-text.ts';

/**
 * How numbers go out. `repr` loses nothing and is the default. `decimal` loses nothing either and has no exponents,
 * for a board whose single-pulse jobs turn out not to read them. `libarc1` and `pyqt` write what those hosts write.
 */
export const numberProfiles = ['repr', 'decimal', 'libarc1', 'pyqt'] as const;

export type NumberProfile = (typeof numberProfiles)[number];

/** Jobs that arc1_pyqt writes from its instrument file with `%f`, and panels that write `%.3e`. */
const pyqtCore: readonly string[] = ['0', '01', '3', '04'];
const pyqtExponent: readonly string[] = ['21', '220'];

/** Write a number that is not an integer, as a host of this profile does for this job. */
export function floatText(profile: NumberProfile, job: string, value: number): string {
  if (!Number.isFinite(value)) {
    return pythonRepr(value);
  }
  switch (profile) {
    case 'repr':
      return pythonRepr(value);
    case 'decimal':
      return plainDecimal(value);
    case 'libarc1':
      return sixDecimals(value);
    case 'pyqt':
      if (pyqtCore.includes(job)) {
        return sixDecimals(value);
      }
      return pyqtExponent.includes(job) ? threeDigitExponent(value) : pythonRepr(value);
  }
}
