import type { Cell, Geometry } from '../array/geometry.ts';
import type { Volts } from '../units.ts';
import { type DriverGrid, roundVolts } from './driver-grid.ts';
import type { FrameOperation } from './operation.ts';

/** What a frame makes of a cell. */
export type FrameRole = 'pulse' | 'read' | 'victim';

/** A magnitude this little above the limit for unselected cells, relatively, is still at it. */
const slack = 1e-9;

/**
 * Visit what every cell sees while a frame is on the lines. A frame names no cells, so its own voltages decide: with
 * `sense`, a cell with a voltage is read; without, a cell above the limit for unselected cells is pulsed, and any
 * other is a victim.
 *
 * @param visit - receives the position in a row-major matrix, the role, the polarity (0 for none) and the
 * magnitude with the error of both outputs
 */
export function visitFrame(
  frame: FrameOperation,
  geometry: Geometry,
  driver: DriverGrid,
  unselectedLimit: Volts,
  visit: (index: number, role: FrameRole, polarity: -1 | 0 | 1, magnitude: Volts) => void,
): void {
  const words = frame.wordVolts.map((volts) => lineCode(volts, driver));
  const bits = frame.bitVolts.map((volts) => lineCode(volts, driver));
  for (let word = 0, index = 0; word < geometry.wordLines; word++) {
    for (let bit = 0; bit < geometry.bitLines; bit++, index++) {
      const steps = words[word]! - bits[bit]!;
      const magnitude = magnitudeOf(steps, driver);
      const role = roleOf(frame.sense, steps, magnitude, unselectedLimit);
      visit(index, role, polarityOf(steps), magnitude);
    }
  }
}

/** The magnitude that one cell suffers as a victim of a frame; null where the frame pulses or reads it. */
export function victimMagnitude(
  frame: FrameOperation,
  cell: Cell,
  driver: DriverGrid,
  unselectedLimit: Volts,
): Volts | null {
  const word = lineCode(frame.wordVolts[cell.word]!, driver);
  const steps = word - lineCode(frame.bitVolts[cell.bit]!, driver);
  const magnitude = magnitudeOf(steps, driver);
  return roleOf(frame.sense, steps, magnitude, unselectedLimit) === 'victim' ? magnitude : null;
}

/** Code of a line DAC: a whole number, so that two lines at the same voltage differ by exactly nothing. */
function lineCode(volts: Volts, driver: DriverGrid): number {
  return Math.round(roundVolts(driver, volts) / driver.stepVolts);
}

function polarityOf(steps: number): -1 | 0 | 1 {
  if (steps === 0) {
    return 0;
  }
  return steps > 0 ? 1 : -1;
}

function magnitudeOf(steps: number, driver: DriverGrid): Volts {
  return Math.abs(steps) * driver.stepVolts + 2 * driver.errorVolts;
}

function roleOf(sense: boolean, steps: number, magnitude: Volts, unselectedLimit: Volts): FrameRole {
  if (steps === 0) {
    return 'victim';
  }
  if (sense) {
    return 'read';
  }
  return magnitude > unselectedLimit * (1 + slack) ? 'pulse' : 'victim';
}
