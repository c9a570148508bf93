/**
 * Numbers of about 32 digits as pairs of doubles. T. J. Dekker, "A floating-point technique for extending the
 * available precision", doi 10.1007/BF01397083.
 */
export type Pair = readonly [high: number, low: number];

export const zero: Pair = [0, 0];

export function pair(value: number): Pair {
  return [value, 0];
}

function fastTwoSum(a: number, b: number): Pair {
  const sum = a + b;
  return [sum, b - (sum - a)];
}

function twoSum(a: number, b: number): Pair {
  const sum = a + b;
  const shifted = sum - a;
  return [sum, a - (sum - shifted) + (b - shifted)];
}

function twoProduct(a: number, b: number): Pair {
  const product = a * b;
  const [aHigh, aLow] = split(a);
  const [bHigh, bLow] = split(b);
  return [product, aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow];
}

function split(a: number): Pair {
  const scaled = 134217729 * a;
  const high = scaled - (scaled - a);
  return [high, a - high];
}

export function add(a: Pair, b: Pair): Pair {
  const [high, low] = twoSum(a[0], b[0]);
  const [otherHigh, otherLow] = twoSum(a[1], b[1]);
  const [sum, rest] = fastTwoSum(high, low + otherHigh);
  return fastTwoSum(sum, rest + otherLow);
}

export function negate(a: Pair): Pair {
  return [-a[0], -a[1]];
}

export function multiply(a: Pair, b: Pair): Pair {
  const [high, low] = twoProduct(a[0], b[0]);
  return fastTwoSum(high, low + (a[0] * b[1] + a[1] * b[0]));
}

export function divide(a: Pair, b: Pair): Pair {
  const first = a[0] / b[0];
  const rest = add(a, negate(multiply(pair(first), b)));
  const second = rest[0] / b[0];
  const remainder = add(rest, negate(multiply(pair(second), b)));
  return add(fastTwoSum(first, second), pair(remainder[0] / b[0]));
}

/** Solve a dense system by elimination with row scaling and partial pivoting, in place. */
export function solveDense(rows: Pair[][], right: Pair[]): Pair[] {
  const size = right.length;
  for (let row = 0; row < size; row++) {
    const scale = Math.max(...rows[row]!.map(([high]) => Math.abs(high)));
    const factor = pair(2 ** -Math.round(Math.log2(scale)));
    rows[row] = rows[row]!.map((value) => multiply(value, factor));
    right[row] = multiply(right[row]!, factor);
  }
  for (let k = 0; k < size; k++) {
    let pivot = k;
    for (let row = k + 1; row < size; row++) {
      pivot = Math.abs(rows[row]![k]![0]) > Math.abs(rows[pivot]![k]![0]) ? row : pivot;
    }
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    [right[k], right[pivot]] = [right[pivot]!, right[k]!];
    for (let row = k + 1; row < size; row++) {
      if (rows[row]![k]![0] !== 0) {
        const factor = negate(divide(rows[row]![k]!, rows[k]![k]!));
        for (let column = k; column < size; column++) {
          if (rows[k]![column]![0] !== 0) {
            rows[row]![column] = add(rows[row]![column]!, multiply(factor, rows[k]![column]!));
          }
        }
        right[row] = add(right[row]!, multiply(factor, right[k]!));
      }
    }
  }
  for (let k = size - 1; k >= 0; k--) {
    let value = right[k]!;
    for (let column = k + 1; column < size; column++) {
      value = add(value, negate(multiply(rows[k]![column]!, right[column]!)));
    }
    right[k] = divide(value, rows[k]![k]!);
  }
  return right;
}
