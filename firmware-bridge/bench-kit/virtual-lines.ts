import { BoardProcess, receiveByte, type BoardStep } from '../virtual/board-process.ts';
import type { VirtualBoard } from '../virtual/virtual-board.ts';
import type { Clock } from '../transport/clock.ts';
import type { Seconds } from '../../src/units.ts';
import type { VirtualSettings } from './virtual-settings.ts';

/** What a virtual instrument does with a line: the answer, if there is one, and the time that it takes. */
export interface LineAnswer {
  readonly text?: string;
  readonly seconds?: Seconds;
}

const newline = 0x0a;
const interrupt = 0x03;

/** Longest line that an instrument takes. */
const longestLine = 4096;

const bitsPerByte = 10;

/** An instrument that is not there: lines in, lines out. */
export function createLineInstrument(
  answer: (line: string) => LineAnswer,
  clock: Clock,
  { realTime, baudRate, inputBytes }: Pick<VirtualSettings, 'realTime' | 'baudRate' | 'inputBytes'>,
): VirtualBoard {
  return new BoardProcess(() => run(answer), {
    clock,
    inputBytes,
    realTime,
    secondsPerByte: bitsPerByte / baudRate,
  });
}

function* run(answer: (line: string) => LineAnswer): Generator<BoardStep, never, number> {
  let line = '';
  for (;;) {
    const byte = yield* receiveByte();
    if (byte === interrupt || line.length > longestLine) {
      line = '';
    } else if (byte !== newline) {
      line += String.fromCharCode(byte);
    } else {
      const { text, seconds = 0 } = answer(line.trim());
      line = '';
      yield { kind: 'spend', seconds };
      if (text !== undefined) {
        yield { kind: 'send', bytes: Buffer.from(`${text}\n`, 'latin1') };
      }
    }
  }
}
