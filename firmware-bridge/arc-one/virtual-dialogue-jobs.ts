import type { VirtualContext } from './virtual-context.ts';
import type { Part } from './virtual-tokens.ts';

/** Time between two samples at the instrument's best rate, seconds. */
const samplePeriod = 5e-6;

/** `33`: VolatilityRead. After each batch it is the host's turn: 0 for another, 1 for the end. */
export function* volatilityRead(board: VirtualContext): Part<void> {
  const [volts = 0, width = 0] = yield* board.floats(2);
  const batch = yield* board.tokens.integer();
  const samples = yield* board.tokens.integer();
  yield* board.devices(function* watch(cell) {
    yield* board.sendResistance(yield* board.read(cell));
    yield* board.pulse(cell, volts, width);
    let sample = 0;
    do {
      for (let read = 0; read < batch; read++) {
        sample++;
        yield* board.sendLine(String(Math.round(sample * samples * samplePeriod * 1e6)));
        yield* board.sendResistance(yield* board.read(cell));
      }
    } while ((yield* board.tokens.integer()) === 0);
    yield* board.sendResistance(yield* board.read(cell));
  });
}

/** `40`: waveforms for spike-timing dependent plasticity, corner by corner. */
export function* playSpikes(board: VirtualContext): Part<void> {
  yield* board.devices(function* play(cell) {
    const { readVolts } = board.array.state;
    yield* board.sendPoint(yield* board.read(cell), readVolts, 0);
    const steps = yield* board.tokens.integer();
    for (let step = 0; step < steps; step++) {
      const corners = yield* board.tokens.integer();
      const waveform: { time: number; volts: number }[] = [];
      for (let corner = 0; corner < corners; corner++) {
        const [time = 0, volts = 0] = yield* board.floats(2);
        waveform.push({ time, volts });
      }
      yield* board.sendPoint(yield* board.read(cell), readVolts, 0);
      for (const [corner, { time, volts }] of waveform.entries()) {
        const width = (waveform[corner + 1]?.time ?? time) - time;
        if (volts !== 0 && width > 0) {
          yield* board.pulse(cell, volts, width);
        }
      }
      yield* board.sendPoint(yield* board.read(cell), readVolts, 0);
    }
    yield* board.sendPoint(yield* board.read(cell), readVolts, 0);
  });
}

/** `162`: one pulse, then reads until the host has seen enough. */
export function* watchStability(board: VirtualContext): Part<void> {
  const [volts = 0, width = 0] = yield* board.floats(2);
  yield* board.devices(function* watch(cell) {
    yield* board.pulse(cell, volts, width);
    do {
      yield* board.sendResistance(yield* board.read(cell));
    } while ((yield* board.tokens.integer()) === 0);
  });
}
