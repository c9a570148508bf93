import fc from 'fast-check';
import { OhmloomError } from '../errors.ts';
import type { Adc } from '../periphery/adc.ts';
import type { CodeScale } from '../periphery/code-scale.ts';
import { Dac } from '../periphery/dac.ts';
import type { Volts } from '../units.ts';
import { type Law, lawOf, requireThat } from './law.ts';

/** How exact a converter is meant to be. */
export interface ConverterAccuracy {
  /** Largest error inside the range, noise included, in LSB; an ideal converter keeps half an LSB. */
  readonly errorLsb: number;
}

/** Part of an LSB that rounding may take. */
const slack = 1e-6;

/** Either kind of converter, with the draw of its noise settled. */
interface Conversion {
  code(volts: Volts): number;
  level(code: number): Volts;
  convert(volts: Volts): Volts;
  clips(volts: Volts): boolean;
}

interface ConverterSubject {
  readonly scale: CodeScale;
  readonly errorLsb: number;
  at(draw: NoiseDraw): Conversion;
}

interface NoiseDraw {
  readonly channel: number;
  readonly event: number;
}

/**
 * The laws of a converter: codes in range, monotone, the error inside the range, and said to clip what lies beyond
 * it. One that keeps half an LSB must also give its own levels back.
 *
 * @param accuracy - what it is meant to keep; half an LSB if left out
 * @example
 * for (const law of converterLaws(new Adc({ bits: 8, minVolts: -1, maxVolts: 1 }, 1))) {
 *   await law.check();
 * }
 */
export function converterLaws(
  converter: Adc | Dac,
  { errorLsb }: ConverterAccuracy = { errorLsb: 0.5 },
): Law[] {
  const subject: ConverterSubject = {
    scale: converter.scale,
    errorLsb,
    at: (draw) => conversionOf(converter, draw),
  };
  return [
    codesAreInRange(subject),
    onlyFiniteInputs(subject),
    isMonotone(subject),
    errorIsBounded(subject),
    clippingIsSaid(subject),
    ...(errorLsb <= 0.5 ? [levelsComeBack(subject)] : []),
  ];
}

function conversionOf(converter: Adc | Dac, { channel, event }: NoiseDraw): Conversion {
  if (converter instanceof Dac) {
    return {
      code: (volts) => converter.code(volts),
      level: (code) => converter.volts(code),
      convert: (volts) => converter.convert(volts),
      clips: (volts) => converter.clips(volts),
    };
  }
  return {
    code: (volts) => converter.code(volts, channel, event),
    level: (code) => converter.volts(code),
    convert: (volts) => converter.convert(volts, channel, event).volts,
    clips: (volts) => converter.convert(volts, channel, event).clipped,
  };
}

const draws = fc.record({ channel: fc.nat({ max: 1023 }), event: fc.nat() });

/** Voltages in the range: evenly spread, and beside the half-way points between two codes. */
function insideVolts({ minVolts, maxVolts, codes, lsbVolts }: CodeScale): fc.Arbitrary<Volts> {
  const even = fc
    .nat({ max: 1_000_000 })
    .map((step) => minVolts + ((maxVolts - minVolts) * step) / 1_000_000);
  const edge = fc
    .tuple(fc.nat({ max: codes - 2 }), fc.constantFrom(0.5 - slack, 0.5, 0.5 + slack))
    .map(([code, part]) => minVolts + (code + part) * lsbVolts);
  return fc.oneof(even, edge);
}

/** As {@link insideVolts}, and beyond the range. */
function anyVolts(scale: CodeScale): fc.Arbitrary<Volts> {
  const span = scale.maxVolts - scale.minVolts;
  const beyond = fc.integer({ min: -2000, max: 3000 }).map((step) => scale.minVolts + (span * step) / 1000);
  return fc.oneof(insideVolts(scale), beyond);
}

