import { z } from 'zod';
import { type Circuit, createCircuit } from '../circuit/circuit.ts';
import { createGeometry } from '../array/geometry.ts';
import { ConfigError, UsageError } from '../errors.ts';
import { fieldName } from '../schedule/schema-issue.ts';
import { readBoundedText } from './bounded-file.ts';
import { restateIssues } from './restate-issues.ts';

const maxCaseBytes = 500_000_000;
const largestBytes = 2 ** 32;

const lines = z.number().int().min(1);
const ohms = z.number().min(0);
const segments = z.union([ohms, z.array(ohms), z.array(z.array(ohms))]);

const end = z
  .strictObject({
    volts: z
      .array(z.number().nullable())
      .meta({ description: 'volt for each line; null lets that end float' }),
    seriesResistance: z.union([ohms, z.array(ohms)]).default(0),
  })
  .nullable()
  .default(null);

/** A crossbar with resistive lines and the sources at its ends, SI units. */
export const nodalCaseSchema = z
  .strictObject({
    title: z.string().optional(),
    wordLines: lines,
    bitLines: lines,
    wordSegmentResistance: segments.meta({
      description: 'ohm: one for all, bitLines + 1 along every word line, or wordLines x (bitLines + 1)',
    }),
    bitSegmentResistance: segments.meta({
      description: 'ohm: one for all, wordLines + 1 along every bit line, or bitLines x (wordLines + 1)',
    }),
    deviceResistance: z
      .array(z.array(ohms.nullable()))
      .optional()
      .meta({ description: '[wordLines][bitLines], ohm; null is an open cell' }),
    deviceConductance: z
      .array(z.array(z.number().min(0).nullable()))
      .optional()
      .meta({ description: '[wordLines][bitLines], siemens, instead of deviceResistance' }),
    cellSeriesResistance: ohms.default(0).meta({ description: 'ohm, in series with every cell' }),
    vectors: z
      .array(
        z.strictObject({
          ends: z.strictObject({ wordLeft: end, wordRight: end, bitTop: end, bitBottom: end }),
        }),
      )
      .min(1),
  })
  .meta({ title: 'ohmloom nodal case' });

export type NodalCase = z.output<typeof nodalCaseSchema>;

/**
 * Read a nodal case.
 *
 * @throws ConfigError naming the file and the first thing that is wrong
 */
export async function readNodalCase(path: string): Promise<NodalCase> {
  return parseNodalCase(await readBoundedText(path, maxCaseBytes), path);
}

/**
 * Read the JSON text of a nodal case.
 *
 * @param name - how to call the text in an error
 * @throws ConfigError naming the first thing that is wrong
 */
export function parseNodalCase(text: string, name: string): NodalCase {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    throw new ConfigError('json', `${name}: found text that is not JSON: ${message}`, { cause: error });
  }
  const result = nodalCaseSchema.safeParse(value);
  if (!result.success) {
    const issues = restateIssues(result.error.issues, value);
    const [first] = issues;
    const where = first === undefined || first.path.length === 0 ? '' : `${fieldName(first.path)}: `;
    const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
    throw new ConfigError(
      'config',
      `${name}: ${where}found ${first?.found}, expected ${first?.allowed}${more}`,
      {
        details: { file: name, issues },
      },
    );
  }
  return result.data;
}

/**
 * The circuit that a case describes.
 *
 * @throws UsageError for a matrix that is ragged or of another size, a resistance that is not one, or more cells than
 *   the memory holds
 */
export function circuitOf(given: NodalCase): Circuit {
  const { wordLines, bitLines } = given;
  requireMemory(wordLines, bitLines);
  const geometry = createGeometry(wordLines, bitLines);
  return createCircuit({
    geometry,
    conductances: deviceConductances(given),
    wordSegmentResistance: given.wordSegmentResistance,
    bitSegmentResistance: given.bitSegmentResistance,
    cellSeriesResistance: given.cellSeriesResistance,
  });
}

/** Before the matrices are looked at: a case that is too large is not worth more complaints. */
function requireMemory(wordLines: number, bitLines: number): void {
  const bytes = 64 * wordLines * bitLines;
  if (bytes > largestBytes) {
    throw new UsageError(
      'memory',
      `case: ${wordLines} x ${bitLines} cells need ${(bytes / 2 ** 30).toFixed(1)} GiB to be solved, allowed 4 GiB`,
      { details: { bytes, allowed: largestBytes } },
    );
  }
}

function deviceConductances({
  wordLines,
  bitLines,
  deviceResistance,
  deviceConductance,
}: NodalCase): Float64Array {
  if ((deviceResistance === undefined) === (deviceConductance === undefined)) {
    const found = deviceResistance === undefined ? 'neither' : 'both';
    throw new UsageError(
      'case-devices',
      `case: found ${found} of deviceResistance and deviceConductance, expected one`,
    );
  }
  const field = deviceResistance === undefined ? 'deviceConductance' : 'deviceResistance';
  const rows = deviceResistance ?? deviceConductance ?? [];
  if (rows.length !== wordLines) {
    throw shapeError(field, `${rows.length} rows`, `${wordLines}, one for each word line`);
  }
  rows.forEach((row, word) => {
    if (row.length !== bitLines) {
      throw shapeError(`${field}[${word}]`, `${row.length} entries`, `${bitLines}, one for each bit line`);
    }
  });
  const values = rows.flat();
  return Float64Array.from(values, (value) => {
    if (value === null) {
      return 0;
    }
    return deviceResistance === undefined ? value : 1 / value;
  });
}

function shapeError(where: string, found: string, allowed: string): UsageError {
  return new UsageError('case-shape', `case, ${where}: found ${found}, expected ${allowed}`, {
    details: { where, found, allowed },
  });
}
