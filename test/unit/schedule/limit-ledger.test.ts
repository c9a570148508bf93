import { expect, test } from 'vitest';
import { LimitLedger } from '../../../src/schedule/limit-ledger.ts';
import { driver, limits } from './examples.ts';

const at = { operation: 3, cell: { word: 1, bit: 2 } };

test.each(['voltage.line', 'width.pulse.min'])('NaN is beyond the limit %s', (limit) => {
  const ledger = new LimitLedger(limits, driver);
  expect(() => ledger.check(limit, Number.NaN, at)).toThrow(`operation 3 (w1 b2): ${limit} would be NaN`);
});

test('a limit that the safe operating area does not have is an error', () => {
  expect(() => new LimitLedger(limits, driver).check('voltage.form', 1, at)).toThrow('found no such limit');
});

test('a value within a few rounding errors of its limit is at the limit, a thousandth above is not', () => {
  const ledger = new LimitLedger(limits, driver);
  ledger.check('voltage.line', 2 * (1 + 1e-12), at);
  expect(ledger.margins().find(({ limit }) => limit === 'voltage.line')).toMatchObject({
    margin: 0,
    operation: 3,
  });
  expect(() => ledger.check('voltage.line', 2.002, at)).toThrow('voltage.line would be 2.002 V, allowed 2 V');
});

test('beside a limit of 0 the worst value still counts', () => {
  const ledger = new LimitLedger(
    { ...limits, width: { ...limits.width, pulse: { min: 0, max: 1 } } },
    driver,
  );
  for (const [operation, width] of [0.5, 0.25, 0.75].entries()) {
    ledger.check('width.pulse.min', width, { operation, cell: null });
  }
  expect(ledger.margins().find(({ limit }) => limit === 'width.pulse.min')).toMatchObject({
    worst: 0.25,
    margin: 1,
    operation: 1,
  });
});
