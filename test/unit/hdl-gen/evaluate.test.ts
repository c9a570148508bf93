import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadDevice } from '../../../devices/load-device.ts';
import { deviceTable } from '../../../devices/table.ts';
import { deviceModelOf } from '../../../hdl-gen/evaluate.ts';
import { singleExpression } from '../../../hdl-gen/single-expression.ts';
import { deviceParameters } from '../../../src/laws/device-parameters.ts';
import { deviceNames, messageOf, readBuiltIn, readChanged } from './model-files.ts';

const part = fc.double({ min: -1, max: 1, noNaN: true });
const position = fc.double({ min: 0, max: 1, noNaN: true });

describe.each(deviceNames)('the intermediate form of %s', (name) => {
  test.each([
    ['as it stands', (model: ReturnType<typeof readBuiltIn>) => model],
    [
      'with every function as one expression',
      (model: ReturnType<typeof readBuiltIn>) => ({
        ...model,
        functions: model.functions.map((definition) => {
          const value = singleExpression(definition);
          const end = { kind: 'result', value, at: definition.at } as const;
          return { ...definition, body: { locals: [], end } };
        }),
      }),
    ],
  ])('%s, computes the same bits as the source', async (_, form) => {
    const { model, set } = await loadDevice(name, deviceTable[name].sets[0]!);
    const read = deviceModelOf(form(readBuiltIn(name)));
    expect(read.state).toEqual(model.state);
    expect(read.parameters).toEqual(model.parameters);
    expect(read.setPolarity).toBe(model.setPolarity);
    fc.assert(
      fc.property(deviceParameters(model, set), part, position, (p, volts, place) => {
        const [lower, upper] = [model.lowerBound(p), model.upperBound(p)];
        const v = volts * model.promises.validVolts;
        const x = lower + place * (upper - lower);
        expect([read.lowerBound(p), read.upperBound(p)]).toEqual([lower, upper]);
        expect(read.rate(v, x, p)).toBe(model.rate(v, x, p));
        expect(read.current(v, x, p)).toBe(model.current(v, x, p));
        expect(read.advance?.(v, x, 1e-7, p)).toBe(model.advance?.(v, x, 1e-7, p));
      }),
    );
  });
});

test('an expression that would grow beyond bounds is refused at its place', () => {
  const doubling = Array.from({ length: 14 }, (_, n) => `const x${n + 1} = x${n} + x${n};`).join('\n  ');
  const model = readChanged('vteam', [
    'return x + rate(v, x, p) * dt;',
    `const x0 = x;\n  ${doubling}\n  return x14;`,
  ]);
  const advance = model.functions.find((definition) => definition.name === 'advance')!;
  expect(messageOf(() => singleExpression(advance))).toBe(
    'UnsupportedSourceError: vteam.ts:53:1: advance written as one expression has 32767 terms, at most 10000 are allowed',
  );
});
