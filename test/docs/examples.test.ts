import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as devices from '../../devices/index.ts';
import * as core from '../../src/index.ts';
import * as laws from '../../src/laws/index.ts';
import { runCommandLine } from '../../src/cli/command-line.ts';

/** What a reader of an example may use without importing it. */
const published: Readonly<Record<string, unknown>> = { ...core, ...devices, ...laws, fc };

interface Example {
  readonly file: string;
  readonly name: string;
  readonly code: string;
}

/** Every `@example` of the public declarations of a source file. */
function examplesOf(file: string): Example[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement) => {
    if (!ts.isFunctionDeclaration(statement) && !ts.isClassDeclaration(statement)) {
      return [];
    }
    const name = statement.name?.text ?? '';
    return name in published
      ? ts
          .getJSDocTags(statement)
          .filter(({ tagName }) => tagName.text === 'example')
          .map((tag) => ({ file, name, code: ts.getTextOfJSDocComment(tag.comment) ?? '' }))
      : [];
  });
}

/** The value that a comment behind an expression promises, such as `// 11009.6 ohm` or `// { min: 0.1, max: 1 }`. */
const promise = /^\/\/ (-?\d[\d._]*(?:e[+-]?\d+)?)(?![\d\w]|\s*\/)|^\/\/ ([[{'].*[\]}']|true|false)$/u;

function significantDigits(text: string): number {
  return text.replace(/e.*$/u, '').replace(/^-?0*\.?0*|[._]/gu, '').length;
}

/** The example with every promised value compared, and ready to run with `names` in scope. */
function runnable(code: string): string {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true);
  const edits = source.statements.filter(ts.isExpressionStatement).flatMap((statement) => {
    const [, number, literal] = promise.exec(code.slice(statement.end).split('\n')[0]!.trim()) ?? [];
    const value = statement.expression.getText();
    if (number !== undefined) {
      const digits = Math.max(1, significantDigits(number));
      return [{ statement, text: `same(Number((${value}).toPrecision(${digits})), ${number});` }];
    }
    return literal === undefined ? [] : [{ statement, text: `same(${value}, ${literal});` }];
  });
  const edited = edits.reduceRight(
    (text, { statement, text: replacement }) =>
      text.slice(0, statement.getStart()) + replacement + text.slice(statement.end),
    code,
  );
  return ts.transpile(edited, { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext });
}

const root = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'examples-'));

// The files that the examples speak of: a configuration, a matrix, a parameter file and a recorded run.
beforeAll(async () => {
  cpSync('examples', join(folder, 'examples'), { recursive: true });
  copyFileSync('devices/parameters/vteam.technion.json', join(folder, 'my-device.json'));
  process.chdir(folder);
  await core.writeMatrix('weights.npy', new Float64Array(4).fill(8e-5), [2, 2]);
  let errors = '';
  const sinks = { out: () => {}, error: (text: string) => void (errors += text) };
  const args = ['program', '--target', 'weights.npy', '--config', 'examples/lab.yaml', '--out', 'runs/first'];
  if ((await runCommandLine(args, sinks)) !== 0) {
    throw new Error(errors);
  }
});

afterAll(() => {
  process.chdir(root);
  rmSync(folder, { recursive: true });
});

const files = ['src', 'devices'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.as.ts') && !path.endsWith('.d.ts')),
);
const examples = files.flatMap(examplesOf);
const AsyncFunction = (async () => {}).constructor as new (
  ...texts: string[]
) => (...values: unknown[]) => Promise<void>;

test('public declarations have examples', () => {
  expect(examples.length).toBeGreaterThan(40);
});

describe.each([...new Set(examples.map(({ file }) => file))])('the example in %s', (file) => {
  test.each(examples.filter((example) => example.file === file))('of $name runs', async ({ code }) => {
    const own = (await import(pathToFileURL(resolve(root, file)).href)) as Readonly<Record<string, unknown>>;
    const scope = {
      ...published,
      ...own,
      same: (found: unknown, promised: unknown) => expect(found).toEqual(promised),
    };
    await new AsyncFunction(...Object.keys(scope), runnable(code))(...Object.values(scope));
  });
});
