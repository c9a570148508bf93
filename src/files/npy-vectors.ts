import { npyHeader } from './npy-header.ts';

const bytesPerCharacter = 4;
const bytesPerInteger = 4;

/**
 * Give the .npy bytes of a vector of texts, as NumPy writes an array of `str`.
 *
 * @example
 * encodeStrings(['P', 'FF_s']).length; // 160
 */
export function encodeStrings(texts: readonly string[]): Uint8Array {
  const characters = texts.map((text) => Array.from(text));
  const longest = characters.reduce((most, { length }) => Math.max(most, length), 1);
  const elements = new DataView(new ArrayBuffer(texts.length * longest * bytesPerCharacter));
  for (const [row, text] of characters.entries()) {
    for (const [column, character] of text.entries()) {
      elements.setUint32((row * longest + column) * bytesPerCharacter, character.codePointAt(0) ?? 0, true);
    }
  }
  return Buffer.concat([npyHeader(`<U${longest}`, [texts.length]), new Uint8Array(elements.buffer)]);
}

/**
 * Give the .npy bytes of a vector of integers of 32 bits.
 *
 * @example
 * encodeIntegers([0, 31]).length; // 136
 */
export function encodeIntegers(values: readonly number[]): Uint8Array {
  const elements = new DataView(new ArrayBuffer(values.length * bytesPerInteger));
  for (const [index, value] of values.entries()) {
    elements.setInt32(index * bytesPerInteger, value, true);
  }
  return Buffer.concat([npyHeader('<i4', [values.length]), new Uint8Array(elements.buffer)]);
}
