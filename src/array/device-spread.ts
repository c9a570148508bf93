import { ConfigError } from '../errors.ts';
import type { ParameterSchema, ParameterValues } from '../model/parameter-set.ts';
import type { Spread, Variability } from '../model/variability.ts';
import { RandomStream } from '../random.ts';
import { requireSpread, spreadFactor } from './spread-factor.ts';

/** A drawn parameter keeps at least this part of its mean: no sign flips and none vanishes. */
const smallestFactor = 0.01;

/**
 * The model parameters of every cell: one matrix for each parameter that has a spread, the published values for
 * all others. Drawn once, from the stream `device-to-device/<parameter>` keyed by cell.
 */
export class CellParameters {
  /** The values before any spread. */
  readonly published: ParameterValues;
  /** The parameters that differ from cell to cell, each [cells]. */
  readonly columns: ReadonlyMap<string, Float64Array>;
  readonly #cursor: { index: number } = { index: 0 };
  /** The published values where no parameter has a spread. */
  readonly #view: ParameterValues;

  /**
   * @param cells - number of cells
   * @throws ConfigError for a parameter that the model does not have, or an amplitude that is not one
   */
  constructor(
    schema: ParameterSchema,
    published: ParameterValues,
    deviceToDevice: Variability['deviceToDevice'],
    cells: number,
    seed: number,
  ) {
    requireParameters(schema, published);
    for (const [name, spread] of Object.entries(deviceToDevice)) {
      requireKnown(schema, name);
      requireSpread(`deviceToDevice.${name}.relative`, spread);
    }
    const columns = new Map<string, Float64Array>();
    for (const [name, spread] of Object.entries(deviceToDevice)) {
      if (spread.relative !== 0) {
        columns.set(name, drawColumn(schema, published, name, spread, cells, seed));
      }
    }
    this.published = published;
    this.columns = columns;
    this.#view = columns.size === 0 ? published : viewAtCursor(published, columns, this.#cursor);
  }

  /**
   * Parameters of one cell. All cells share one view, which each call moves: read it before the next call and
   * never keep it.
   */
  at(index: number): ParameterValues {
    this.#cursor.index = index;
    return this.#view;
  }
}

/** Getters on a cursor: the engine inlines them, while writing members by name costs more than the model itself. */
function viewAtCursor(
  published: ParameterValues,
  columns: ReadonlyMap<string, Float64Array>,
  cursor: { readonly index: number },
): ParameterValues {
  const view: Record<string, number> = {};
  for (const [name, value] of Object.entries(published)) {
    const column = columns.get(name);
    Object.defineProperty(
      view,
      name,
      column === undefined
        ? { enumerable: true, value }
        : { enumerable: true, get: () => column[cursor.index]! },
    );
  }
  return view;
}

/** Values of one parameter over all cells, held inside the model's plausible range. */
function drawColumn(
  schema: ParameterSchema,
  published: ParameterValues,
  name: string,
  spread: Spread,
  cells: number,
  seed: number,
): Float64Array {
  const { min, max } = schema[name]!;
  const mean = published[name]!;
  const stream = new RandomStream(seed, `device-to-device/${name}`);
  const column = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    const factor = Math.max(spreadFactor(spread, stream, cell, 0), smallestFactor);
    column[cell] = Math.min(Math.max(mean * factor, min), max);
  }
  return column;
}

function requireParameters(schema: ParameterSchema, published: ParameterValues): void {
  for (const name of Object.keys(schema)) {
    if (!Number.isFinite(published[name])) {
      throw new ConfigError(
        'parameter-missing',
        `device parameters: "${name}" is ${published[name]}, expected a finite number`,
        { details: { parameter: name } },
      );
    }
  }
}

function requireKnown(schema: ParameterSchema, name: string): void {
  if (!Object.hasOwn(schema, name)) {
    const allowed = Object.keys(schema);
    throw new ConfigError(
      'parameter-unknown',
      `variability: deviceToDevice names "${name}", the model has ${allowed.join(', ')}`,
      { details: { found: name, allowed } },
    );
  }
}
