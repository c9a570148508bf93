import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BiasChoice } from '../../../src/array/bias.ts';
import type { Geometry } from '../../../src/array/geometry.ts';
import { ScheduleError } from '../../../src/errors.ts';
import { certify } from '../../../src/schedule/compile.ts';
import type { DriverGrid } from '../../../src/schedule/driver-grid.ts';
import type { Operation } from '../../../src/schedule/operation.ts';
import type { Certificate, SafeOperatingArea } from '../../../src/schedule/safe-operating-area.ts';
import { createSchedule, type Schedule } from '../../../src/schedule/schedule.ts';
import { cellOf, geometry } from './arbitraries.ts';
import { positionOf, type Reference, referenceFor } from './certificate-reference.ts';

const volts = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -48, max: 48 }).map((steps) => steps * 0.05) },
  { weight: 1, arbitrary: fc.double({ min: -2.5, max: 2.5, noNaN: true }) },
);
const readVolts = fc.constantFrom(0.1, 0.2, -0.2, 0.35, 0.5);
const width = fc.integer({ min: 1, max: 40 }).map((ticks) => ticks * 1e-8);
const bias = fc.constantFrom<BiasChoice[]>('half', 'third', 'grounded', {
  name: 'lifted',
  selectedWord: 0.75,
  selectedBit: -0.25,
  unselectedWord: 0.375,
  unselectedBit: 0.125,
});

function operationOf(size: Geometry): fc.Arbitrary<Operation> {
  const cell = cellOf(size);
  return fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('pulse' as const), cell, volts, width, bias }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('read' as const),
        cells: fc.array(cell, { minLength: 1, maxLength: 4 }),
        volts: readVolts,
        width,
        bias,
      }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'wait' as const, seconds: 1e-3 }) },
    {
      weight: 3,
      arbitrary: fc.boolean().chain((sense) => {
        const line = sense ? fc.constantFrom(0, 0.1, 0.2) : fc.constantFrom(0, 0, 0.4, -0.6, 1.2);
        return fc.record({
          kind: fc.constant('frame' as const),
          wordVolts: fc.array(line, { minLength: size.wordLines, maxLength: size.wordLines }),
          bitVolts: fc.array(line, { minLength: size.bitLines, maxLength: size.bitLines }),
          width,
          sense: fc.constant(sense),
        });
      }),
    },
    {
      weight: 2,
      arbitrary: fc
        .uniqueArray(cell, { minLength: 1, maxLength: 4, selector: ({ word, bit }) => `${word} ${bit}` })
        .chain((cells) =>
          fc.record({
            kind: fc.constant('programVerify' as const),
            cells: fc.constant(cells),
            targets: fc.array(fc.constantFrom(1e-5, 5e-5, 1e-4), {
              minLength: cells.length,
              maxLength: cells.length,
            }),
            tolerance: fc.constant(0.01),
            policy: fc.constant({ name: 'ispp', parameters: {} }),
            read: fc.record({ volts: readVolts, width, bias }),
            bias,
            envelope: fc.record({
              pulses: fc.array(fc.record({ volts, width }), { minLength: 1, maxLength: 3 }),
              maxPulses: fc.nat({ max: 20 }),
              maxReads: fc.integer({ min: 1, max: 21 }),
            }),
          }),
        ),
    },
  );
}

const schedules: fc.Arbitrary<Schedule> = geometry.chain((size) =>
  fc.array(operationOf(size), { maxLength: 8 }).map((operations) => createSchedule(size, operations)),
);

const drivers: fc.Arbitrary<DriverGrid> = fc.record({
  minVolts: fc.constantFrom(-3, -3, -1.5),
  maxVolts: fc.constantFrom(3, 3, 2),
  stepVolts: fc.constantFrom(0.05, 0.01, 0.025),
  minWidth: fc.constantFrom(1e-8, 2e-8),
  maxWidth: fc.constantFrom(1, 1, 3.5e-7),
  stepWidth: fc.constantFrom(1e-8, 5e-9),
  errorVolts: fc.constantFrom(0, 0.004),
});

