import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseStrictJson } from '../../../src/schedule/strict-json.ts';

describe('parseStrictJson', () => {
  test('reads whatever JSON.stringify writes, also with quotes, colons and escapes in texts and keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseStrictJson(text, 'it')).toEqual(JSON.parse(text));
      }),
    );
    expect(parseStrictJson('{"a\\":" : "b\\\\", "c": "\\"d\\": 1"}', 'it')).toEqual({
      'a":': 'b\\',
      c: '"d": 1',
    });
  });

  test.each(['{"a": 1, "a": 1}', '[{"x": {"b": 1, "b" : 2}}]', '{"a": 1, "\\u0061": 2}'])(
    'refuses %s',
    (text) => {
      expect(() => parseStrictJson(text, 'it')).toThrow('it: found 1 key(s) given twice in one object');
    },
  );
});
