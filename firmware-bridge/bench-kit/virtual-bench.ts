import type { VirtualBoardOptions } from '../controller.ts';
import type { VirtualBoard } from '../virtual/virtual-board.ts';
import type { BenchKitSettings, SourceSettings } from './settings.ts';
import { Virtual2400 } from './virtual-2400.ts';
import { Virtual2600 } from './virtual-2600.ts';
import { createLineInstrument } from './virtual-lines.ts';
import { VirtualMatrix } from './virtual-matrix.ts';
import { VirtualOutput } from './virtual-output.ts';
import type { VirtualSettings } from './virtual-settings.ts';
import { VirtualWiring, type WiringCounts } from './virtual-wiring.ts';
import { requireLinearArray } from './relay-selector.ts';

/** A bench that is not there: the source-measure unit, and the matrix beside it. */
export interface VirtualBench extends VirtualBoard {
  readonly beside: { readonly matrix: VirtualBoard };
  readonly counts: Readonly<WiringCounts>;
}

/**
 * Build a virtual bench over an emulated array.
 *
 * @throws ConfigError for an array that the wiring is not for
 */
export function createVirtualBench(
  { crossbar, clock }: Pick<VirtualBoardOptions, 'crossbar' | 'clock'>,
  settings: VirtualSettings,
  { source, matrix }: BenchKitSettings,
): VirtualBench {
  requireLinearArray(crossbar.geometry, matrix);
  const wiring = new VirtualWiring(crossbar, matrix);
  const output = new VirtualOutput(wiring);
  wiring.watch(output);
  const relays = new VirtualMatrix(matrix.slots, (closed) => wiring.moved(closed));
  const meter = createVirtualSource(output, source, clock, settings);
  return {
    receive: (bytes) => meter.receive(bytes),
    attach: (send) => meter.attach(send),
    beside: { matrix: createLineInstrument((line) => relays.answer(line), clock, settings) },
    counts: wiring.counts,
  };
}

/** The virtual source-measure unit of a kind. */
export function createVirtualSource(
  output: VirtualOutput,
  source: SourceSettings,
  clock: VirtualBoardOptions['clock'],
  settings: VirtualSettings,
): VirtualBoard {
  const instrument =
    source.kind === 'keithley-2400' ? new Virtual2400(output, source) : new Virtual2600(output);
  return createLineInstrument((line) => instrument.answer(line), clock, settings);
}
