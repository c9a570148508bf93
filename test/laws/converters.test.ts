import { describe, expect, test } from 'vitest';
import { converterLaws } from '../../src/laws/converter-laws.ts';
import { Adc } from '../../src/periphery/adc.ts';
import { Dac } from '../../src/periphery/dac.ts';
import { seed } from './seed.ts';
import { rowsOf, tryLaw } from './trying.ts';

const bow = Array.from({ length: 256 }, (_, code) => 1.5 * Math.sin((Math.PI * code) / 255));
const uneven = Array.from({ length: 256 }, (_, code) => (code % 2 === 0 ? 0.5 : -0.5));

const subjects = [
  { title: '1-bit adc', laws: converterLaws(new Adc({ bits: 1, minVolts: 0, maxVolts: 1 }, 1)) },
  { title: '8-bit adc', laws: converterLaws(new Adc({ bits: 8, minVolts: 0, maxVolts: 2.55 }, 1)) },
  { title: '16-bit adc', laws: converterLaws(new Adc({ bits: 16, minVolts: -2.5, maxVolts: 2.5 }, 1)) },
  { title: '24-bit adc', laws: converterLaws(new Adc({ bits: 24, minVolts: -1e-3, maxVolts: 3 }, 1)) },
  {
    title: '8-bit adc with a bow',
    laws: converterLaws(new Adc({ bits: 8, minVolts: -1, maxVolts: 1, inlLsb: [...bow] }, 1), {
      errorLsb: 2,
    }),
  },
  {
    title: '8-bit adc with uneven codes',
    laws: converterLaws(new Adc({ bits: 8, minVolts: -1, maxVolts: 1, dnlLsb: uneven }, 1), { errorLsb: 1 }),
  },
  {
    title: '12-bit adc with gain and offset error and six sigma of noise',
    laws: converterLaws(
      new Adc(
        { bits: 12, minVolts: -2.048, maxVolts: 2.047, gainError: 1e-3, offsetVolts: 1e-3, noiseVolts: 5e-4 },
        1,
      ),
      { errorLsb: 0.5 + 2.048 + 1 + 6 * 0.5 },
    ),
  },
  { title: '1-bit dac', laws: converterLaws(new Dac({ bits: 1, minVolts: 0, maxVolts: 1 })) },
  { title: '12-bit dac', laws: converterLaws(new Dac({ bits: 12, minVolts: -2.048, maxVolts: 2.047 })) },
  { title: '16-bit dac', laws: converterLaws(new Dac({ bits: 16, minVolts: -10, maxVolts: 10 })) },
  {
    title: '8-bit dac with a bow, gain and offset error',
    laws: converterLaws(
      new Dac({ bits: 8, minVolts: 0, maxVolts: 2.55, gainError: -0.01, offsetVolts: 0.005, inlLsb: bow }),
      { errorLsb: 0.5 + 1.5 + 2.55 + 0.5 },
    ),
  },
];

describe.each(subjects)(`$title, seed ${seed}`, ({ laws }) => {
  test.each(rowsOf(laws))('%s', async (_name, law) => {
    await expect(tryLaw(law)).resolves.toBeUndefined();
  });
});
