import type { Geometry } from '../../src/array/geometry.ts';
import type { DriverGrid } from '../../src/schedule/driver-grid.ts';
import { clocksOf, type SequencerBoard } from './board.ts';

/** Parameters of the Verilog module `pulse_sequencer`, by their names there. */
export interface SequencerParameters {
  readonly WORD_LINES: number;
  readonly BIT_LINES: number;
  readonly DAC_BITS: number;
  readonly DAC_FRAME_BITS: number;
  readonly ZERO_CODE: number;
  readonly CLOCKS_PER_TICK: number;
  readonly DEAD_CLOCKS: number;
  readonly SETTLE_CLOCKS: number;
  readonly SPI_HALF_CLOCKS: number;
  readonly ADC_SETTLE_CLOCKS: number;
  readonly SENSE_TICKS_CELL: number;
  readonly SENSE_TICKS_FRAME: number;
  readonly TABLE_ENTRIES: number;
  readonly FRAME_ROWS: number;
  readonly RESULT_DEPTH_BITS: number;
}

/** Lines in one row of 16 bits of the frame memory. */
export const linesPerRow = 8;

const frameBits = 16;

/** Clocks between the request for a sample and its latest instant, with one to spare. */
const sampleClocks = 4;

/** Clocks of fetching, decoding and checking an entry, of handing over between the units, and of firing. */
const overheadClocks = 39;

/** Put numbers to the parameters, for a board that was checked. */
export function sequencerParameters(
  geometry: Geometry,
  driver: DriverGrid,
  board: SequencerBoard,
  memories: { readonly tableEntries: number; readonly frameRows: number },
): SequencerParameters {
  const adcSettle = clocksOf(board.channelSettleTime, board, driver);
  const sampleEvery = spiClocks(board.spiHalfClocks) + adcSettle + 1;
  const ticks = (clocks: number): number => Math.ceil(clocks / board.clocksPerTick);
  return {
    WORD_LINES: geometry.wordLines,
    BIT_LINES: geometry.bitLines,
    DAC_BITS: board.dacBits,
    DAC_FRAME_BITS: frameBits,
    ZERO_CODE: board.zeroCode,
    CLOCKS_PER_TICK: board.clocksPerTick,
    DEAD_CLOCKS: clocksOf(board.deadTime, board, driver),
    SETTLE_CLOCKS: clocksOf(board.settleTime, board, driver),
    SPI_HALF_CLOCKS: board.spiHalfClocks,
    ADC_SETTLE_CLOCKS: adcSettle,
    SENSE_TICKS_CELL: ticks(sampleClocks),
    SENSE_TICKS_FRAME: ticks(sampleClocks + (geometry.bitLines - 1) * sampleEvery),
    TABLE_ENTRIES: memories.tableEntries,
    FRAME_ROWS: memories.frameRows,
    RESULT_DEPTH_BITS: board.resultDepthBits,
  };
}

/** Fewest clocks between the end of an act and the start of the next: what it takes to make the next one ready. */
export function minimumGapClocks(parameters: SequencerParameters): number {
  const loads = 4 * (spiClocks(parameters.SPI_HALF_CLOCKS) + 1);
  const lines = parameters.WORD_LINES + parameters.BIT_LINES;
  return 2 * parameters.DEAD_CLOCKS + lines + loads + parameters.SETTLE_CLOCKS + overheadClocks;
}

/** Clocks of one frame of 16 bits. */
function spiClocks(halfClocks: number): number {
  return (2 * frameBits + 2) * halfClocks;
}
