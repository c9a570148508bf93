import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadDevice } from '../../devices/load-device.ts';
import { resolveBias } from '../../src/array/bias.ts';
import { cellCount, containsCell, createGeometry } from '../../src/array/geometry.ts';
import {
  biasChoices,
  biasFrames,
  cellsOf,
  conductanceMatrices,
  deviceParameters,
  geometries,
  operations,
  pulses,
  safeOperatingAreas,
  schedules,
} from '../../src/laws/index.ts';
import { parameterValues } from '../../src/model/parameter-set.ts';
import { certify } from '../../src/schedule/compile.ts';
import { decodeSchedule, scheduleFromJson } from '../../src/schedule/decode.ts';
import type { DriverGrid } from '../../src/schedule/driver-grid.ts';
import { encodeSchedule, scheduleToJson } from '../../src/schedule/encode.ts';
import { Gate } from '../../src/schedule/gate.ts';
import { roundOperation } from '../../src/schedule/round-operation.ts';
import { parseSafeOperatingArea } from '../../src/schedule/safe-operating-area-schema.ts';
import type { SafeOperatingArea } from '../../src/schedule/safe-operating-area.ts';
import { createSchedule, type Schedule } from '../../src/schedule/schedule.ts';
import { ScheduleError } from '../../src/errors.ts';
import { seed } from './seed.ts';

const driver: DriverGrid = {
  minVolts: -10,
  maxVolts: 10,
  stepVolts: 1e-4,
  minWidth: 1e-9,
  maxWidth: 10,
  stepWidth: 1e-9,
  errorVolts: 0,
};

function isCertified(schedule: Schedule, limits: SafeOperatingArea): boolean {
  try {
    certify(schedule, limits, driver);
  } catch (error) {
    if (error instanceof ScheduleError) {
      return false;
    }
    throw error;
  }
  return true;
}

