import asc from 'assemblyscript/asc';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkDimensions } from '../../../hdl-gen/dimension-check.ts';
import { emitKernels } from '../../../hdl-gen/emit-kernels.ts';
import { assemblyscript } from '../../../hdl-gen/targets/assemblyscript.ts';
import { deviceNames, readText } from './model-files.ts';

/** Its functions are those of `Math`, one by one. */
const source = `
import type { Amperes, Dimensionless, Seconds, Unit, Volts } from '../src/units.ts';
interface Parameters { readonly amperes: Amperes; readonly speed: Unit<'s^-1'>; readonly which: Dimensionless }
function rate(v: Volts, x: Dimensionless, p: Parameters): Unit<'s^-1'> {
  return p.speed * Math.exp(x);
}
function current(v: Volts, x: Dimensionless, p: Parameters): Amperes {
  return p.amperes * Math.log(x);
}
function advance(v: Volts, x: Dimensionless, dt: Seconds, p: Parameters): Dimensionless {
  const u = p.speed * dt;
  if (v > 0) {
    return Math.exp(x) * u;
  }
  return Math.log(x) * u + Math.sign(x) * Math.pow(Math.abs(x), 0.3) * Math.floor(u);
}
function lowerBound(p: Parameters): Dimensionless { return -1e308; }
function upperBound(p: Parameters): Dimensionless { return 1e308; }
export const model = {
  name: 'functions', title: 'Functions', source: 'none', setPolarity: 1,
  state: { symbol: 'x', unit: '1', meaning: 'argument', conductance: 'rises' },
  promises: { monotoneInVoltage: () => false, quietAtZeroVolts: true, validVolts: 1 },
  parameters: {
    amperes: { unit: 'A', meaning: 'scale', min: 0, max: 1 },
    speed: { unit: 's^-1', meaning: 'scale', min: 0, max: 1 },
    which: { unit: '1', meaning: 'unused', min: 0, max: 1 },
  },
  rate, current, advance, lowerBound, upperBound,
};
`;

const flags = ['--runtime', 'stub', '--importMemory', '--enable', 'simd', '-O3'];
const count = 7;
let kernel: Record<string, (...args: readonly number[]) => number>;
let states: Float64Array;

async function compile(): Promise<Uint8Array<ArrayBuffer>> {
  const model = readText('functions.ts', source);
  checkDimensions(model);
  const files = new Map(assemblyscript.emit({ model }).map(({ path, text }) => [path, text]));
  let binary: Uint8Array | undefined;
  const messages: string[] = [];
  const { error } = await asc.main(['exposure-functions.as.ts', '--outFile', 'out.wasm', ...flags], {
    readFile: (path) => files.get(path) ?? null,
    stderr: { write: (text) => messages.push(String(text)) > 0 },
    writeFile: (path, content) => {
      binary = path === 'out.wasm' && typeof content !== 'string' ? content : binary;
    },
  });
  if (error !== null || binary === undefined) {
    throw new Error(`${String(error)}\n${messages.join('')}`);
  }
  return Uint8Array.from(binary);
}

beforeAll(async () => {
  const memory = new WebAssembly.Memory({ initial: 2 });
  const module = new WebAssembly.Module(await compile());
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort: () => 0 } });
  kernel = exports as typeof kernel;
  for (const name of ['amperes', 'speed', 'which']) {
    (exports as Record<string, { value: number }>)[`p_${name}`]!.value = 1;
  }
  states = new Float64Array(memory.buffer, 65_536, count);
  kernel['shape']!(1, count, count);
  kernel['place']!(states.byteOffset, 0, 65_536 + 8 * count, 0);
});

/** Relative to the last bit of the expected number. */
function ulps(found: number, expected: number): number {
  if (Object.is(found, expected) || found === expected) {
    return 0;
  }
  const bits = Math.max(Math.floor(Math.log2(Math.abs(expected))), -1022) - 52;
  return Math.abs(found - expected) / 2 ** bits;
}

const anywhere = fc.double({ noDefaultInfinity: false });

describe('the functions of two doubles at once', () => {
  test.each([
    [
      'exp',
      'modelRate',
      Math.exp,
      fc.oneof(fc.double({ min: -760, max: 720 }), fc.double({ min: -1, max: 1 }), anywhere),
    ],
    [
      'log',
      'modelCurrent',
      Math.log,
      fc.oneof(fc.double({ min: 0.5, max: 2 }), fc.double({ min: 0 }), anywhere),
    ],
  ])('%s is that of Math to 1 ulp, at the ends of its range too', (_, name, expected, argument) => {
    fc.assert(
      fc.property(argument, (x) => {
        expect(ulps(kernel[name]!(0, x), expected(x))).toBeLessThanOrEqual(1);
      }),
      { numRuns: 5000 },
    );
    for (const x of [0, -0, Infinity, -Infinity, NaN, 1, 5e-324, 1.7e308, 709.78, 709.79, -745.13, -745.14]) {
      expect(ulps(kernel[name]!(0, x), expected(x)), `${name}(${x})`).toBeLessThanOrEqual(1);
    }
  });

  test('an odd strip is advanced cell by cell, in the direction of the voltage', () => {
    const start = Float64Array.of(0.1, 0.2, 3, 4, 5, 6, 7.7);
    const up = (x: number): number => Math.exp(x) * 0.25;
    const down = (x: number): number => Math.log(x) * 2 + Math.sign(x) * Math.abs(x) ** 0.3 * 2;
    for (const [volts, seconds, expected] of [
      [1, 0.25, up],
      [-1, 2, down],
    ] as const) {
      states.set(start);
      const amperes = kernel['expose']!(0, 1, count, -1, volts, seconds);
      states.forEach((state, index) => {
        expect(state / expected(start[index]!)).toBeCloseTo(1, 14);
      });
      expect(amperes).toBeCloseTo(
        start.reduce((sum, x) => sum + Math.log(x), 0),
        12,
      );
    }
  });

  test('cells beside the strip, and the hole in it, keep their states', () => {
    states.fill(2);
    kernel['expose']!(1, 2, 1, 1, 1, 1);
    const moved = Math.exp(2);
    expect([...states].map((state) => Math.abs(state - moved) < 1e-14)).toEqual([
      false,
      true,
      false,
      false,
      false,
      true,
      false,
    ]);
    expect([...states].filter((state) => state === 2)).toHaveLength(5);
  });

  test('a state or a current that is not finite shows in the sum', () => {
    states.fill(1);
    states[3] = 800;
    expect(kernel['expose']!(0, 1, count, -1, 1, 1)).not.toSatisfy(Number.isFinite);
    states.fill(1);
    states[6] = -1;
    expect(kernel['expose']!(0, 1, count, -1, 1, 1)).not.toSatisfy(Number.isFinite);
  });
});

test('every built-in model becomes a kernel with its provenance at the head', () => {
  const { files, kernels } = emitKernels(deviceNames);
  expect(kernels).toEqual(deviceNames.map((name) => `exposure-${name}`));
  for (const name of deviceNames) {
    const text = files.find(({ path }) => path === `exposure-${name}.as.ts`)!.text;
    expect(text).toMatch(
      new RegExp(`^// ${name}: .*\\n// Generated by ohmloom from devices/${name}\\.ts`, 'u'),
    );
  }
});
