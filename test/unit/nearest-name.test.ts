import { describe, expect, test } from 'vitest';
import { nearestName } from '../../src/nearest-name.ts';

describe('nearestName', () => {
  const names = ['vteam', 'vteam-kvatinsky', 'data-driven-2016', 'data-driven-2018'];

  test('finds the name behind a slip', () => {
    expect(nearestName('vtaem', names)).toBe('vteam');
    expect(nearestName('VTEAM', names)).toBe('vteam');
    expect(nearestName('data-driven-2017', names)).toBe('data-driven-2016');
    expect(nearestName('datadriven2018', names)).toBe('data-driven-2018');
  });

  test('has nothing to offer for a name of its own', () => {
    expect(nearestName('resistor-network', names)).toBeUndefined();
    expect(nearestName('x', [])).toBeUndefined();
  });

  test('a swap of neighbours is one edit, nearer than two substitutions', () => {
    expect(nearestName('abdc', ['abxx', 'abcd'])).toBe('abcd');
  });
});
