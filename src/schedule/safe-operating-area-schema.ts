import { z } from 'zod';
import { ConfigError } from '../errors.ts';
import { quantity } from '../quantity-schema.ts';
import type { QuantityKind } from '../quantity.ts';
import type { SafeOperatingArea } from './safe-operating-area.ts';
import { closedObject, fieldName, firstIssue } from './schema-issue.ts';

/** How a form of the file writes a number that has a unit. */
type NumberForm = (kind: QuantityKind) => z.ZodType<number>;

const zeroOrMore = z.number('a finite number of 0 or more').min(0, '0 or more');
const aboveZero = z.number('a finite number above 0').positive('a number above 0');
const count = z.int('an integer of 0 or more').min(0, '0 or more');
const text = z.string('text').min(1, 'text that is not empty');

/**
 * The limits of a file for people: every number that has a unit is a string with that unit, such as `"1.2 V"`.
 *
 * @example
 * safeOperatingAreaSchema.parse(parse(readFileSync('examples/soa-tiox.yaml', 'utf8'))).voltage.line; // 0.5
 */
export const safeOperatingAreaSchema = limitsIn((kind) => quantity(kind).pipe(zeroOrMore));

/** The limits in plain SI numbers: the form that a run folder keeps. */
export const safeOperatingAreaSiSchema = limitsIn(() => zeroOrMore);

/**
 * Read limits whose numbers carry their units.
 *
 * @param value - what a YAML or JSON reader returned
 * @param where - how to name the file in an error
 * @throws ConfigError naming the first field that is missing, unknown or out of order
 * @example
 * readSafeOperatingArea(parse(readFileSync('examples/soa-tiox.yaml', 'utf8')), 'soa-tiox.yaml').voltage.line; // 0.5
 */
export function readSafeOperatingArea(value: unknown, where = 'safe operating area'): SafeOperatingArea {
  return parseWith(safeOperatingAreaSchema, value, where);
}

/**
 * Check limits in SI numbers, and copy them. The form is the type itself, so `JSON.stringify` writes it.
 *
 * @throws ConfigError naming the first field that is missing, unknown or out of order
 * @example
 * const area = readSafeOperatingArea(parse(readFileSync('examples/soa-tiox.yaml', 'utf8')));
 * parseSafeOperatingArea(JSON.parse(JSON.stringify(area))); // the same limits
 */
export function parseSafeOperatingArea(value: unknown, where = 'safe operating area'): SafeOperatingArea {
  return parseWith(safeOperatingAreaSiSchema, value, where);
}

function limitsIn(form: NumberForm): z.ZodType<SafeOperatingArea> {
  const volts = form('voltage');
  const seconds = form('time');
  const polarity = closedObject({ positive: volts, negative: volts });
  const width = closedObject({ min: seconds, max: seconds }).refine((range) => range.min <= range.max, {
    path: ['max'],
    message: 'max must not be below min',
  });
  return closedObject({
    format: z.literal('ohmloom-soa'),
    version: z.literal(1),
    array: text,
    source: text,
    voltage: closedObject({ pulse: polarity, read: polarity, line: volts, unselected: volts }),
    width: closedObject({ pulse: width, read: width }),
    envelope: z
      .array(closedObject({ volts, width: seconds }), 'a list of volts and width')
      .min(1, 'at least one entry')
      .check(falling((entry) => [entry.volts, entry.width], 'width')),
    energy: closedObject({ perPulse: form('energy'), lowestResistance: form('resistance').pipe(aboveZero) }),
    compliance: closedObject({
      current: form('current'),
      seriesResistance: form('resistance'),
      lineCurrent: form('current'),
    }),
    halfSelect: z
      .array(closedObject({ volts, total: seconds }), 'a list of volts and total')
      .min(1, 'at least one entry')
      .check(falling((entry) => [entry.volts, entry.total], 'total')),
    endurance: closedObject({ pulsesPerCell: count, cyclesPerCell: count, readsPerCell: count }),
    response: closedObject({
      conductance: closedObject({ min: form('conductance'), max: form('conductance') }).refine(
        (range) => range.min < range.max,
        { path: ['max'], message: 'max must be above min' },
      ),
      relativeStep: aboveZero,
      wrongDirection: count.min(1, '1 or more'),
    }),
  });
}

/** A higher voltage stands below a lower one, and never allows a longer time. */
function falling<Entry>(columns: (entry: Entry) => readonly [volts: number, seconds: number], time: string) {
  return (context: z.core.ParsePayload<Entry[]>) => {
    let before: readonly [number, number] = [-Infinity, Infinity];
    for (const [position, entry] of context.value.entries()) {
      const [volts, seconds] = columns(entry);
      if (volts <= before[0] || seconds > before[1]) {
        context.issues.push({
          code: 'custom',
          path: [position],
          message: `volts must rise from entry to entry and ${time} must not`,
          input: entry,
        });
        return;
      }
      before = [volts, seconds];
    }
  };
}

function parseWith(schema: z.ZodType<SafeOperatingArea>, value: unknown, where: string): SafeOperatingArea {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const { path, found, allowed } = firstIssue(result.error, value);
  const field = fieldName(path);
  if (found === 'nothing') {
    throw new ConfigError('soa-missing', `${where}, ${field}: is missing`, {
      hint: 'A limit that is not stated is forbidden ground: state every one.',
      details: { field },
    });
  }
  const custom = result.error.issues[0]?.code === 'custom';
  throw new ConfigError(
    'soa-field',
    `${where}, ${field}: ${custom ? allowed : `found ${found}, ${allowed.startsWith('expected') ? '' : 'expected '}${allowed}`}`,
    { details: { field, found, allowed } },
  );
}
