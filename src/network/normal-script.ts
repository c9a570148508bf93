import { philox } from '../random.ts';

const f32 = Math.fround;
const two52 = 2 ** 52;
const two26 = 2 ** 26;
const quarterTurn = 2 ** 30;

/** log(1 + f) = f - f^2 / 2 + f^3 P(f) for sqrt(1/2) <= 1 + f <= sqrt(2): the polynomial of the Cephes library. */
const logarithm = Float32Array.of(
  7.0376836292e-2,
  -1.151461031e-1,
  1.167699874e-1,
  -1.2420140846e-1,
  1.4249322787e-1,
  -1.6668057665e-1,
  2.0000714765e-1,
  -2.4999993993e-1,
  3.3333331174e-1,
);
const ln2Large = 0.693359375;
const ln2Small = f32(-2.1219444e-4);
/** sin(2 pi x) = x P(x^2) for |x| <= 1/4. */
const sine = Float32Array.of(39.7109184, -76.5749893, 81.6022339, -41.3416786, 6.28318548);

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);
const block = new Uint32Array(4);

/**
 * Draw from the standard normal distribution as `normal-f32.as.ts` does, bit for bit: the draw of a RandomStream in
 * float32.
 */
export function normalFloat32(cell: number, event: number, high: number, key0: number, key1: number): number {
  philox(block, cell, event % 2 ** 32, Math.floor(event / 2 ** 32), high, key0, key1);
  const [c0, c1, c2, c3] = block as unknown as readonly [number, number, number, number];
  const log = logUnit(unit(c0, c1), unit(~c0, ~c1));
  const radius = f32(Math.sqrt(f32(log * -2)));
  const turns = (c2 & -64) | (c3 >>> 26);
  const x = f32(f32((quarterTurn - Math.abs(turns)) | 0) * 2 ** -32);
  return f32(radius * f32(horner(sine, f32(x * x)) * x));
}

/** Uniform in (0, 1) from the upper 26 bits of two words. */
function unit(high: number, low: number): number {
  const upper = f32(f32(high >>> 6) * two26);
  const lower = f32(f32(low >>> 6) + 0.5);
  return f32(f32(upper + lower) / two52);
}

/** Logarithm of a uniform number, from it and from what it lacks to 1: near 1 only the latter has digits. */
function logUnit(u: number, rest: number): number {
  if (u >= f32(Math.SQRT1_2)) {
    return logNearOne(-rest, 0);
  }
  float[0] = u;
  let exponent = (bits[0]! >>> 23) - 127;
  bits[0] = (bits[0]! & 0x007fffff) | 0x3f800000;
  let mantissa = float[0];
  if (mantissa > f32(Math.SQRT2)) {
    mantissa = f32(mantissa * 0.5);
    exponent += 1;
  }
  return logNearOne(f32(mantissa - 1), exponent);
}

/** log((1 + f) 2^e). */
function logNearOne(f: number, e: number): number {
  const z = f32(f * f);
  let y = f32(f32(horner(logarithm, f) * f) * z);
  y = f32(y + f32(e * ln2Small));
  y = f32(y - f32(z * 0.5));
  return f32(f32(f + y) + f32(e * ln2Large));
}

function horner(coefficients: Float32Array, x: number): number {
  let p = coefficients[0]!;
  for (let k = 1; k < coefficients.length; k++) {
    p = f32(coefficients[k]! + f32(p * x));
  }
  return p;
}
