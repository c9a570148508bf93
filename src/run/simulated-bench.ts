import { type BiasScheme, resolveBias } from '../array/bias.ts';
import type { Crossbar } from '../array/crossbar.ts';
import { cellIndex, type Cell } from '../array/geometry.ts';
import { ledgerDifference, ledgerSum, type LedgerSnapshot } from '../array/ledger.ts';
import type { ReadChannel } from '../periphery/read-channel.ts';
import type { FrameOperation, PulseOperation, ReadOperation } from '../schedule/operation.ts';
import type { Seconds, Siemens, Volts } from '../units.ts';
import { addCost, noCost } from './cost.ts';
import type { Cost, FrameResult, PulseResult, ReadResult, WaitResult } from './backend.ts';

/** How one cell is read. */
export interface CellRead {
  readonly volts: Volts;
  readonly width: Seconds;
  readonly bias: BiasScheme;
}

/** An emulated array with the sense amplifier and converter that look at it. */
export class SimulatedBench {
  readonly crossbar: Crossbar;
  readonly #readChannel: ReadChannel;
  readonly #gap: Seconds;

  /** @param gap - rest between one act and the next, as the controller takes it */
  constructor(crossbar: Crossbar, readChannel: ReadChannel, gap: Seconds) {
    this.crossbar = crossbar;
    this.#readChannel = readChannel;
    this.#gap = gap;
  }

  pulse({ cell, volts, width, bias }: PulseOperation): PulseResult {
    this.crossbar.pulse(cell, volts, width, resolveBias(bias));
    return { kind: 'pulse', volts, width, cost: this.#lastCost() };
  }

  read(operation: ReadOperation): ReadResult {
    const { cells, volts, width } = operation;
    const read = { volts, width, bias: resolveBias(operation.bias) };
    let cost = noCost;
    const readings = cells.map((cell) => {
      const conductance = this.readCell(cell, read);
      cost = addCost(cost, this.#lastCost());
      return { cell, conductance };
    });
    return { kind: 'read', volts, width, readings, cost };
  }

  /** Conductance of one cell as the controller reports it. */
  readCell(cell: Cell, { volts, width, bias }: CellRead): Siemens {
    const event = this.crossbar.events;
    const amperes = this.crossbar.read(cell, volts, width, bias);
    const channel = cellIndex(this.crossbar.geometry, cell);
    return this.#readChannel.conductance(amperes, volts, width, channel, event);
  }

  frame({ wordVolts, bitVolts, width, sense }: FrameOperation): FrameResult {
    const before = this.#mark();
    const frame = { wordVolts: Float64Array.from(wordVolts), bitVolts: Float64Array.from(bitVolts) };
    if (!sense) {
      this.crossbar.frame(frame, width);
      return { kind: 'frame', bitCurrents: [], cost: this.costSince(before) };
    }
    const event = this.crossbar.events;
    const currents = this.crossbar.sense(frame, width);
    const bitCurrents = Array.from(
      currents,
      (amperes, bit) => this.#readChannel.measure(amperes, 1, width, bit, event).amperes,
    );
    return { kind: 'frame', bitCurrents, cost: this.costSince(before) };
  }

  wait(seconds: Seconds): WaitResult {
    const before = this.#mark();
    this.crossbar.wait(seconds);
    return { kind: 'wait', cost: this.costSince(before) };
  }

  #mark(): LedgerSnapshot {
    return this.crossbar.ledger.snapshot();
  }

  /** What the last act took, with the gap after it. */
  #lastCost(): Cost {
    const { seconds, joules, coulombs } = this.crossbar.ledger.last();
    return { seconds: seconds + this.#gap, joules, coulombs };
  }

  /** What was done since a snapshot of the ledger, with one gap for each act. */
  costSince(before: LedgerSnapshot): Cost {
    const { count, seconds, joules, coulombs } = ledgerSum(
      ledgerDifference(this.crossbar.ledger.snapshot(), before),
    );
    return { seconds: seconds + count * this.#gap, joules, coulombs };
  }
}