describe(`arbitraries give what they say, seed ${seed}`, () => {
  test('device parameters lie around the published ones, inside both ranges, and shrink to them', async () => {
    const { model, set } = await loadDevice('data-driven-2016', 'neuropack');
    const published = parameterValues(model.parameters, set);
    const seen = new Set<number>();
    fc.assert(
      fc.property(deviceParameters(model, set, 0.1), (p) => {
        expect(parameterValues(model.parameters, set, p)).toEqual(p);
        for (const [name, value] of Object.entries(published)) {
          expect(Math.abs(p[name]! - value)).toBeLessThanOrEqual(0.1 * Math.abs(value) * (1 + 1e-12));
        }
        seen.add(p['aP']!);
      }),
      { seed },
    );
    expect(seen.size).toBeGreaterThan(20);
    const failing = fc.check(
      fc.property(deviceParameters(model, set), () => false),
      { seed },
    );
    expect(failing.counterexample?.[0]).toEqual(published);
  });

  test('pulses take both signs, the largest voltage and every decade of width', () => {
    const sample = fc.sample(pulses(1.5), { seed, numRuns: 2000 });
    expect(Math.max(...sample.map(({ volts }) => volts))).toBe(1.5);
    expect(Math.min(...sample.map(({ volts }) => volts))).toBe(-1.5);
    expect(sample.every(({ volts }) => volts !== 0)).toBe(true);
    const decades = new Set(sample.map(({ width }) => Math.floor(Math.log10(width) + 1e-9)));
    expect([...decades].sort((one, other) => one - other)).toEqual([-9, -8, -7, -6, -5, -4, -3, -2, -1, 0]);
    expect(sample.every(({ width }) => width >= 1e-9 && width <= 1)).toBe(true);
  });

  test('geometries, cells and conductance matrices fit each other', () => {
    const matrices = conductanceMatrices({ min: 1e-6, max: 1e-4 });
    const cases = geometries(5).chain((geometry) => fc.tuple(fc.constant(geometry), cellsOf(geometry)));
    fc.assert(
      fc.property(cases, matrices, ([geometry, cell], { geometry: own, conductances }) => {
        expect(createGeometry(geometry.wordLines, geometry.bitLines)).toEqual(geometry);
        expect(containsCell(geometry, cell)).toBe(true);
        expect(conductances).toHaveLength(cellCount(own));
        expect(conductances.every((g) => g >= 1e-6 && g <= 1e-4)).toBe(true);
      }),
      { seed },
    );
  });

  test('bias schemes put 1 over the selected cell and no more over another', () => {
    fc.assert(
      fc.property(biasChoices(), (choice) => {
        const { selectedWord, selectedBit, unselectedWord, unselectedBit } = resolveBias(choice);
        expect(selectedWord - selectedBit).toBe(1);
        for (const part of [
          selectedWord - unselectedBit,
          unselectedWord - selectedBit,
          unselectedWord - unselectedBit,
        ]) {
          expect(Math.abs(part)).toBeLessThanOrEqual(1);
        }
      }),
      { seed },
    );
  });

  test('bias frames put no more than asked over any cell', () => {
    const geometry = createGeometry(3, 2);
    fc.assert(
      fc.property(biasFrames(geometry, 1.2), ({ wordVolts, bitVolts }) => {
        expect([wordVolts.length, bitVolts.length]).toEqual([3, 2]);
        const cells = Array.from(wordVolts, (word) => Array.from(bitVolts, (bit) => Math.abs(word - bit)));
        expect(Math.max(...cells.flat())).toBeLessThanOrEqual(1.2 * (1 + 1e-12));
      }),
      { seed },
    );
  });

  test('schedules hold every kind of operation and survive both encodings', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(schedules(), (schedule) => {
        for (const { kind } of schedule.operations) {
          kinds.add(kind);
        }
        expect(decodeSchedule(encodeSchedule(schedule))).toEqual(schedule);
        expect(scheduleFromJson(scheduleToJson(schedule))).toEqual(schedule);
      }),
      { seed },
    );
    expect([...kinds].sort()).toEqual(['frame', 'programVerify', 'pulse', 'read', 'wait']);
  });

  test('only the kinds that are asked for are drawn', () => {
    const sample = fc.sample(operations(createGeometry(2, 2), { kinds: ['wait'] }), { seed });
    expect(new Set(sample.map(({ kind }) => kind))).toEqual(new Set(['wait']));
  });

  test('safe operating areas are whole, and allow the largest pulses for the shortest time', () => {
    const cell = { word: 0, bit: 0 };
    fc.assert(
      fc.property(safeOperatingAreas(), (limits) => {
        expect(parseSafeOperatingArea(limits)).toEqual(limits);
        const { pulse, read } = limits.voltage;
        const width = limits.width.pulse.min;
        const acts = createSchedule(createGeometry(2, 2), [
          { kind: 'pulse', cell, volts: pulse.positive, width, bias: 'half' },
          { kind: 'pulse', cell, volts: -pulse.negative, width, bias: 'half' },
          { kind: 'read', cells: [cell], volts: read.positive, width, bias: 'half' },
          { kind: 'read', cells: [cell], volts: -read.negative, width, bias: 'half' },
        ]);
        const margins = certify(acts, limits, driver).limits.map(({ margin }) => margin);
        expect(Math.min(...margins)).toBeGreaterThanOrEqual(0);
        const over = createSchedule(createGeometry(2, 2), [
          { kind: 'pulse', cell, volts: pulse.positive + 0.01, width, bias: 'half' },
        ]);
        expect(() => certify(over, limits, driver)).toThrow(ScheduleError);
      }),
      { seed, numRuns: 300 },
    );
  });

  test('the gate lets pass what was certified: two checks that share no code agree', () => {
    const counts = { certified: 0, refused: 0 };
    const cases = safeOperatingAreas().chain((limits) => {
      const { pulse } = limits.voltage;
      const maxVolts = Math.min(pulse.positive, pulse.negative);
      const width = limits.width.pulse;
      const conductance = limits.response.conductance;
      return fc.record({
        limits: fc.constant(limits),
        schedule: schedules({ maxLines: 3, maxOperations: 4, maxVolts, width, conductance }),
      });
    });
    fc.assert(
      fc.property(cases, ({ limits, schedule }) => {
        if (!isCertified(schedule, limits)) {
          counts.refused++;
          return;
        }
        counts.certified++;
        const gate = new Gate({ schedule, safeOperatingArea: limits }, driver);
        for (const [position, operation] of schedule.operations.entries()) {
          gate.admit(position, roundOperation(operation, driver));
        }
      }),
      { seed, numRuns: 1000 },
    );
    expect(counts.certified).toBeGreaterThan(200);
    expect(counts.refused).toBeGreaterThan(100);
  });
});
