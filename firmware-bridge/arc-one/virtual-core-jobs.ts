import { arcOneLimits } from './limits.ts';
import type { VirtualContext } from './virtual-context.ts';
import type { Part } from './virtual-tokens.ts';

/** `0`: start. Hosts of different ages write some of these integers as floats. */
export function* initialise(board: VirtualContext): Part<void> {
  const { state } = board.array;
  state.cycles = yield* board.tokens.integer();
  yield* board.floats(2);
  state.readMode = yield* board.tokens.integer();
  state.session = yield* board.tokens.integer();
  state.sneak = yield* board.tokens.integer();
  state.readVolts = yield* board.tokens.float();
  yield* board.spend(board.settings.latency);
  yield* board.sendLine('1');
}

/** `01`: how to read. */
export function* setReadMode(board: VirtualContext): Part<void> {
  const { state } = board.array;
  state.readMode = yield* board.tokens.integer();
  state.readVolts = yield* board.tokens.float();
}

/** `011`: samples of a read, and what the other lines do. */
export function* setBias(board: VirtualContext): Part<void> {
  const { state } = board.array;
  state.cycles = yield* board.tokens.integer();
  state.sneak = yield* board.tokens.integer();
}

/** `02`: connect a cell to the outputs. */
export function* select(board: VirtualContext): Part<void> {
  board.array.state.selected = yield* board.cell();
}

/** `04`: pulse the connected cell. */
export function* barePulse(board: VirtualContext): Part<void> {
  const [volts = 0, width = 0] = yield* board.floats(2);
  const { selected } = board.array.state;
  if (selected !== null) {
    yield* board.pulse(selected, volts, width);
  }
}

/** `1`: read a cell. */
export function* readOne(board: VirtualContext): Part<void> {
  const cell = yield* board.cell();
  yield* board.sendResistance(yield* board.read(cell));
}

/** `2`: read all cells, or those that are named one by one. */
export function* readMany(board: VirtualContext): Part<void> {
  const type = yield* board.tokens.integer();
  const words = 1 + (yield* board.tokens.address(arcOneLimits.lines));
  const bits = 1 + (yield* board.tokens.address(arcOneLimits.lines));
  if (type === 2) {
    yield* board.devices(function* readNamed(cell) {
      yield* board.sendResistance(yield* board.read(cell));
    });
    return;
  }
  for (let word = 0; word < words; word++) {
    for (let bit = 0; bit < bits; bit++) {
      yield* board.sendResistance(yield* board.read({ word, bit }));
    }
  }
}

/** `3`: pulse a cell and read it. */
export function* pulseAndReadOne(board: VirtualContext): Part<void> {
  const cell = yield* board.cell();
  const [volts = 0, width = 0] = yield* board.floats(2);
  yield* board.pulse(cell, volts, width);
  yield* board.sendResistance(yield* board.read(cell));
}

/** `999`: version, two words of 16 bits. */
export function* tellVersion(board: VirtualContext): Part<void> {
  const { major, minor } = board.settings.version;
  yield* board.sendBytes(Uint8Array.of(major, 0, minor, 0));
}
