import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError } from '../../../src/errors.ts';
import { parseConfig, readConfig } from '../../../src/files/read-config.ts';
import { quantity } from '../../../src/quantity-schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'ohmloom-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const lab = z.strictObject({
  device: z.string(),
  tolerance: z.number().positive().max(1).default(0.01),
  pulse: z.strictObject({ width: quantity('time'), volts: quantity('voltage') }).optional(),
  bias: z.enum(['half', 'third', 'grounded']).optional(),
  policy: z
    .discriminatedUnion('name', [
      z.strictObject({ name: z.literal('ispp'), step: z.number() }),
      z.strictObject({ name: z.literal('open-loop'), pulses: z.int() }),
    ])
    .optional(),
  reads: z.union([z.number(), z.strictObject({ count: z.int() })]).optional(),
  lines: z
    .array(z.strictObject({ word: z.int() }))
    .max(3)
    .optional(),
});

function refusal(text: string, schema: z.ZodType = lab, name = 'lab.yaml'): ConfigError {
  try {
    parseConfig(text, name, schema);
  } catch (error) {
    if (error instanceof ConfigError) {
      return error;
    }
    throw error;
  }
  throw new Error('expected a ConfigError');
}

function attempt(action: () => unknown): 'a value' | 'a ConfigError' | 'another error' {
  try {
    action();
    return 'a value';
  } catch (error) {
    return error instanceof ConfigError ? 'a ConfigError' : 'another error';
  }
}

describe('what is read', () => {
  test('YAML and JSON of the same data are the same configuration', () => {
    const expected = { device: 'vteam', tolerance: 0.02, pulse: { width: 1e-7, volts: -1.2 } };
    const yaml = 'device: vteam # a comment\ntolerance: 0.02\npulse:\n  width: 100 ns\n  volts: "-1.2 V"\n';
    const json =
      '{\n\t"device": "vteam",\n\t"tolerance": 2e-2,\n\t"pulse": {"width": "100 ns", "volts": "-1.2 V"}\n}\n';
    expect(parseConfig(yaml, 'lab.yaml', lab)).toEqual(expected);
    expect(parseConfig(json, 'lab.json', lab)).toEqual(expected);
  });

  test('any JSON document is read as JSON.parse reads it', () => {
    const documents = fc.jsonValue({ noUnicodeString: false }).filter((value) => {
      const text = JSON.stringify(value);
      return !text.includes('"__proto__":') && !text.includes('"<<":') && !/[\d.]{17}/u.test(text);
    });
    fc.assert(
      fc.property(documents, fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseConfig(text, 'any.json', z.unknown())).toEqual(JSON.parse(text));
      }),
      { numRuns: 100 },
    );
  });

  test('defaults of the schema apply', () => {
    expect(parseConfig('device: vteam', 'lab.yaml', lab)).toEqual({ device: 'vteam', tolerance: 0.01 });
  });
});

describe('what the schema refuses', () => {
  test.each([
    ['tolerance: 2\ndevice: a', 'lab.yaml:1:12: tolerance: found 2, expected number to be <=1'],
    ['device: 5', 'lab.yaml:1:9: device: found 5, expected string'],
    ['tolerance: 0.1', 'lab.yaml:1:1: device: found nothing, expected string'],
    ['', 'lab.yaml:1:1: found null, expected object'],
    ['device: a\nbias: haf', 'lab.yaml:2:7: bias: found "haf", expected one of "half"|"third"|"grounded"'],
    [
      'device: a\npulse:\n  width: 100\n  volts: 1 V',
      'lab.yaml:3:10: pulse.width: found 100, expected a string with its unit, such as "100 ns"',
    ],
    [
      'device: a\npulse:\n  width: 10k\n  volts: 1 V',
      'lab.yaml:3:10: pulse.width: found "10k", expected the unit s with one of the prefixes',
    ],
    ['device: a\npulse: {volts: 1 V}', 'lab.yaml:2:8: pulse.width: found nothing, expected a string with'],
    ['device: a\nlines:\n- word: 0\n- word: x', 'lab.yaml:4:9: lines[1].word: found "x", expected number'],
    [
      'device: a\nlines: [1, 2, 3, 4]',
      'lab.yaml:2:8: lines: found a list of 4, expected array to have <=3 items',
    ],
    [
      'device: a\npolicy: {name: ispp, step: [1]}',
      'lab.yaml:2:28: policy.step: found a list of 1, expected number',
    ],
    ['device: a\npolicy: {name: isp}', 'lab.yaml:2:16: policy.name: found "isp"'],
    ['device: a\nreads: many', 'lab.yaml:2:8: reads: found "many", expected number, or object'],
    ['device: a\nreads: {count: 1.5}', 'lab.yaml:2:16: reads.count: found 1.5, expected int'],
  ])('%j', (text, message) => {
    expect(refusal(text).message).toContain(message);
  });

  test('an unknown key gives its place, the known keys and the nearest one', () => {
    const error = refusal('device: a\ntolerence: 0.1\n');
    expect(error.message).toBe(
      'lab.yaml:2:1: tolerence: found the unknown key "tolerence", expected one of device, tolerance, pulse, bias, policy, reads, lines',
    );
    expect(error.hint).toBe('Did you mean "tolerance"?');
    expect(refusal('device: a\npulse: {width: 1 s, volts: 1 V, witdh: 1 s}').hint).toBe(
      'Did you mean "width"?',
    );
    expect(refusal('device: a\nlines:\n- {word: 1, wrod: 1}').hint).toBe('Did you mean "word"?');
    expect(refusal('device: a\npolicy: {name: ispp, step: 1, setp: 1}').hint).toBe('Did you mean "step"?');
  });

  test('a schema that forwards the issues of another one is understood', () => {
    const inner = z.strictObject({ name: z.string(), step: z.number() });
    const outer = z.strictObject({
      policy: z.looseObject({ name: z.string() }).transform((policy, context) => {
        for (const { message, path } of inner.safeParse(policy).error?.issues ?? []) {
          context.addIssue({ code: 'custom', message, path, input: policy });
        }
        return policy;
      }),
    });
    const { details } = refusal('policy: {name: a, step: x, foo: 1}', outer);
    expect(details['issues']).toMatchObject([
      { path: ['policy'], found: 'the unknown key "foo"', allowed: 'a known key' },
      { path: ['policy', 'step'], found: '"x"', allowed: 'number' },
    ]);
  });

  test('all issues come at once, the first of the text in the message', () => {
    const error = refusal('foo: 1\nbias: no\ntolerance: 7\n');
    expect(error.message).toMatch(/^lab\.yaml:1:1: device: .* \(and 3 more\)$/u);
    expect(error.details['issues']).toMatchObject([
      { line: 1, column: 1, path: ['device'] },
      { line: 1, column: 1, path: ['foo'], text: expect.stringContaining('lab.yaml:1:1: foo: ') },
      { line: 2, column: 7, path: ['bias'], found: '"no"' },
      { line: 3, column: 12, path: ['tolerance'], found: '7' },
    ]);
  });
});

