import { describe, expect, test } from 'vitest';
import { backendLaws } from '../../src/laws/backend-laws.ts';
import { program, replay, simulated } from './bench-subject.ts';
import { seed } from './seed.ts';
import { rowsOf, tryLaw } from './trying.ts';

const backends = [
  { title: 'simulated', factory: () => simulated() },
  { title: 'simulated, loops run by the engine', factory: () => simulated([]) },
  { title: 'replay', factory: replay },
];

describe.each(backends)(`$title, seed ${seed}`, ({ factory }) => {
  test.each(rowsOf(backendLaws(factory)))('%s', async (_name, law) => {
    await expect(tryLaw(law)).resolves.toBeUndefined();
  });
});

test('the program holds every kind of operation', () => {
  const kinds = new Set(program.schedule.operations.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(['frame', 'programVerify', 'pulse', 'read', 'wait']);
});
