import type { Geometry } from '../array/geometry.ts';
import type { Operation } from './operation.ts';

/**
 * The pulse program: plain, versioned, printable data. What the emulator, a virtual controller and the board
 * execute is this value and nothing else.
 */
export interface Schedule {
  readonly format: 'ohmloom-schedule';
  readonly version: 1;
  /** The array it is written for; every address lies inside. */
  readonly geometry: Geometry;
  /** Executed in order; the position is the operation's id in the record. */
  readonly operations: readonly Operation[];
}

export function createSchedule(geometry: Geometry, operations: readonly Operation[]): Schedule {
  return { format: 'ohmloom-schedule', version: 1, geometry, operations };
}
