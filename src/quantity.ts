import { UsageError } from './errors.ts';

/** Quantities that appear in configuration files and flags, with the symbol they are written in. */
const symbols = {
  voltage: 'V',
  current: 'A',
  resistance: 'ohm',
  conductance: 'S',
  time: 's',
  energy: 'J',
  charge: 'C',
  capacitance: 'F',
  temperature: 'K',
  frequency: 'Hz',
} as const;

export type QuantityKind = keyof typeof symbols;

const prefixes = new Map<string, number>([
  ['f', -15],
  ['p', -12],
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
]);

const decimal = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*(.*)$/u;

/**
 * Read a number with its unit, such as `"100 ns"`, `"0.2V"`, `"4.7 kohm"` or `"50 µS"`, as an SI number.
 * Both microsign code points and `u` mean micro, `Ω` means ohm. A bare number and a SPICE suffix (`"10k"`,
 * `"1meg"`) are refused: `M` is milli in one habit and mega in the other, and a wrong guess burns a device.
 *
 * @param where - how to name the value in an error, e.g. `"--read-voltage"`
 * @throws UsageError when the text is not a finite number followed by a unit of this kind
 * @example
 * parseQuantity('100 ns', 'time'); // 1e-7
 */
export function parseQuantity(text: string, kind: QuantityKind, where: string = kind): number {
  const symbol = symbols[kind];
  const example = `"100 n${symbol}"`;
  const match = decimal.exec(text.trim());
  const digits = match?.[1];
  if (match === null || digits === undefined) {
    throw quantityError(where, text, `a number with its unit, such as ${example}`);
  }
  const unit = (match[2] ?? '').replaceAll(/[\u00b5\u03bc]/gu, 'u').replaceAll(/[\u2126\u03a9]/gu, 'ohm');
  if (unit === '') {
    throw quantityError(where, text, `the unit ${symbol} after the number, such as ${example}`);
  }
  const exponent = unit.endsWith(symbol) ? prefixes.get(unit.slice(0, -symbol.length)) : undefined;
  if (exponent === undefined) {
    throw quantityError(
      where,
      text,
      `the unit ${symbol} with one of the prefixes f p n u m k M G, such as ${example}`,
    );
  }
  const value = scaleByPowerOfTen(digits, exponent);
  if (!Number.isFinite(value)) {
    throw quantityError(where, text, 'a finite number');
  }
  return value;
}

/** Shift the decimal exponent in the text, so that "0.1 us" and "100 ns" are the same double. */
function scaleByPowerOfTen(digits: string, exponent: number): number {
  const [mantissa = '0', power = '0'] = digits.toLowerCase().split('e');
  return Number(`${mantissa}e${Number(power) + exponent}`);
}

function quantityError(where: string, found: string, allowed: string): UsageError {
  return new UsageError('quantity', `${where}: found "${found}", expected ${allowed}`, {
    hint: 'Write the unit out; SPICE suffixes and bare numbers are never accepted.',
    details: { where, found, allowed },
  });
}

const printedPrefixes = ['f', 'p', 'n', 'u', 'm', '', 'k', 'M', 'G'] as const;

/**
 * Write an SI number with an engineering prefix. With `digits` left out the text reads back as the same double.
 *
 * @example
 * formatQuantity(1e-7, 'time'); // "100 ns"
 */
export function formatQuantity(value: number, kind: QuantityKind, digits?: number): string {
  const symbol = symbols[kind];
  if (value === 0 || !Number.isFinite(value)) {
    return `${value} ${symbol}`;
  }
  const shortest = digits === undefined ? value.toExponential() : value.toExponential(digits - 1);
  const [mantissa = '0', power = '0'] = shortest.split('e');
  const exponent = Number(power);
  const group = Math.min(Math.max(Math.floor(exponent / 3), -5), 3);
  const prefix = printedPrefixes[group + 5] ?? '';
  return `${moveDecimalPoint(mantissa, exponent - 3 * group)} ${prefix}${symbol}`;
}

function moveDecimalPoint(mantissa: string, places: number): string {
  if (places < 0 || places > 20) {
    return `${mantissa}e${places}`;
  }
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace('-', '').replace('.', '');
  const whole = digits.slice(0, 1 + places).padEnd(1 + places, '0');
  const fraction = digits.slice(1 + places);
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
