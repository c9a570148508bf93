import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RowLog } from '../../../src/files/row-log.ts';
import { scratchFolder } from '../cli/run-cli.ts';

const columns = ['seed', 'accuracy'];

test('rows are there when the file is opened again, and a row that was cut off is not', () => {
  const path = join(scratchFolder(), 'sweep.csv');
  const first = new RowLog(path, columns);
  first.append([1, 0.5]);
  first.append([2, 0.75]);
  appendFileSync(path, '3,0.9');
  const second = new RowLog(path, columns);
  expect(second.rows).toEqual([
    ['1', '0.5'],
    ['2', '0.75'],
  ]);
  second.append([3, 0.875]);
  expect(readFileSync(path, 'utf8')).toBe('seed,accuracy\n1,0.5\n2,0.75\n3,0.875\n');
});

test('a file with other columns or a damaged row is refused, and left as it is', () => {
  const path = join(scratchFolder(), 'sweep.csv');
  for (const [content, message] of [
    ['seed,loss\n1,2\n', /:1: found "seed,loss"/u],
    ['seed,accuracy\n1,2\n3\n', /:3: found 1 values, expected 2/u],
  ] as const) {
    writeFileSync(path, content);
    expect(() => new RowLog(path, columns)).toThrow(message);
    expect(readFileSync(path, 'utf8')).toBe(content);
  }
  expect(() => new RowLog(scratchFolder(), columns)).toThrow(/it is a folder/u);
});
