import { expect, test } from 'vitest';
import { parsePeriphery, withPeriphery, type PeripheryFlags } from '../../../src/cli/periphery-choice.ts';
import { loadLab } from '../../../src/lab/lab.ts';
import { runCli } from './run-cli.ts';

const lab = await loadLab('examples/text-classification.yaml');

function flags(some: Partial<PeripheryFlags>): PeripheryFlags {
  return {
    'word-segment': undefined,
    'bit-segment': undefined,
    'read-noise': undefined,
    'adc-bits': undefined,
    'read-disturb': undefined,
    ...some,
  };
}

test('without flags the lab stays as it is, and nothing lies between cells and neurons', () => {
  expect(withPeriphery(lab, flags({}))).toEqual(lab);
  expect(parsePeriphery(flags({}))).toEqual({ readDisturb: false });
});

test('flags replace wires and read noise of the lab', () => {
  const { array } = withPeriphery(
    lab,
    flags({ 'word-segment': '1 ohm', 'bit-segment': '500 mohm', 'read-noise': '0.05' }),
    'uniform',
  ).config;
  expect(array.wordSegmentResistance).toBe(1);
  expect(array.bitSegmentResistance).toBe(0.5);
  expect(array.readNoise).toEqual({ distribution: 'uniform', relative: 0.05 });
  expect(parsePeriphery(flags({ 'adc-bits': '8', 'read-disturb': true }))).toEqual({
    adcBits: 8,
    readDisturb: true,
  });
});

test.each(['', '-0.1', '1.5', '5 %'])('a read noise of "%s" is refused', (text) => {
  expect(() => withPeriphery(lab, flags({ 'read-noise': text }))).toThrow(/expected a share from 0 to 1/u);
});

test.each([
  [['digits-lif', '--adc-bits', '25'], /--adc-bits: found "25", expected an integer from 1 to 24/u],
  [
    ['text-classification', '--controller', 'arc-one', '--port', 'p', '--word-segment', '1 ohm'],
    /controller and word-segment are mutually exclusive/u,
  ],
  [['digits', '--read-noise', '0.1'], /found --read-noise, which belongs to another experiment/u],
])('experiment %j: one clear error', async (words, message) => {
  const { code, stderr } = await runCli('experiment', ...words);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
