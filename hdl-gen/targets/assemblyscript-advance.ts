import type { Model } from '../ir.ts';
import { keyBytes, type StripCode, stripCode } from './assemblyscript-strip.ts';

const tableBits = 8;
const tableRows = 2 ** tableBits;

/** `modelAdvance`, `exposeStrip` and `prepare` of a model with a closed form. */
export function closedFormText(model: Model, advance: string, closedForm: string): string[] {
  const strips: readonly StripCode[] = [
    stripCode(model, advance, 'uniform', 1, 'UniformPositive'),
    stripCode(model, advance, 'uniform', -1, 'UniformNegative'),
    stripCode(model, advance, 'spread', 1, 'SpreadPositive'),
    stripCode(model, advance, 'spread', -1, 'SpreadNegative'),
  ];
  const rowBytes = keyBytes + 8 * Math.max(...strips.map(({ slots }) => slots));
  const guards = strips.flatMap(({ varying }) => varying);
  return [
    'export function modelAdvance(v: f64, x: f64, dt: f64): f64 {',
    `  const next = ${closedForm};`,
    '  return isFinite(next) ? Math.min(Math.max(next, modelLowerBound()), modelUpperBound()) : NaN;',
    '}',
    '',
    '// What is computed once for a pulse: rows of voltage, duration and values. A write-verify loop climbs through the same',
    '// few pulses again and again.',
    `const rows: usize = memory.data(${tableRows * rowBytes}, 16);`,
    '',
    'function rowOf(volts: f64, seconds: f64): usize {',
    '  const mixed = reinterpret<u64>(volts) ^ (reinterpret<u64>(seconds) * 0x9e3779b97f4a7c15);',
    `  return rows + <usize>((mixed * 0xd6e8feb86659fd93) >> ${64 - tableBits}) * ${rowBytes};`,
    '}',
    '',
    ...guards.map(({ flag }) => `let ${flag} = false;`),
    '',
    'function prepare(): void {',
    `  for (let row = 0; row < ${tableRows}; row++) {`,
    `    store<f64>(rows + row * ${rowBytes}, NaN);`,
    '  }',
    ...guards.map(
      ({ flag, parameters }) =>
        `  ${flag} = (${parameters.map((parameter) => `own_${parameter}`).join(' | ')}) != 0;`,
    ),
    '}',
    '',
    ...strips.flatMap(({ lines }) => [...lines, '']),
    'function exposeStrip(from: usize, step: usize, count: i32, volts: f64, seconds: f64): f64 {',
    '  if (spread) {',
    '    return volts > 0',
    '      ? exposeSpreadPositive(from, step, count, volts, seconds)',
    '      : exposeSpreadNegative(from, step, count, volts, seconds);',
    '  }',
    '  return volts > 0',
    '    ? exposeUniformPositive(from, step, count, volts, seconds)',
    '    : exposeUniformNegative(from, step, count, volts, seconds);',
    '}',
  ];
}

/** The same for a model without a closed form: every cell is integrated. */
export function integratedText(): string[] {
  const text = `
let pulseVolts: f64 = 0;

function slope(x: f64): f64 {
  return modelRate(pulseVolts, x);
}

export function modelAdvance(v: f64, x: f64, dt: f64): f64 {
  pulseVolts = v;
  return integrate(slope, modelLowerBound(), modelUpperBound(), x, dt);
}

function prepare(): void {}

function exposeStrip(from: usize, step: usize, count: i32, volts: f64, seconds: f64): f64 {
  let amperes: f64 = 0;
  let at = from;
  for (let k = 0; k < count; k++) {
    if (spread) {
      loadParameters(at);
    }
    const x = load<f64>(states + at);
    amperes += modelCurrent(volts, x);
    if (freeMasks == 0 || load<i64>(freeMasks + at) != 0) {
      const next = modelAdvance(volts, x, seconds);
      amperes += next - next;
      store<f64>(states + at, next);
    }
    at += step;
  }
  return amperes;
}`;
  return text.trim().split('\n');
}
