import { receiveByte, type BoardStep } from './board-process.ts';

const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * Take a line of text, without its end and the blanks around it.
 *
 * @param longest - characters; the rest of a longer line is dropped
 */
export function* receiveLine(longest: number): Generator<BoardStep, string, number> {
  let text = '';
  for (let byte = yield* receiveByte(); byte !== newline; byte = yield* receiveByte()) {
    if (byte !== carriageReturn && text.length < longest) {
      text += String.fromCharCode(byte);
    }
  }
  return text.trim();
}
