import { describe, expect, test } from 'vitest';
import { converterLaws } from '../../src/laws/converter-laws.ts';
import { Adc, type AdcSample } from '../../src/periphery/adc.ts';
import { Dac } from '../../src/periphery/dac.ts';
import { seed } from './seed.ts';
import { brokenLaws } from './trying.ts';

const laws = {
  codes: 'every voltage has a code, and every code a voltage',
  finite: 'a voltage that is not finite is refused',
  monotone: 'a larger voltage never converts to a smaller one',
  error: 'inside the range the error is no larger than stated',
  clips: 'what lies beyond the range is said to be clipped, and nothing inside',
  levels: 'converting a level gives that level',
} as const;

const range = { bits: 8, minVolts: -1, maxVolts: 1 };

class SilentAdc extends Adc {
  override convert(volts: number, channel?: number, event?: number): AdcSample {
    return { ...super.convert(volts, channel, event), clipped: false };
  }
}

class WrappingAdc extends Adc {
  override code(volts: number): number {
    return Math.floor((volts - this.scale.minVolts) / this.scale.lsbVolts) & 0xff;
  }
}

class TrustingAdc extends Adc {
  override code(volts: number): number {
    return Number.isNaN(volts) ? 0 : super.code(Math.min(Math.max(volts, -2), 2));
  }
}

class OverrangingDac extends Dac {
  override code(volts: number): number {
    return Math.round((volts - this.scale.minVolts) / this.scale.lsbVolts);
  }
}

const bow = Array.from({ length: 256 }, (_, code) => (code % 16 === 0 ? 3 : 0));

const wrong = [
  { title: 'an adc that does not say that it clips', laws: new SilentAdc(range, 1), breaks: [laws.clips] },
  { title: 'an adc that wraps', laws: new WrappingAdc(range, 1), breaks: [laws.codes, laws.levels] },
  { title: 'an adc that takes NaN for 0', laws: new TrustingAdc(range, 1), breaks: [laws.finite] },
  { title: 'a dac with codes beyond its last', laws: new OverrangingDac(range), breaks: [laws.codes] },
  {
    title: 'a dac with steps back',
    laws: new Dac({ ...range, inlLsb: bow }),
    breaks: [laws.monotone, laws.error],
  },
  {
    title: 'an adc with a wrong slope',
    laws: new Adc({ ...range, gainError: 0.02 }, 1),
    breaks: [laws.error, laws.levels, laws.clips],
  },
] as const;

describe(`wrong converters are rejected, seed ${seed}`, () => {
  test.each(wrong)('$title', async ({ laws: converter, breaks }) => {
    const suite = converterLaws(converter).filter(({ name }) => breaks.some((law) => law === name));
    expect([...(await brokenLaws(suite)).keys()].sort()).toEqual([...breaks].sort());
  });

  test('every law is broken by one of them', () => {
    const caught = new Set<string>(wrong.flatMap(({ breaks }) => [...breaks]));
    expect(converterLaws(new Dac(range)).map(({ name }) => name)).toEqual(Object.values(laws));
    expect(Object.values(laws).filter((law) => !caught.has(law))).toEqual([]);
  });
});
