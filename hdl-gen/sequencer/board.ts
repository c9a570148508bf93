import { ConfigError } from '../../src/errors.ts';
import type { DriverGrid } from '../../src/schedule/driver-grid.ts';
import type { Seconds } from '../../src/units.ts';

/** What stands around the sequencer on the board, and how large its memories are. */
export interface SequencerBoard {
  /** Clocks of the sequencer in one tick of the driver's timer. */
  readonly clocksPerTick: number;
  /** Bits of the rail DACs; their frame has 16, the code left-aligned. */
  readonly dacBits: number;
  /** What a DAC is sent for 0 V. */
  readonly zeroCode: number;
  /** All switches of a line open: as long as the slower switch needs to let go. */
  readonly deadTime: Seconds;
  /** From the last DAC's load until the rails are still. */
  readonly settleTime: Seconds;
  /** From a turn of the ADC's multiplexer until its output is still. */
  readonly channelSettleTime: Seconds;
  /** Clocks in half a period of the serial clock of DACs and ADC. */
  readonly spiHalfClocks: number;
  /** Entries that the pulse table can hold; as many as the schedule needs if left out. */
  readonly tableEntries?: number;
  /** Samples that wait for the host, as a power of 2. */
  readonly resultDepthBits: number;
}

/** Clocks faster than this are more than a small FPGA can do. */
const fastestDefaultClock: Seconds = 20e-9;

/** Slack of a comparison of times, in ticks or clocks. */
const slack = 1e-6;

/** A board of common parts for a driver: DACs in offset binary over its range, analog switches of some 50 ns. */
export function defaultBoard(driver: DriverGrid): SequencerBoard {
  const codes = Math.round((driver.maxVolts - driver.minVolts) / driver.stepVolts);
  const dacBits = Math.min(Math.max(Math.ceil(Math.log2(codes)), 2), 16);
  return {
    clocksPerTick: Math.max(1, Math.floor(driver.stepWidth / fastestDefaultClock + slack)),
    dacBits,
    zeroCode: Math.min(Math.max(Math.round(-driver.minVolts / driver.stepVolts), 0), 2 ** dacBits - 1),
    deadTime: 100e-9,
    settleTime: 1e-6,
    channelSettleTime: 200e-9,
    spiHalfClocks: 1,
    resultDepthBits: 8,
  };
}

/**
 * Check that a board can be built and that its DACs have the driver's codes.
 *
 * @throws ConfigError naming the field, what was found and what is allowed
 */
export function requireBoard(board: SequencerBoard, driver: DriverGrid): void {
  requireInteger('clocksPerTick', board.clocksPerTick, 1, 0xffff);
  requireInteger('dacBits', board.dacBits, 2, 16);
  requireInteger('zeroCode', board.zeroCode, 0, 2 ** board.dacBits - 1);
  requireInteger('spiHalfClocks', board.spiHalfClocks, 1, 255);
  requireInteger('resultDepthBits', board.resultDepthBits, 1, 16);
  if (board.tableEntries !== undefined) {
    requireInteger('tableEntries', board.tableEntries, 1, 0xffff);
  }
  for (const name of ['deadTime', 'settleTime', 'channelSettleTime'] as const) {
    requireInteger(
      name,
      clocksOf(board[name], board, driver),
      name === 'settleTime' ? 0 : 1,
      0x7fff,
      'clocks',
    );
  }
}

/** Clocks that cover a time. */
export function clocksOf(seconds: Seconds, board: SequencerBoard, driver: DriverGrid): number {
  return Math.ceil((seconds / driver.stepWidth) * board.clocksPerTick - slack);
}

function requireInteger(field: string, found: number, least: number, most: number, unit = ''): void {
  if (!(Number.isInteger(found) && found >= least && found <= most)) {
    const each = unit === '' ? '' : ` ${unit}`;
    const allowed = `a whole number from ${least} to ${most}`;
    throw new ConfigError('sequencer-board', `board.${field}: found ${found}${each}, expected ${allowed}`, {
      details: { field, found, allowed },
    });
  }
}
