import { describe, expect, test } from 'vitest';
import { loadDevice } from '../../devices/load-device.ts';
import { deviceLaws } from '../../src/laws/device-laws.ts';
import type { DeviceModel } from '../../src/model/device-model.ts';
import type { ParameterSet, ParameterValues } from '../../src/model/parameter-set.ts';
import { seed } from './seed.ts';
import { brokenLaws } from './trying.ts';

interface WrongModel {
  readonly title: string;
  readonly model: DeviceModel;
  readonly set: ParameterSet;
  /** Laws that must be broken, among whatever others are. */
  readonly breaks: readonly string[];
}

const joglekar = await loadDevice('linear-ion-drift-joglekar', 'joglekar-spice');
const biolek = await loadDevice('linear-ion-drift-biolek', 'biolek-spice');
const prodromakis = await loadDevice('linear-ion-drift-prodromakis', 'technion-va');
const freeDrift = await loadDevice('linear-ion-drift', 'technion-va');
const vteam = await loadDevice('vteam', 'pt-hf-ti');
const neuropack = await loadDevice('data-driven-2016', 'neuropack');

const laws = {
  noCurrent: 'no voltage, no current',
  sign: 'the current has the sign of the voltage',
  passive: 'passive: a device gives no energy',
  followsState: 'the conductance moves with the state as stated',
  pinched: 'the hysteresis loop is pinched at the origin',
  finite: 'everything is finite in the range of validity',
  bounds: 'the state stays inside its bounds for any train of pulses from 1 ns to 1 s',
  halves: 'two half pulses are one pulse',
  integral: 'the state after a pulse is the integral of the rate',
  pure: 'the functions are pure: the same arguments give the same bits, and are left as they were',
  noChange: 'no voltage, no change',
  polarity: 'a voltage of the SET polarity never lowers the conductance, the other never raises it',
  monotone: 'where promised, a larger voltage moves the state at least as far',
  window: 'where promised, a window stops the state at the bound that it moves to',
  units: 'a parameter in the wrong unit is refused',
} as const;

type Window = (x: number, p: ParameterValues, v: number) => number;

/** Linear ion drift with a window, which it promises to be one. */
function withWindow({ model }: { model: DeviceModel }, window: Window): DeviceModel {
  return {
    ...model,
    promises: { ...model.promises, windowed: true },
    rate: (v, x, p) => freeDrift.model.rate(v, x, p) * window(x, p, v),
  };
}

function step(z: number): number {
  return z >= 0 ? 1 : 0;
}

/** Relaxes to 0 by itself, faster than any pulse of the laws is long. */
const leaking: DeviceModel = {
  ...vteam.model,
  rate: (v, x, p) => vteam.model.rate(v, x, p) - 1e3 * x,
};
delete leaking.advance;

const calls = { count: 0 };

