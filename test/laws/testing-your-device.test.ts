import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import * as ohmloom from '../../src/index.ts';
import * as laws from '../../src/laws/index.ts';
import type { Law } from '../../src/laws/law.ts';
import type { DeviceModel } from '../../src/model/device-model.ts';
import type { ParameterSet } from '../../src/model/parameter-set.ts';

const page = readFileSync(new URL('../../docs/testing-your-device.md', import.meta.url), 'utf8');

function block(language: string, holding: string): string {
  const blocks = [...page.matchAll(/```(\w+)\n(.*?)```/gsu)];
  return blocks.find(([, name, body]) => name === language && body!.includes(holding))![2]!;
}

/** Run a block as a CommonJS module; `modules` answers its imports. */
function runBlock(source: string, modules: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
  });
  const exported: Record<string, unknown> = {};
  compileFunction(outputText, ['exports', 'require'])(exported, (name: string) => modules[name]);
  return exported;
}

interface MyDevice {
  readonly myDevice: DeviceModel;
  readonly mySample: ParameterSet;
}

function deviceOf(source: string): MyDevice & Record<string, unknown> {
  const module = runBlock(source, {});
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the page is the source of both names
  return module as unknown as MyDevice & Record<string, unknown>;
}

const wrongText = block('ts', 'export const myDevice');
const solution = block('ts', 'Math.expm1');
const rightText = wrongText.replace(/ {2}advance: .*\n/u, () => solution);

const modules = { ohmloom, 'ohmloom/laws': laws };

/** What the test file of the page gives its test framework. */
async function runTests(device: Record<string, unknown>): Promise<Map<string, string>> {
  const tests: [string, () => ReturnType<Law['check']>][] = [];
  const collect = (name: string, body: () => ReturnType<Law['check']>) => tests.push([name, body]);
  runBlock(block('ts', 'deviceLaws(myDevice'), {
    ...modules,
    vitest: { test: collect },
    './my-device.ts': device,
  });
  const failures = new Map<string, string>();
  for (const [name, body] of tests) {
    try {
      await body();
    } catch (error) {
      failures.set(name, error instanceof Error ? error.message : String(error));
    }
  }
  expect(tests.length).toBeGreaterThan(15);
  return failures;
}

/** A message up to its stack trace; the page breaks its lines elsewhere. */
function withoutStack(message: string): string {
  return message.slice(0, message.search(/\n +at /u));
}

describe('docs/testing-your-device.md', () => {
  test('the example fails the laws that it says it fails, in the words that it shows', async () => {
    const failures = await runTests(deviceOf(wrongText));
    expect([...failures.keys()]).toEqual([
      'two half pulses are one pulse',
      'the state after a pulse is the integral of the rate',
    ]);
    const shown = block('text', 'Counterexample').trim().replaceAll(/\s+/gu, '');
    expect(withoutStack(failures.get('two half pulses are one pulse')!).replaceAll(/\s+/gu, '')).toBe(shown);
    expect(failures.get('the state after a pulse is the integral of the rate')).toContain(
      'further than the rate does',
    );
  });

  test('its correction holds all laws', async () => {
    expect(rightText).toContain('Math.expm1');
    expect(await runTests(deviceOf(rightText))).toEqual(new Map());
  });

  test('its table names every law of the example', () => {
    const { myDevice, mySample } = deviceOf(rightText);
    const names = laws.deviceLaws(myDevice, [mySample]).map(({ name }) => name);
    const listed = Array.from(page.matchAll(/^\| ([^|]+?) +\|/gmu), ([, cell]) => cell!);
    expect(listed.filter((cell) => names.includes(cell))).toEqual(names);
    expect(listed.slice(2)).toEqual(names);
  });

  test('its other settings are taken', async () => {
    const { myDevice, mySample } = deviceOf(rightText);
    const [law] = laws.deviceLaws(myDevice, [mySample]);
    const check = compileFunction(`return (async () => { ${block('ts', 'law.check({')} })();`, ['law']);
    await expect(check(law)).resolves.toBeUndefined();
  });

  test('its policy holds the policy laws', async () => {
    const source = `${block('ts', 'policyLaws(policyTable')}\nexport { laws };`;
    const device = deviceOf(rightText);
    const declared = `import { myDevice, mySample } from './my-device.ts';\n${source}`;
    const { laws: found } = runBlock(declared, { ...modules, './my-device.ts': device });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the block ends with the call
    const list = found as readonly Law[];
    expect(list.map(({ name }) => name)).toContain(
      'reachable targets converge on a cell of my-device sample-1',
    );
    for (const law of list) {
      await law.check();
    }
  });
});
