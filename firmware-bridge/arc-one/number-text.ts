/**
 * Numbers as the hosts of ArC ONE write them. The board reads decimal text; the widths that it can make go down to
 * 90 ns, which C's `%f` writes as zero, while JavaScript writes 1e-6 as `0.000001` and 1e-7 as `1e-7`.
 */

/**
 * Write a double as Python's `repr` and `str` do: the shortest digits that read back as the same double, always with
 * a point or an exponent, an exponent below 1e-4 and from 1e16 on, of at least two digits.
 *
 * @example
 * pythonRepr(1e-6); // "1e-06"
 * pythonRepr(1); // "1.0"
 */
export function pythonRepr(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  }
  const { sign, digits, exponent } = shortestDigits(value);
  if (exponent < -4 || exponent >= 16) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits.slice(0, 1)}${fraction}e${exponentText(exponent)}`;
  }
  const text = plainText(digits, exponent);
  return `${sign}${text}${text.includes('.') ? '' : '.0'}`;
}

/**
 * Write a double with its shortest digits and never an exponent.
 *
 * @example
 * plainDecimal(9e-8); // "0.00000009"
 */
export function plainDecimal(value: number): string {
  const { sign, digits, exponent } = shortestDigits(value);
  const text = plainText(digits, exponent);
  return `${sign}${text}${text.includes('.') ? '' : '.0'}`;
}

/**
 * Write a double as C's `%f`: six decimals, whatever is lost.
 *
 * @example
 * sixDecimals(9e-8); // "0.000000"
 */
export function sixDecimals(value: number): string {
  return `${signOf(value)}${fixedDecimals(Math.abs(value))}`;
}

/**
 * Write a double as C's `%.3e`.
 *
 * @example
 * threeDigitExponent(9e-8); // "9.000e-08"
 */
export function threeDigitExponent(value: number): string {
  const magnitude = Math.abs(value);
  const [exact = '0', power = '0'] = magnitude.toExponential(exactDigits).split('e');
  const [mantissa = '0', exponent = '0'] = tieToEven(exact, 3)
    ? [exact.slice(0, 5), power]
    : magnitude.toExponential(3).split('e');
  return `${signOf(value)}${mantissa}e${exponentText(Number(exponent))}`;
}

/** JavaScript's own digits are the shortest that read back; only their layout differs. */
function shortestDigits(value: number): { sign: string; digits: string; exponent: number } {
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toExponential().split('e');
  return { sign: signOf(value), digits: mantissa.replace('.', ''), exponent: Number(exponent) };
}

function plainText(digits: string, exponent: number): string {
  if (exponent < 0) {
    return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  }
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

function exponentText(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function signOf(value: number): string {
  return value < 0 || Object.is(value, -0) ? '-' : '';
}

/** `toFixed` gives up from 1e21 on, where a double has no decimals. */
function fixedDecimals(magnitude: number): string {
  if (magnitude >= 1e21) {
    return `${BigInt(magnitude)}.000000`;
  }
  const exact = magnitude.toFixed(exactDigits);
  return tieToEven(exact, 6) ? exact.slice(0, exact.indexOf('.') + 7) : magnitude.toFixed(6);
}

/** More decimals than a double has that could lie half way between two roundings. */
const exactDigits = 60;

/** Whether a value lies exactly half way and C, which rounds to even, cuts it where JavaScript rounds it up. */
function tieToEven(exact: string, decimals: number): boolean {
  const point = exact.indexOf('.');
  const last = exact[point + decimals];
  return /^50*$/u.test(exact.slice(point + decimals + 1)) && '02468'.includes(last ?? '');
}
