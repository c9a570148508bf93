import { describe, expect, test } from 'vitest';
import { channelsOf, parsePinMap } from '../../../../firmware-bridge/arc-two/pin-map.ts';

const map = (config: string, words: string, bits: string): string =>
  `[config]\nname = "socket"\n${config}\n[ioconfs]\n[ioconfs.internal]\nios = 0b0\n[mapping]\nwords = [${words}]\nbits = [${bits}]\n`;

const full = map('words = 3\nbits = 2', '16, 63, 17', '15, 32');

describe('channel maps of ArC TWO', () => {
  test('say which channels a cell is between', () => {
    const found = parsePinMap(full, 'full.toml');
    expect(found).toMatchObject({ name: 'socket', geometry: { wordLines: 3, bitLines: 2 }, cells: null });
    expect(channelsOf(found, { word: 1, bit: 0 })).toEqual({ word: 63, bit: 15 });
    expect(() => channelsOf(found, { word: 3, bit: 0 })).toThrow('socket: has no cell w3 b0');
  });

  test('of single devices have the cells of their mask and no others', () => {
    const found = parsePinMap(
      map('words = 2\nbits = 2\nmask = [[0, 0], [1, 1]]', '16, 63', '15, 32'),
      'sa.toml',
    );
    expect(channelsOf(found, { word: 1, bit: 1 })).toEqual({ word: 63, bit: 32 });
    expect(() => channelsOf(found, { word: 0, bit: 1 })).toThrow('has no cell w0 b1');
  });

  test.each([
    ['no TOML', '[config', 'not TOML'],
    ['no map', 'a = 1', 'config'],
    ['a channel beyond the board', map('words = 1\nbits = 1', '64', '0'), 'mapping.words.0'],
    ['a channel twice', map('words = 2\nbits = 1', '1, 2', '2'), 'found a channel twice'],
    ['too few channels', map('words = 3\nbits = 1', '1, 2', '3'), 'found 2 x 1 channels, expected 3 x 1'],
    ['a mask outside', map('words = 1\nbits = 1\nmask = [[1, 0]]', '1', '2'), 'found w1 b0, outside'],
  ])('%s', (_, text, message) => {
    expect(() => parsePinMap(text, 'bad.toml')).toThrow(message);
    expect(() => parsePinMap(text, 'bad.toml')).toThrow('bad.toml: ');
  });
});