describe('what no schema allows', () => {
  test.each([
    ['a: &x 1', 'found the anchor &x'],
    ['a: &x 1\nb: *x', 'found the anchor &x, expected no anchors (and 1 more)'],
    ['a: !!str 1', 'found the tag tag:yaml.org,2002:str'],
    ['a: !evil {}', 'found the tag !evil'],
    ['a: 1\na: 2', 'lab.yaml:2:1: a: found the key a a second time'],
    ['{"a": {"b": 1, "b": 2}}', 'lab.yaml:1:16: a.b: found the key b a second time'],
    ['<<: {a: 1}', 'found the merge key <<'],
    ['? [a]\n: 1', 'found a list or map as key'],
    ['1: x', 'found the key 1'],
    ['__proto__: {x: 1}', 'found the key __proto__'],
    ['%YAML 1.1\n---\na: yes', 'found a %YAML directive'],
    ['a: .inf', 'lab.yaml:1:4: a: found .inf, expected a decimal number'],
    ['a: -.INF', 'found -.INF'],
    ['a: .nan', 'found .nan'],
    ['a: 1e999', 'lab.yaml:1:4: a: found 1e999, expected a finite number'],
    ['a: 0x10', 'found 0x10, expected a decimal number'],
    ['a: 017', 'found 017'],
    ['a: 0o17', 'found 0o17'],
    ['a: 9007199254740993', 'found 9007199254740993, expected an integer of magnitude below 2^53'],
    ['a: [1, 2', 'found text that is not YAML'],
    ['a: 1\n---\nb: 2', 'found text that is not YAML'],
    ['a: "x', 'found text that is not YAML'],
  ])('%j', (text, message) => {
    expect(refusal(text, z.unknown()).message).toContain(message);
  });

  test('a .json name makes JSON syntax binding', () => {
    expect(refusal('{"a": 1,}', z.unknown(), 'x.json').message).toContain('found text that is not JSON');
    expect(refusal('a: 1', z.unknown(), 'x.json').message).toContain('found text that is not JSON');
  });

  test.each(['[', '- ', '{a: ', '? ', '[{'])(
    'deep nesting of %j ends in an error, not in a crash',
    (opening) => {
      expect(refusal(opening.repeat(100_000), z.unknown()).message).toContain('found deeper nesting');
    },
  );

  test('arbitrary text gives a value or a ConfigError', () => {
    const fragments = fc.constantFrom(
      'a',
      ': ',
      '\n',
      '- ',
      '[',
      ']',
      '{',
      '}',
      ', ',
      '"',
      "'",
      '&x ',
      '*x',
      '!',
      '|',
      '>',
      '#',
      ' ',
      '1e9',
      '\t',
      '?',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fragments).map((parts) => parts.join('')),
        ),
        (text) => {
          expect(attempt(() => parseConfig(text, 'x', z.unknown()))).not.toBe('another error');
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('files', () => {
  test('are read, and named in errors', async () => {
    const path = join(folder, 'lab.yaml');
    writeFileSync(path, 'device: vteam\n');
    expect(await readConfig(path, lab)).toEqual({ device: 'vteam', tolerance: 0.01 });
    writeFileSync(path, 'device: 3\n');
    await expect(readConfig(path, lab)).rejects.toThrow(`${path}:1:9: device: found 3`);
  });

  test('that are missing, too large or not UTF-8 are refused', async () => {
    await expect(readConfig(join(folder, 'none.yaml'), lab)).rejects.toThrow(
      /none\.yaml: cannot be read: there is no/u,
    );
    const path = join(folder, 'big.yaml');
    writeFileSync(path, Buffer.alloc((1 << 20) + 1, 'a'));
    await expect(readConfig(path, lab)).rejects.toThrow(
      'found 1048577 bytes, expected at most 1048576 bytes',
    );
    writeFileSync(path, Buffer.from([0x61, 0xff]));
    await expect(readConfig(path, lab)).rejects.toThrow('found bytes that are not UTF-8');
  });
});
