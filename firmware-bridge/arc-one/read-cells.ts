import type { Cell, Geometry } from '../../src/array/geometry.ts';
import { cellCount } from '../../src/array/geometry.ts';
import type { Ohms } from '../../src/units.ts';
import { addressOf } from './address.ts';
import type { ArcOneLink } from './link.ts';
import type { ArcOneRequest } from './request.ts';
import { wireValue } from './wire-value.ts';

/** Read one cell: `1`. */
export function readCellRequest(cell: Cell): ArcOneRequest {
  return { job: '1', values: addressOf(cell) };
}

/** Read every cell: `2`, type 1. */
export function readAllRequest({ wordLines, bitLines }: Geometry): ArcOneRequest {
  return {
    job: '2',
    values: [
      wireValue('type', 'code', 1),
      wireValue('word lines', 'line', wordLines),
      wireValue('bit lines', 'line', bitLines),
    ],
  };
}

/** Read some cells: `2`, type 2; the addresses follow one by one. */
export function readMaskedRequest({ wordLines, bitLines }: Geometry, count: number): ArcOneRequest {
  return {
    job: '2',
    values: [
      wireValue('type', 'code', 2),
      wireValue('word lines', 'line', wordLines),
      wireValue('bit lines', 'line', bitLines),
      wireValue('cells', 'count', count),
    ],
  };
}

/** Read one cell at the voltage that was set last. */
export async function readCell(link: ArcOneLink, cell: Cell): Promise<Ohms> {
  await link.send(readCellRequest(cell));
  const [ohms = Number.NaN] = await link.readLastResistances(1, 0);
  return ohms;
}

/** Read every cell, [wordLines x bitLines], in one job. */
export async function readAll(link: ArcOneLink, geometry: Geometry): Promise<Ohms[]> {
  await link.send(readAllRequest(geometry));
  return link.readLastResistances(cellCount(geometry), cellCount(geometry) * link.settings.timeouts.answer);
}

/** Read some cells in one job. */
export async function readMasked(
  link: ArcOneLink,
  geometry: Geometry,
  cells: readonly Cell[],
): Promise<Ohms[]> {
  const request = readMaskedRequest(geometry, cells.length);
  await link.send(request);
  const found: Ohms[] = [];
  for (const cell of cells) {
    await link.sendValues(request.job, addressOf(cell));
    found.push(...(await link.readLastResistances(1, 0)));
  }
  return found;
}
