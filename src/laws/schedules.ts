import fc from 'fast-check';
import type { Geometry } from '../array/geometry.ts';
import { ispp } from '../programming/ispp.ts';
import type { Operation } from '../schedule/operation.ts';
import { createSchedule, type Schedule } from '../schedule/schedule.ts';
import type { Seconds, Siemens, Volts } from '../units.ts';
import { biasChoices, biasFrames } from './bias-frames.ts';
import { cellsOf, geometries } from './geometries.ts';
import { pulseWidths, voltages } from './pulses.ts';

/** What the operations of a schedule may ask for. */
export interface OperationRanges {
  /** Largest magnitude over any cell; 1 V if left out. */
  readonly maxVolts?: Volts;
  /** 1 ns to 1 s if left out. */
  readonly width?: { readonly min: Seconds; readonly max: Seconds };
  /** Of targets; 1 uS to 1 mS if left out. */
  readonly conductance?: { readonly min: Siemens; readonly max: Siemens };
  /** All five if left out. */
  readonly kinds?: readonly Operation['kind'][];
}

const everyKind = ['pulse', 'read', 'wait', 'frame', 'programVerify'] as const;

/** Reads take up to this part of the largest voltage. */
const readPart = 0.25;

/**
 * Operations on an array, with valid addresses.
 *
 * @example
 * fc.sample(operations(createGeometry(2, 3), { kinds: ['pulse', 'read'] }), 3);
 */
export function operations(geometry: Geometry, ranges: OperationRanges = {}): fc.Arbitrary<Operation> {
  const { kinds = everyKind } = ranges;
  return fc.oneof(...kinds.map((kind) => operationOf(kind, geometry, ranges)));
}

/**
 * Schedules of up to a number of operations on arrays up to a size: all five kinds, valid addresses, write-verify
 * loops whose envelope is that of their policy. Whether a controller and an array take them is another question.
 *
 * @example
 * fc.assert(fc.property(schedules(), (schedule) => decodeSchedule(encodeSchedule(schedule)) !== undefined));
 */
export function schedules(
  ranges: OperationRanges & { readonly maxLines?: number; readonly maxOperations?: number } = {},
): fc.Arbitrary<Schedule> {
  const { maxLines = 4, maxOperations = 6 } = ranges;
  return geometries(maxLines).chain((geometry) =>
    fc
      .array(operations(geometry, ranges), { maxLength: maxOperations })
      .map((list) => createSchedule(geometry, list)),
  );
}

function operationOf(
  kind: Operation['kind'],
  geometry: Geometry,
  ranges: OperationRanges,
): fc.Arbitrary<Operation> {
  const { maxVolts = 1, width: widthRange } = ranges;
  const cell = cellsOf(geometry);
  const volts = voltages(maxVolts);
  const width = pulseWidths(widthRange?.min, widthRange?.max);
  const bias = biasChoices();
  switch (kind) {
    case 'pulse':
      return fc.record({ kind: fc.constant(kind), cell, volts, width, bias });
    case 'read':
      return fc.record({
        kind: fc.constant(kind),
        cells: fc.array(cell, { minLength: 1, maxLength: 4 }),
        volts: voltages(readPart * maxVolts),
        width,
        bias,
      });
    case 'wait':
      return fc.record({ kind: fc.constant(kind), seconds: width });
    case 'frame':
      return fc
        .record({ frame: biasFrames(geometry, maxVolts), width, sense: fc.boolean() })
        .map(({ frame, ...rest }) => ({
          kind,
          wordVolts: plainZeros(frame.wordVolts),
          bitVolts: plainZeros(frame.bitVolts),
          ...rest,
        }));
    case 'programVerify':
      return loops(geometry, ranges);
  }
}

/** A schedule holds 0 for -0. */
function plainZeros(volts: Float64Array): number[] {
  return Array.from(volts, (value) => (value === 0 ? 0 : value));
}

function loops(geometry: Geometry, ranges: OperationRanges): fc.Arbitrary<Operation> {
  const { maxVolts = 1, width: widthRange, conductance = { min: 1e-6, max: 1e-3 } } = ranges;
  const magnitude = voltages(maxVolts).map(Math.abs);
  const ramp = fc.tuple(magnitude, magnitude).map(([one, other]) => ({
    start: Math.min(one, other),
    step: maxVolts / 10,
    stop: Math.max(one, other),
  }));
  const width = pulseWidths(widthRange?.min, widthRange?.max);
  const target = fc
    .nat({ max: 100 })
    .map((step) => conductance.min * (conductance.max / conductance.min) ** (step / 100));
  return fc
    .record({
      cells: fc.uniqueArray(cellsOf(geometry), {
        minLength: 1,
        maxLength: 4,
        selector: ({ word, bit }) => word * geometry.bitLines + bit,
      }),
      targets: fc.array(target, { minLength: 4, maxLength: 4 }),
      tolerance: fc.constantFrom(0.01, 0.05, 0.2),
      parameters: fc.record({
        set: ramp,
        reset: ramp,
        width,
        maxPulses: fc.integer({ min: 1, max: 20 }),
        patience: fc.integer({ min: 1, max: 20 }),
        leastResponse: fc.constantFrom(0.01, 0.05),
      }),
      setPolarity: fc.constantFrom(1 as const, -1 as const),
      read: fc.record({ volts: voltages(readPart * maxVolts), width, bias: biasChoices() }),
      bias: biasChoices(),
    })
    .map(({ cells, targets, parameters, setPolarity, ...rest }) => ({
      kind: 'programVerify',
      cells,
      targets: targets.slice(0, cells.length),
      policy: { name: ispp.name, parameters },
      envelope: ispp.envelope(parameters, setPolarity),
      ...rest,
    }));
}
