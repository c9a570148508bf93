import fc from 'fast-check';
import type { SafeOperatingArea } from '../schedule/safe-operating-area.ts';

const nanosecond = 1e-9;

/** Fractions from `min` to `max`, in percent. */
function parts(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min, max }).map((percent) => percent / 100);
}

/** What the limits are made from: the ends of the ranges, and how far each other limit lies beyond them. */
const ingredients = fc.record({
  volts: fc.record({ positive: parts(10, 500), negative: parts(10, 500) }),
  readPart: parts(5, 100),
  linePart: parts(50, 150),
  unselectedPart: parts(50, 100),
  width: fc.record({ min: fc.integer({ min: 1, max: 1000 }), spread: fc.integer({ min: 1, max: 100_000 }) }),
  envelope: fc.array(fc.record({ voltPart: parts(10, 90), factor: fc.integer({ min: 1, max: 10 }) }), {
    maxLength: 3,
  }),
  lowestResistance: fc.constantFrom(100, 1e3, 1e4, 1e5),
  seriesResistance: fc.constantFrom(0, 1e3),
  reserve: fc.integer({ min: 1, max: 100 }),
  victims: fc.array(parts(5, 95), { minLength: 1, maxLength: 3 }),
  pulsesPerCell: fc.integer({ min: 10, max: 100_000 }),
  lineCells: fc.integer({ min: 2, max: 64 }),
  relativeStep: parts(1, 500),
  wrongDirection: fc.integer({ min: 1, max: 50 }),
});

type Ingredients = typeof ingredients extends fc.Arbitrary<infer Value> ? Value : never;

/**
 * Safe operating areas that do not contradict themselves: the largest pulse of either polarity is allowed for the
 * shortest width, on its line, by the envelope, the energy and the compliance, and its half over a cell that is not
 * selected; a line carries what at least two cells may.
 *
 * @example
 * fc.assert(fc.property(safeOperatingAreas(), ({ voltage }) => voltage.pulse.positive > 0));
 */
export function safeOperatingAreas(): fc.Arbitrary<SafeOperatingArea> {
  return ingredients.map(fromIngredients);
}

function fromIngredients(drawn: Ingredients): SafeOperatingArea {
  const { volts, lowestResistance, seriesResistance, reserve } = drawn;
  const largest = Math.max(volts.positive, volts.negative);
  const min = drawn.width.min * nanosecond;
  const max = min * drawn.width.spread;
  const width = { min, max };
  const current = (largest / (lowestResistance + seriesResistance)) * reserve;
  return {
    format: 'ohmloom-soa',
    version: 1,
    array: 'drawn',
    source: 'drawn for a test',
    voltage: {
      pulse: volts,
      read: { positive: volts.positive * drawn.readPart, negative: volts.negative * drawn.readPart },
      line: largest * drawn.linePart,
      unselected: largest * drawn.unselectedPart,
    },
    width: { pulse: width, read: width },
    envelope: envelopeOf(drawn, largest, min),
    energy: { perPulse: ((largest * largest * min) / lowestResistance) * reserve, lowestResistance },
    compliance: { current, seriesResistance, lineCurrent: current * drawn.lineCells },
    halfSelect: risingVolts(drawn.victims.map((part) => part * largest)).map((bin, position, bins) => ({
      volts: bin,
      total: max * 1000 * (bins.length - position),
    })),
    endurance: {
      pulsesPerCell: drawn.pulsesPerCell,
      cyclesPerCell: Math.ceil(drawn.pulsesPerCell / 2),
      readsPerCell: 2 * drawn.pulsesPerCell,
    },
    response: {
      conductance: { min: 1e-4 / lowestResistance, max: 1 / lowestResistance },
      relativeStep: drawn.relativeStep,
      wrongDirection: drawn.wrongDirection,
    },
  };
}

/** Rising volts up to the largest, each lower entry allowed at least as long as the next. */
function envelopeOf({ envelope }: Ingredients, largest: number, shortest: number) {
  const lower = risingVolts(envelope.map(({ voltPart }) => voltPart * largest));
  let width = shortest;
  const entries = [{ volts: largest, width }];
  for (const [position, volts] of lower.toReversed().entries()) {
    width *= envelope[position]?.factor ?? 1;
    entries.unshift({ volts, width });
  }
  return entries;
}

function risingVolts(volts: readonly number[]): number[] {
  return [...new Set(volts)].sort((one, other) => one - other);
}
