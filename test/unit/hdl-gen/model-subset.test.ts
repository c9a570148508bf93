import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkDimensions } from '../../../hdl-gen/dimension-check.ts';
import { deviceModelOf } from '../../../hdl-gen/evaluate.ts';
import { mathFunctions } from '../../../hdl-gen/function-table.ts';
import { packageSources } from '../../../hdl-gen/package-sources.ts';
import { messageOf, readText } from './model-files.ts';

const page = readFileSync(join(packageSources, 'docs', 'model-subset.md'), 'utf8');
const whole = /```ts my-model\.ts\n([^`]*)```/u.exec(page)![1]!;
const line = '  return w + rate(v, w, p) * dt;\n';
const refused = [...page.matchAll(/```ts\n((?:[^`]|`(?!``))*)```\n\n```text\n(.*)\n```/gu)].map(
  ([, code, message]) => [code!.trim(), message!] as const,
);

function read(text: string) {
  const model = readText('my-model.ts', text);
  checkDimensions(model);
  return model;
}

describe('docs/model-subset.md', () => {
  test('the whole model is read, and computes what it says', () => {
    const { advance, current } = deviceModelOf(read(whole));
    const p = { threshold: 0.5, speed: 1e3, gOn: 1e-4, gOff: 1e-6 };
    expect(advance!(1, 0.25, 1e-4, p)).toBe(0.25 + 1e3 * Math.sinh(1) * 1e-4);
    expect(advance!(-0.5, 0.25, 1e-4, p)).toBe(0.25);
    expect(current(-0.2, 1, p)).toBeCloseTo(-2e-5, 15);
  });

  test('shows at least twenty refusals', () => {
    expect(whole).toContain(line);
    expect(refused.length).toBeGreaterThanOrEqual(20);
  });

  test.each(refused)('%s', (code, message) => {
    const indented = code.replaceAll(/^/gmu, '  ');
    const found = messageOf(() => read(whole.replace(line, () => `${indented}\n`)));
    expect(found.replace(/^\w+: /u, '')).toBe(message);
  });

  test('names every function that there is', () => {
    expect(page).toContain(`\`${Object.keys(mathFunctions).join(' ')}\``);
  });
});