const wrong: readonly WrongModel[] = [
  {
    ...joglekar,
    title: 'Joglekar window with its exponent outside, (1 - (2x - 1))^(2p)',
    model: withWindow(joglekar, (x, { p }) => (1 - (2 * x - 1)) ** (2 * p!)),
    breaks: [laws.window],
  },
  {
    ...biolek,
    title: 'Biolek window with its exponent outside, (1 - (x - stp(-i)))^(2p)',
    model: withWindow(biolek, (x, { p }, v) => (1 - (x - step(-v))) ** (2 * p!)),
    breaks: [laws.window],
  },
  {
    ...biolek,
    title: 'Biolek window with both signs turned, which is one for whole exponents only',
    model: withWindow(biolek, (x, { p }, v) => 1 - (1 - x - step(v)) ** (2 * p!)),
    breaks: [laws.finite],
  },
  {
    ...prodromakis,
    title: 'Prodromakis window with its exponent outside, j (1 - (x - 1/2)^2 + 3/4)^p',
    model: withWindow(prodromakis, (x, { p, j }) => j! * (1 - (x - 0.5) ** 2 + 0.75) ** p!),
    breaks: [laws.window],
  },
  {
    ...joglekar,
    title: 'state clipped after an explicit Euler step',
    model: {
      ...joglekar.model,
      advance: (v, x, dt, p) => Math.min(Math.max(x + dt * joglekar.model.rate(v, x, p), 0), 1),
    },
    breaks: [laws.halves, laws.integral],
  },
  {
    ...vteam,
    title: 'current with the wrong sign',
    model: { ...vteam.model, current: (v, x, p) => -vteam.model.current(v, x, p) },
    breaks: [laws.sign, laws.passive, laws.finite],
  },
  {
    ...vteam,
    title: 'current at 0 V',
    model: { ...vteam.model, current: (v, x, p) => vteam.model.current(v, x, p) + 1e-9 },
    breaks: [laws.noCurrent, laws.pinched],
  },
  {
    ...vteam,
    title: 'state that leaks at 0 V',
    model: leaking,
    breaks: [laws.noChange, laws.polarity],
  },
  {
    ...neuropack,
    title: 'parameters changed by a call',
    model: {
      ...neuropack.model,
      rate(v, x, p) {
        Reflect.set(p, 'aP', 1.01 * p['aP']!);
        return neuropack.model.rate(v, x, p);
      },
    },
    breaks: [laws.pure],
  },
  {
    ...neuropack,
    title: 'answer that depends on the calls before',
    model: {
      ...neuropack.model,
      advance: (v, x, dt, p) => neuropack.model.advance!(v, x, dt * (1 + 1e-3 * (calls.count++ % 2)), p),
    },
    breaks: [laws.pure, 'without noise each cell of an array is the bare model, to the last bit'],
  },
  {
    ...neuropack,
    title: 'closed form that is off by 1 %',
    model: {
      ...neuropack.model,
      advance: (v, x, dt, p) => x + 1.01 * (neuropack.model.advance!(v, x, dt, p) - x),
    },
    breaks: [laws.integral],
  },
  {
    ...neuropack,
    title: 'closed form of a rate that is 1 % too fast, which composes',
    model: { ...neuropack.model, advance: (v, x, dt, p) => neuropack.model.advance!(v, x, 1.01 * dt, p) },
    breaks: [laws.integral],
  },
  {
    ...neuropack,
    title: 'closed form that never moves',
    model: { ...neuropack.model, advance: (_v, x) => x },
    breaks: [laws.integral],
  },
  {
    ...neuropack,
    title: 'promise of monotony that a negative a_1 breaks',
    model: { ...neuropack.model, promises: { ...neuropack.model.promises, monotoneInVoltage: () => true } },
    breaks: [laws.monotone],
  },
  {
    ...neuropack,
    title: 'polarity turned',
    model: { ...neuropack.model, setPolarity: 1 },
    breaks: [laws.polarity],
  },
  {
    ...neuropack,
    title: 'state said to raise the conductance that lowers it',
    model: { ...neuropack.model, state: { ...neuropack.model.state, conductance: 'rises' } },
    breaks: [laws.followsState],
  },
  {
    ...neuropack,
    title: 'speed that is not a number at a bound',
    model: {
      ...neuropack.model,
      rate: (v, x, p) => neuropack.model.rate(v, x, p) / Math.abs(x - p['rMax']!),
    },
    breaks: [laws.finite],
  },
  {
    ...neuropack,
    title: 'closed form that is not a number for long pulses',
    model: {
      ...neuropack.model,
      advance: (v, x, dt, p) => (dt > 0.1 ? Number.NaN : neuropack.model.advance!(v, x, dt, p)),
    },
    breaks: [laws.finite, laws.bounds],
  },
  {
    ...vteam,
    title: 'ranges that take nanometres for metres',
    set: {
      ...vteam.set,
      parameters: { ...vteam.set.parameters, kOff: { value: 0.091, unit: 'm s^-1', min: 1e-12, max: 1e4 } },
    },
    breaks: [laws.units],
  },
];

describe(`wrong models are rejected, seed ${seed}`, () => {
  test.each(wrong)('$title', async ({ model, set, breaks }) => {
    const suite = deviceLaws(model, [set]).filter(({ name }) => breaks.includes(name));
    expect([...(await brokenLaws(suite)).keys()].sort()).toEqual([...breaks].sort());
  });

  test('every law of a model is broken by one of them', () => {
    const caught = new Set(wrong.flatMap(({ breaks }) => breaks));
    expect(Object.values(laws).filter((law) => !caught.has(law))).toEqual([]);
  });

  test('without the mistake the same model breaks nothing', async () => {
    for (const { model, set } of [joglekar, biolek, prodromakis, vteam, neuropack]) {
      expect(await brokenLaws(deviceLaws(model, [set]))).toEqual(new Map());
    }
  });
});

test('a model without a set has nothing to be tried on', () => {
  expect(() => deviceLaws(vteam.model, [])).toThrow(
    'device laws, model vteam: found no parameter set, expected one or more',
  );
});
