import fc from 'fast-check';
import { type BiasFrame, resolveBias, selectCell } from '../array/bias.ts';
import { Crossbar, type CrossbarOptions } from '../array/crossbar.ts';
import type { Cell, Geometry } from '../array/geometry.ts';
import { parameterValues } from '../model/parameter-set.ts';
import type {
  FrameOperation,
  Operation,
  PulseOperation,
  ReadOperation,
  WaitOperation,
} from '../schedule/operation.ts';
import type { Seconds } from '../units.ts';
import { type ConductanceMatrix, conductanceMatrices } from './conductance-matrices.ts';
import type { DeviceSubject } from './device-subject.ts';
import { operations } from './schedules.ts';

/** What an array does by itself, without a policy. */
export type ArrayOperation = PulseOperation | ReadOperation | WaitOperation | FrameOperation;

/** An array, what it is put through, and the seed of its noise. */
export interface ArrayCase {
  /** Name of the published set. */
  readonly set: string;
  readonly array: ConductanceMatrix;
  readonly operations: readonly ArrayOperation[];
  readonly seed: number;
}

/** Arrays of published devices of up to three lines of either kind. */
export function arrayCases({ model, sets }: DeviceSubject): fc.Arbitrary<ArrayCase> {
  return fc.constantFrom(...sets).chain((set) =>
    conductanceMatrices(set.conductance, 3).chain((array) =>
      fc.record({
        set: fc.constant(set.name),
        array: fc.constant(array),
        operations: fc.array(arrayOperations(array.geometry, model.promises.validVolts), { maxLength: 6 }),
        seed: fc.nat(),
      }),
    ),
  );
}

function arrayOperations(geometry: Geometry, maxVolts: number): fc.Arbitrary<ArrayOperation> {
  const kinds = ['pulse', 'read', 'wait', 'frame'] as const;
  return operations(geometry, { kinds, maxVolts }).filter(isArrayOperation);
}

function isArrayOperation(operation: Operation): operation is ArrayOperation {
  return operation.kind !== 'programVerify';
}

/** Build the array of a case. */
export function arrayOf(
  { model, sets }: DeviceSubject,
  { set: name, array, seed }: Omit<ArrayCase, 'operations'>,
  options: Pick<CrossbarOptions, 'variability' | 'faults'>,
): Crossbar {
  const set = sets.find((one) => one.name === name)!;
  return new Crossbar({
    geometry: array.geometry,
    model,
    parameters: parameterValues(model.parameters, set),
    seed,
    readVolts: set.readVolts,
    initial: array.conductances,
    ...options,
  });
}

/** Put an array through operations; returns every current that it answers, in order. */
export function runArray(crossbar: Crossbar, list: readonly ArrayOperation[]): number[] {
  return list.flatMap((operation) => {
    switch (operation.kind) {
      case 'pulse':
        crossbar.pulse(operation.cell, operation.volts, operation.width, resolveBias(operation.bias));
        return [];
      case 'read':
        return operation.cells.map((cell) =>
          crossbar.read(cell, operation.volts, operation.width, resolveBias(operation.bias)),
        );
      case 'wait':
        crossbar.wait(operation.seconds);
        return [];
      case 'frame':
        if (operation.sense) {
          return Array.from(crossbar.sense(frameOf(operation), operation.width));
        }
        crossbar.frame(frameOf(operation), operation.width);
        return [];
    }
  });
}

/** One bias frame held for a time; what is read at its end, if anything. */
export interface Exposure {
  readonly frame: BiasFrame;
  readonly seconds: Seconds;
  readonly read: Cell | 'bit lines' | null;
}

/** The frames that an operation puts on the lines. */
export function exposuresOf(geometry: Geometry, operation: ArrayOperation): Exposure[] {
  switch (operation.kind) {
    case 'wait': {
      const { wordLines, bitLines } = geometry;
      const frame = { wordVolts: new Float64Array(wordLines), bitVolts: new Float64Array(bitLines) };
      return [{ frame, seconds: operation.seconds, read: null }];
    }
    case 'frame':
      return [
        {
          frame: frameOf(operation),
          seconds: operation.width,
          read: operation.sense ? 'bit lines' : null,
        },
      ];
    case 'pulse':
    case 'read': {
      const { volts, width: seconds, kind } = operation;
      const cells = kind === 'pulse' ? [operation.cell] : operation.cells;
      return cells.map((cell) => ({
        frame: selectCell(geometry, cell, volts, resolveBias(operation.bias)),
        seconds,
        read: kind === 'read' ? cell : null,
      }));
    }
  }
}

function frameOf({ wordVolts, bitVolts }: FrameOperation): BiasFrame {
  return { wordVolts: Float64Array.from(wordVolts), bitVolts: Float64Array.from(bitVolts) };
}

/** Position of the first pair that differs in any bit; -1 where none does. */
export function firstDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const length = Math.max(one.length, other.length);
  for (let index = 0; index < length; index++) {
    if (!Object.is(one[index], other[index])) {
      return index;
    }
  }
  return -1;
}
