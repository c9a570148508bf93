import type { VirtualContext, VirtualJob } from './virtual-context.ts';
import { geometricRamp, linearRamp } from './virtual-ramp.ts';
import type { Part } from './virtual-tokens.ts';

/** `14` and `141`: FormFinder. */
export function formFinder(withMode: boolean): VirtualJob {
  return function* run(board): Part<void> {
    const [
      vMin = 0,
      vStep = 0,
      vMax = 0,
      wMin = 0,
      wStep = 0,
      wMax = 0,
      rest = 0,
      threshold = 0,
      percent = 0,
    ] = yield* board.floats(9);
    const linear = withMode && (yield* board.tokens.integer()) === 1;
    yield* board.tokens.integer();
    const pulses = yield* board.tokens.integer();
    const { mostPoints } = board.settings;
    const widths = linear
      ? linearRamp(wMin, wStep, wMax, mostPoints)
      : geometricRamp(wMin, wStep, wMax, mostPoints);
    const train = linearRamp(vMin, vStep, vMax, mostPoints).flatMap((volts) =>
      widths.flatMap((width) => Array.from({ length: pulses }, () => ({ volts, width }))),
    );
    yield* board.devices(function* form(cell) {
      const first = yield* board.read(cell);
      yield* board.sendPoint(first, 0, 0);
      for (const { volts, width } of train.slice(0, mostPoints)) {
        yield* board.pulse(cell, volts, width);
        const ohms = yield* board.read(cell);
        yield* board.sendPoint(ohms, volts, width);
        yield* board.spend(rest);
        if ((threshold > 0 && ohms < threshold) || (percent > 0 && ohms < (first * percent) / 100)) {
          break;
        }
      }
      yield* board.sendMark(0, 0, 0);
    });
  };
}

/** `191`: Endurance. Each pulse is followed by a read. */
export function* endurance(board: VirtualContext): Part<void> {
  const [vPos = 0, wPos = 0, cPos = 0, vNeg = 0, wNeg = 0, cNeg = 0, rest = 0] = yield* board.floats(7);
  const nPos = yield* board.tokens.integer();
  const nNeg = yield* board.tokens.integer();
  const cycles = yield* board.tokens.integer();
  const cycle = [
    ...Array.from({ length: nPos }, () => ({ volts: vPos, width: wPos, cutOff: cPos })),
    ...Array.from({ length: nNeg }, () => ({ volts: vNeg, width: wNeg, cutOff: cNeg })),
  ];
  yield* board.devices(function* endure(cell) {
    let points = 0;
    for (let turn = 0; turn < cycles && points < board.settings.mostPoints; turn++) {
      for (const { volts, width, cutOff } of cycle) {
        yield* board.pulse(cell, volts, width, cutOff);
        yield* board.sendPoint(yield* board.read(cell), volts, width);
        yield* board.spend(rest);
        points++;
      }
    }
    yield* board.sendMark(0, 0, 0);
  });
}
