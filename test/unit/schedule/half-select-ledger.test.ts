import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellAt, cellCount } from '../../../src/array/geometry.ts';
import { HalfSelectLedger } from '../../../src/schedule/half-select-ledger.ts';
import { cellOf, geometry } from './arbitraries.ts';

test('HalfSelectLedger finds the same worst victim as a sum over every cell', () => {
  const ticks = fc.nat({ max: 1000 });
  const cost = fc.record({ sameWord: ticks, sameBit: ticks, elsewhere: ticks });
  const bookings = geometry.chain((size) =>
    fc.tuple(
      fc.constant(size),
      fc.array(fc.record({ selected: cellOf(size), cost, extra: cellOf(size), extraTicks: ticks }), {
        maxLength: 20,
      }),
    ),
  );
  fc.assert(
    fc.property(bookings, ([size, list]) => {
      const ledger = new HalfSelectLedger(size);
      const totals = Array.from({ length: cellCount(size) }, () => 0);
      for (const { selected, cost, extra, extraTicks } of list) {
        ledger.bookSelection(selected, cost);
        const at = extra.word * size.bitLines + extra.bit;
        ledger.bookVictim(at, extraTicks);
        totals[at]! += extraTicks;
        for (const index of totals.keys()) {
          const { word, bit } = cellAt(size, index);
          const sameWord = word === selected.word;
          const sameBit = bit === selected.bit;
          if (sameWord !== sameBit) {
            totals[index]! += sameWord ? cost.sameWord : cost.sameBit;
          } else if (!sameWord) {
            totals[index]! += cost.elsewhere;
          }
        }
      }
      const worst = ledger.worst();
      expect(worst.ticks).toBe(Math.max(...totals));
      expect(totals[worst.cell.word * size.bitLines + worst.cell.bit]).toBe(worst.ticks);
    }),
  );
});
