import * as fc from 'fast-check';
import type { BiasChoice } from '../../../src/array/bias.ts';
import type { Cell, Geometry } from '../../../src/array/geometry.ts';
import type { Operation } from '../../../src/schedule/operation.ts';
import { createSchedule, type Schedule } from '../../../src/schedule/schedule.ts';

const finite = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .map((value) => (Object.is(value, -0) ? 0 : value));
const positive = fc.double({ min: Number.MIN_VALUE, max: 1e300, noNaN: true });
const count = fc.nat({ max: 2 ** 31 });
const name = fc.stringMatching(/^[\w.+-]{1,20}$/u);

const ownScheme = fc
  .record({ name: name.map((text) => `own-${text}`), selectedBit: fc.constantFrom(0, -0.5, -0.25, 0.125) })
  .chain(({ name, selectedBit }) =>
    fc.record({
      name: fc.constant(name),
      selectedWord: fc.constant(selectedBit + 1),
      selectedBit: fc.constant(selectedBit),
      unselectedWord: finite,
      unselectedBit: finite,
    }),
  );

export const bias: fc.Arbitrary<BiasChoice> = fc.oneof(
  fc.constantFrom('half' as const, 'third' as const, 'grounded' as const),
  ownScheme,
);

/** What JSON can hold, without the key that no schedule may hold. */
const parameters = fc
  .dictionary(name, fc.jsonValue({ maxDepth: 3, noUnicodeString: false }), { maxKeys: 4 })
  .filter((value) => !JSON.stringify(value).includes('__proto__'))
  .map((value): Record<string, unknown> => {
    const plain: unknown = JSON.parse(JSON.stringify(value));
    return Object.fromEntries(Object.entries(Object(plain)));
  });

export const geometry: fc.Arbitrary<Geometry> = fc.record({
  wordLines: fc.integer({ min: 1, max: 5 }),
  bitLines: fc.integer({ min: 1, max: 5 }),
});

export function cellOf({ wordLines, bitLines }: Geometry): fc.Arbitrary<Cell> {
  return fc.record({ word: fc.nat({ max: wordLines - 1 }), bit: fc.nat({ max: bitLines - 1 }) });
}

function operationOf(size: Geometry): fc.Arbitrary<Operation> {
  const cell = cellOf(size);
  const volts = finite;
  const width = positive;
  return fc.oneof(
    fc.record({ kind: fc.constant('pulse' as const), cell, volts, width, bias }),
    fc.record({
      kind: fc.constant('read' as const),
      cells: fc.array(cell, { minLength: 1, maxLength: 4 }),
      volts,
      width,
      bias,
    }),
    fc.record({ kind: fc.constant('wait' as const), seconds: positive }),
    fc.record({
      kind: fc.constant('frame' as const),
      wordVolts: fc.array(finite, { minLength: size.wordLines, maxLength: size.wordLines }),
      bitVolts: fc.array(finite, { minLength: size.bitLines, maxLength: size.bitLines }),
      width,
      sense: fc.boolean(),
    }),
    fc
      .uniqueArray(cell, { minLength: 1, maxLength: 4, selector: ({ word, bit }) => `${word} ${bit}` })
      .chain((cells) =>
        fc.record({
          kind: fc.constant('programVerify' as const),
          cells: fc.constant(cells),
          targets: fc.array(positive, { minLength: cells.length, maxLength: cells.length }),
          tolerance: positive,
          policy: fc.record({ name, parameters }),
          read: fc.record({ volts, width, bias }),
          bias,
          envelope: fc.record({
            pulses: fc.array(fc.record({ volts, width }), { minLength: 1, maxLength: 3 }),
            maxPulses: count,
            maxReads: count.map((reads) => reads + 1),
          }),
        }),
      ),
  );
}

/** Any schedule that the format can hold, however unreasonable. */
export const anySchedule: fc.Arbitrary<Schedule> = geometry.chain((size) =>
  fc.array(operationOf(size), { maxLength: 6 }).map((operations) => createSchedule(size, operations)),
);
