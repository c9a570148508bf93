import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { certify } from '../../../src/schedule/compile.ts';
import { scheduleFromJson } from '../../../src/schedule/decode.ts';
import { readSafeOperatingArea } from '../../../src/schedule/safe-operating-area-schema.ts';
import { driver } from './examples.ts';

/** The code blocks of one language on a page of the documentation. */
async function blocks(page: string, language: string): Promise<string[]> {
  const text = await readFile(new URL(`../../../docs/${page}`, import.meta.url), 'utf8');
  return Array.from(
    text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gmsu')),
    ([, code]) => code!,
  );
}

/** Names of all members of a value, with their path, list positions left out. */
function memberNames(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, member]) => {
    const name = Array.isArray(value) ? path : `${path}.${key}`;
    return [name, ...memberNames(member, name)];
  });
}

describe('the documentation', () => {
  test('shows a schedule and a bias scheme that are accepted', async () => {
    const [schedule, scheme] = await blocks('schedule-format.md', 'json');
    const { operations } = scheduleFromJson(schedule!);
    expect(operations.map(({ kind }) => kind)).toEqual(['pulse', 'read', 'wait', 'frame', 'programVerify']);
    const withScheme = schedule!.replace('"bias": "half"', `"bias": ${scheme!}`);
    expect(scheduleFromJson(withScheme).operations[0]).toMatchObject({ bias: { name: 'lifted' } });
  });

  test('shows limits that are accepted, and under which the shown schedule is certified', async () => {
    const [file] = await blocks('safe-operating-area.md', 'yaml');
    const [schedule] = await blocks('schedule-format.md', 'json');
    const limits = readSafeOperatingArea(parse(file!));
    const grid = { ...driver, stepVolts: 0.01, minWidth: 1e-8, stepWidth: 1e-8, errorVolts: 0.005 };
    const wider = {
      ...limits,
      voltage: { ...limits.voltage, line: 1.3 },
      halfSelect: [{ volts: 0.3, total: 10 }],
    };
    expect(() => certify(scheduleFromJson(schedule!), limits, grid)).toThrow(
      'voltage.line would be 1.205 V, allowed 1 V',
    );
    expect(() => certify(scheduleFromJson(schedule!), wider, grid)).not.toThrow();
  });

  test('names every field of the limits', async () => {
    const page = await readFile(new URL('../../../docs/safe-operating-area.md', import.meta.url), 'utf8');
    const [file] = await blocks('safe-operating-area.md', 'yaml');
    const table = page.slice(page.indexOf('## Fields'), page.indexOf('## What is compared'));
    const unnamed = memberNames(parse(file!)).filter(
      (name) => !new RegExp(`\\b${name.slice(name.lastIndexOf('.') + 1)}\\b`, 'u').test(table),
    );
    expect(unnamed).toEqual([]);
  });
});