/** Each limit mostly wide, now and then where schedules come near it. */
const areas: fc.Arbitrary<SafeOperatingArea> = fc
  .record({
    positive: fc.constantFrom(9, 9, 9, 2.2, 1.5),
    negative: fc.constantFrom(9, 9, 9, 2, 1.2),
    read: fc.constantFrom(9, 9, 0.5, 0.21),
    line: fc.constantFrom(9, 9, 9, 2, 1.2),
    unselected: fc.constantFrom(9, 2, 0.8, 0.5),
    longest: fc.constantFrom(1, 1, 1, 3.5e-7),
    shortest: fc.constantFrom(0, 0, 0, 2e-8),
    steep: fc.constantFrom(1, 1, 3e-7, 1e-7),
    energy: fc.constantFrom(1, 1, 1, 1e-9, 2e-10),
    current: fc.constantFrom(1, 1, 1, 1.5e-3),
    series: fc.constantFrom(0, 500),
    lineCurrent: fc.constantFrom(1, 1, 1, 3e-3, 2e-3),
    bin: fc.constantFrom(0, 0.1, 0.3, 0.5),
    total: fc.constantFrom(1, 1, 4e-6, 1e-6),
    pulses: fc.constantFrom(1000, 1000, 20, 3),
    cycles: fc.constantFrom(1000, 1000, 5, 1),
    reads: fc.constantFrom(1000, 1000, 20, 4),
  })
  .map((draw) => ({
    format: 'ohmloom-soa',
    version: 1,
    array: 'drawn',
    source: 'test',
    voltage: {
      pulse: { positive: draw.positive, negative: draw.negative },
      read: { positive: draw.read, negative: draw.read },
      line: draw.line,
      unselected: draw.unselected,
    },
    width: {
      pulse: { min: draw.shortest, max: draw.longest },
      read: { min: draw.shortest, max: draw.longest },
    },
    envelope: [
      { volts: 1, width: 1 },
      { volts: 1.7, width: draw.steep },
      { volts: 9, width: draw.steep / 2 },
    ],
    energy: { perPulse: draw.energy, lowestResistance: 1000 },
    compliance: { current: draw.current, seriesResistance: draw.series, lineCurrent: draw.lineCurrent },
    halfSelect: [
      { volts: draw.bin, total: draw.total },
      { volts: draw.bin + 0.2, total: draw.total / 2 },
    ],
    endurance: { pulsesPerCell: draw.pulses, cyclesPerCell: draw.cycles, readsPerCell: draw.reads },
    response: { conductance: { min: 1e-6, max: 1e-4 }, relativeStep: 1, wrongDirection: 3 },
  }));

function outcomeOf(act: () => Certificate): Certificate | ScheduleError {
  try {
    return act();
  } catch (error) {
    if (error instanceof ScheduleError) {
      return error;
    }
    throw error;
  }
}

/** The first figure of a certificate that the reference does not have; null where all agree. */
function wrongFigure(certificate: Certificate, reference: Reference): string | null {
  for (const { limit, worst, allowed, operation } of certificate.limits) {
    const expected = reference.worst.get(limit === 'envelope.width' ? 'envelope.ratio' : limit) ?? 0;
    const found = limit === 'envelope.width' && operation !== null ? worst / allowed : worst;
    if (!(Math.abs(found - expected) <= 1e-9 * (Math.abs(expected) || 1))) {
      return `${limit}: ${found}, expected ${expected}`;
    }
  }
  return null;
}

/** What is wrong with a refusal: the limit is not crossed, or not by the cell and the operation that it names. */
function wrongRefusal(
  error: ScheduleError,
  reference: Reference,
  schedule: Schedule,
  soa: SafeOperatingArea,
) {
  const { limit, operation, cell } = error.details;
  if (error.code === 'rounded-away') {
    return reference.swallowed ? null : 'nothing is rounded away';
  }
  if (!reference.crossed.has(limit === 'envelope.width' ? 'envelope.ratio' : String(limit))) {
    return `${String(limit)} is not crossed`;
  }
  const bin = /^halfSelect\[(\d)\]/u.exec(String(limit))?.[1];
  if (bin === undefined) {
    return null;
  }
  const history = reference.victimSeconds[Number(bin)]!;
  const victim = positionOf(schedule.geometry, Object(cell));
  const most = soa.halfSelect[Number(bin)]!.total * (1 + 1e-9);
  const after = history[Number(operation)]![victim]!;
  const before = history[Number(operation) - 1]?.[victim] ?? 0;
  return before <= most && after > most ? null : `${before} s, then ${after} s, of ${most} s`;
}

function disagreement(
  outcome: Certificate | ScheduleError,
  reference: Reference,
  schedule: Schedule,
  soa: SafeOperatingArea,
): string | null {
  if (outcome instanceof ScheduleError) {
    return wrongRefusal(outcome, reference, schedule, soa);
  }
  if (reference.crossed.size > 0 || reference.swallowed) {
    return `certified, but ${[...reference.crossed].join(', ')} crossed or rounded away`;
  }
  return wrongFigure(outcome, reference);
}

test('certify agrees with the frames of every operation laid over every cell', () => {
  const seen = { certified: 0, refused: new Set<unknown>() };
  fc.assert(
    fc.property(schedules, areas, drivers, (schedule, soa, driver) => {
      const outcome = outcomeOf(() => certify(schedule, soa, driver));
      expect(disagreement(outcome, referenceFor(schedule, soa, driver), schedule, soa)).toBeNull();
      if (outcome instanceof ScheduleError) {
        seen.refused.add(outcome.details['limit']);
      } else if (schedule.operations.length > 1) {
        seen.certified += 1;
      }
    }),
    { numRuns: 1000, seed: 7 },
  );
  // The drawn schedules must meet both outcomes, and nearly every limit, or the comparison says little.
  expect(seen.certified).toBeGreaterThan(80);
  expect(seen.refused.size).toBeGreaterThan(20);
});
