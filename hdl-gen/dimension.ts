/** A unit as a product: the power of each SI symbol that was written, such as `{ ohm: -1, s: -1 }`. */
export type Dimension = Readonly<Record<string, number>>;

/** Symbols as exponents of kg, m, s, A, K, mol, cd. */
const symbols: Readonly<Record<string, readonly number[]>> = {
  kg: [1, 0, 0, 0, 0, 0, 0],
  m: [0, 1, 0, 0, 0, 0, 0],
  s: [0, 0, 1, 0, 0, 0, 0],
  A: [0, 0, 0, 1, 0, 0, 0],
  K: [0, 0, 0, 0, 1, 0, 0],
  mol: [0, 0, 0, 0, 0, 1, 0],
  cd: [0, 0, 0, 0, 0, 0, 1],
  V: [1, 2, -3, -1, 0, 0, 0],
  ohm: [1, 2, -3, -2, 0, 0, 0],
  S: [-1, -2, 3, 2, 0, 0, 0],
  W: [1, 2, -3, 0, 0, 0, 0],
  J: [1, 2, -2, 0, 0, 0, 0],
  C: [0, 0, 1, 1, 0, 0, 0],
  F: [-1, -2, 4, 2, 0, 0, 0],
  N: [1, 1, -2, 0, 0, 0, 0],
  Hz: [0, 0, -1, 0, 0, 0, 0],
};

/** The dimension of a pure number. */
export const dimensionless: Dimension = {};

/**
 * Read a unit text: SI symbols with whole powers, separated by spaces, or `1`.
 *
 * @returns undefined for a text that is not one
 * @example
 * parseUnit('ohm^-1 s^-1'); // { ohm: -1, s: -1 }
 */
export function parseUnit(text: string): Dimension | undefined {
  if (text === '1') {
    return dimensionless;
  }
  let product = dimensionless;
  for (const factor of text.split(' ')) {
    const [, symbol, power = '1'] = /^([A-Za-z]+)(?:\^(-?[1-9]\d?))?$/u.exec(factor) ?? [];
    if (symbol === undefined || !Object.hasOwn(symbols, symbol)) {
      return undefined;
    }
    product = multiply(product, { [symbol]: Number(power) });
  }
  return product;
}

/** The dimension of a product. */
export function multiply(a: Dimension, b: Dimension): Dimension {
  const product: Record<string, number> = { ...a };
  for (const [symbol, power] of Object.entries(b)) {
    product[symbol] = (product[symbol] ?? 0) + power;
  }
  return Object.fromEntries(Object.entries(product).filter(([, power]) => power !== 0));
}

/** The dimension of a power; the power is -1 for a quotient and 1/2 for a root. */
export function raise(a: Dimension, power: number): Dimension {
  return multiply({}, Object.fromEntries(Object.entries(a).map(([symbol, own]) => [symbol, own * power])));
}

/**
 * Whether two units measure the same quantity, whatever they are called.
 *
 * @example
 * sameDimension({ V: 1, ohm: -1 }, { A: 1 }); // true
 */
export function sameDimension(a: Dimension, b: Dimension): boolean {
  const quotient = baseExponents(multiply(a, raise(b, -1)));
  return quotient.every((exponent) => exponent === 0);
}

/**
 * Write a dimension: the one symbol that it is where there is one, else the product as it came about.
 *
 * @example
 * formatDimension({ V: 1, ohm: -1 }); // 'A'
 */
export function formatDimension(dimension: Dimension): string {
  if (sameDimension(dimension, dimensionless)) {
    return '1';
  }
  const single = Object.keys(symbols).find(
    (symbol) => symbol !== 'Hz' && sameDimension({ [symbol]: 1 }, dimension),
  );
  return single ?? productText(dimension);
}

function productText(dimension: Dimension): string {
  return Object.entries(dimension)
    .sort(([, a], [, b]) => Math.sign(b) - Math.sign(a))
    .map(([symbol, power]) => (power === 1 ? symbol : `${symbol}^${power}`))
    .join(' ');
}

function baseExponents(dimension: Dimension): readonly number[] {
  const exponents = [0, 0, 0, 0, 0, 0, 0];
  for (const [symbol, power] of Object.entries(dimension)) {
    symbols[symbol]?.forEach((exponent, index) => {
      exponents[index]! += exponent * power;
    });
  }
  return exponents;
}