function codesAreInRange({ scale, at }: ConverterSubject): Law {
  const huge = fc.constantFrom(-1e300, -1e30, 1e30, 1e300);
  const cases = fc.record({ volts: fc.oneof({ arbitrary: anyVolts(scale), weight: 9 }, huge), draw: draws });
  return lawOf('every voltage has a code, and every code a voltage', cases, ({ volts, draw }) => {
    const conversion = at(draw);
    const code = conversion.code(volts);
    requireThat(
      Number.isInteger(code) && code >= 0 && code < scale.codes,
      () => `${volts} V has code ${code}, expected an integer from 0 to ${scale.codes - 1}`,
    );
    requireThat(Number.isFinite(conversion.level(code)), () => `code ${code} is ${conversion.level(code)} V`);
    requireThat(
      conversion.convert(volts) === conversion.level(code),
      () => `${volts} V converts to ${conversion.convert(volts)} V, its code is ${conversion.level(code)} V`,
    );
  });
}

function onlyFiniteInputs({ at }: ConverterSubject): Law {
  const cases = fc.record({ volts: fc.constantFrom(Number.NaN, Infinity, -Infinity), draw: draws });
  return lawOf('a voltage that is not finite is refused', cases, ({ volts, draw }) => {
    let answer: unknown;
    try {
      answer = at(draw).code(volts);
    } catch (error) {
      answer = error;
    }
    requireThat(answer instanceof OhmloomError, () => `${volts} V has code ${String(answer)}`);
  });
}

function isMonotone({ scale, at }: ConverterSubject): Law {
  const cases = fc.record({ volts: fc.tuple(anyVolts(scale), anyVolts(scale)), draw: draws });
  return lawOf('a larger voltage never converts to a smaller one', cases, ({ volts: [one, other], draw }) => {
    const [less, more] = [Math.min(one, other), Math.max(one, other)];
    const conversion = at(draw);
    requireThat(
      conversion.convert(less) <= conversion.convert(more),
      () => `${less} V converts to ${conversion.convert(less)} V, ${more} V to ${conversion.convert(more)} V`,
    );
  });
}

function errorIsBounded({ scale, at, errorLsb }: ConverterSubject): Law {
  const cases = fc.record({ volts: insideVolts(scale), draw: draws });
  return lawOf('inside the range the error is no larger than stated', cases, ({ volts, draw }) => {
    const error = Math.abs(at(draw).convert(volts) - volts) / scale.lsbVolts;
    requireThat(
      error <= errorLsb + slack,
      () =>
        `${volts} V converts to ${at(draw).convert(volts)} V, ${error} LSB away, stated are ${errorLsb} LSB`,
    );
  });
}

/** Beyond the ends by more than the stated error can bring back; twice that, as a wrong slope errs more out there. */
function clippingIsSaid({ scale, at, errorLsb }: ConverterSubject): Law {
  const cases = fc.record({ volts: anyVolts(scale), draw: draws });
  return lawOf('what lies beyond the range is said to be clipped, and nothing inside', cases, (drawn) => {
    const { volts, draw } = drawn;
    const conversion = at(draw);
    const beyondLsb = Math.max(scale.minVolts - volts, volts - scale.maxVolts) / scale.lsbVolts;
    const surelyBeyond = errorLsb <= 0.5 ? 0.5 + slack : 2 * errorLsb;
    const clips = conversion.clips(volts);
    if (beyondLsb > surelyBeyond) {
      const end = volts > scale.maxVolts ? scale.codes - 1 : 0;
      requireThat(
        clips && conversion.code(volts) === end,
        () =>
          `${volts} V lies ${beyondLsb} LSB beyond the range: code ${conversion.code(volts)}, clipped ${clips}`,
      );
    } else if (beyondLsb < 0.5 - errorLsb - slack) {
      requireThat(
        !clips,
        () => `${volts} V lies ${-beyondLsb} LSB inside the range and is said to be clipped`,
      );
    }
  });
}

function levelsComeBack({ scale, at }: ConverterSubject): Law {
  const cases = fc.record({ code: fc.nat({ max: scale.codes - 1 }), draw: draws });
  return lawOf('converting a level gives that level', cases, ({ code, draw }) => {
    const conversion = at(draw);
    const level = conversion.level(code);
    requireThat(
      conversion.code(level) === code && conversion.convert(level) === level,
      () => `code ${code} is ${level} V, which has code ${conversion.code(level)}`,
    );
  });
}
