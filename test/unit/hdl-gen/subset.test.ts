import { describe, expect, test } from 'vitest';
import { ModelReader } from '../../../hdl-gen/extract.ts';
import { messageOf, readChanged, readText } from './model-files.ts';

const advance = 'return x + rate(v, x, p) * dt;';

/** What is refused beside the examples of docs/model-subset.md. */
describe('a model file is refused', () => {
  test.each([
    ['a while loop', advance, 'while (v > 0) {}', '54:3: loop: '],
    ['an assignment', advance, 'x += 1;', 'statement without a result: '],
    ['an increment', advance, 'return x++;', 'assignment: '],
    ['an assignment inside an expression', advance, 'return (x = 1);', 'assignment: name each value once'],
    ['try', advance, 'try { return x; } catch { return 0; }', 'try: '],
    ['an inner function', advance, 'function f() {}\n  return x;', 'function inside an expression: '],
    ['a non-null assertion', advance, 'return x!;', '`!`: '],
    ['satisfies', advance, 'return x satisfies number;', 'type assertion: '],
    ['an array', advance, 'return [x][0];', 'member by a computed name: '],
    ['an object', advance, 'const q = { x };\n  return x;', 'object or array: '],
    ['destructuring', advance, 'const { kOff } = p;\n  return x;', 'destructuring: '],
    ['text', advance, "return 'x';", 'text: '],
    ['a template', advance, 'return `x`;', 'text: '],
    ['??', advance, 'return x ?? 0;', '`??`: '],
    ['!=', advance, 'return v != 0 ? x : 0;', '`!=`: '],
    ['a shift', advance, 'return x << 1;', 'bitwise operator: '],
    ['new', advance, 'return new Number(x);', 'new: '],
    ['a comma', advance, 'return (v, x);', 'BinaryExpression: docs/model-subset.md says'],
    ['plus as a sign', advance, 'return +x;', 'PrefixUnaryExpression: docs/model-subset.md says'],
    ['a truth value in a sum', advance, 'const up = v > 0;\n  return x + up;', 'truth value as a number: '],
    ['true', advance, 'return true ? x : 0;', 'truth value as a number: '],
    [
      'another constant of Math',
      advance,
      'return x * Math.SQRT2;',
      'Math.SQRT2: of constants use PI, E, LN2',
    ],
    ['too many operands', advance, 'return Math.abs(x, x);', 'Math.abs of 2 operands: give it 1'],
    ['too few operands', advance, 'return Math.max(x);', 'Math.max of 1 operands: give it 2'],
    ['the parameters as a number', advance, 'return x * p;', '`p` as a number: take one member'],
    [
      'a parameter without a unit',
      'readonly kOff: MetresPerSecond;',
      'readonly kOff: number;',
      'parameter "kOff" without a unit: ',
    ],
    ['a member of a number', advance, 'return x.length;', 'member "length" of `x`: '],
    [
      'a statement after if ... else',
      advance,
      'if (v > 0) { return x; } else { return 0; }\n  return x;',
      'statement after `if ... else`: ',
    ],
    ['a return without a value', advance, 'return;', 'return without a value: '],
    ['an argument without a unit', 'dt: Seconds', 'dt: number', 'argument "dt" without a unit: '],
    [
      'a result without a unit',
      'p: VteamParameters): Amperes {',
      'p: VteamParameters): number {',
      'result of `current` without a unit: ',
    ],
    [
      'an optional argument',
      'dt: Seconds, p',
      'dt: Seconds = 1, p',
      'destructured, optional or rest argument: ',
    ],
    [
      'an async function',
      'export function advance',
      'export async function advance',
      'async, generator or generic function: ',
    ],
    [
      'a module-level variable',
      'export function advance(v',
      'let margin = 1;\nexport function advance(_ = margin, v',
      'destructured, optional',
    ],
    ['a member that is computed', "name: 'vteam'", "name: 'vt' + 'eam'", '"name" that is computed: '],
    [
      'a number that is computed',
      'setPolarity: -1',
      'setPolarity: Math.sign(-1)',
      '"setPolarity" that is computed: ',
    ],
    [
      'a promise that is computed',
      'quietAtZeroVolts: true',
      'quietAtZeroVolts: !false',
      '"quietAtZeroVolts" that is computed: ',
    ],
    ['a missing member', '  source: ', '  sources: ', 'model object without "source": '],
    [
      'an arrow function as a role',
      '  lowerBound,',
      '  lowerBound: (p: VteamParameters): Metres => p.xOn,',
      '"lowerBound" that is not declared at module level: ',
    ],
  ])('for %s', (_, from, to, message) => {
    const found = messageOf(() => readChanged('vteam', [from, to]));
    expect(found).toMatch(/^UnsupportedSourceError: vteam\.ts:\d+:\d+: [^:]+: ./u);
    expect(found).toContain(message);
  });

  test('for a variable at module level that an equation reads', () => {
    const found = messageOf(() =>
      readChanged(
        'vteam',
        [advance, 'return x * margin;'],
        ['export function advance', 'let margin = 1;\nexport function advance'],
      ),
    );
    expect(found).toContain('variable outside the functions: declare it with `const` and a number');
  });

  test('that is not there', () => {
    expect(messageOf(() => new ModelReader().read('nowhere/model.ts'))).toContain('model.ts: cannot be read');
  });

  test('that holds no model, or two', () => {
    expect(messageOf(() => readText('empty.ts', 'export const x = 1;\n'))).toBe(
      'UnsupportedSourceError: empty.ts:1:1: file without a model: export one object with rate, current, lowerBound and upperBound, as docs/adding-a-device.md shows',
    );
    expect(
      messageOf(() =>
        readChanged('vteam', [
          '/** VTEAM without',
          'export const other = { rate, current };\n/** VTEAM without',
        ]),
      ),
    ).toContain('second model in one file: give each model a file of its own');
  });
});
