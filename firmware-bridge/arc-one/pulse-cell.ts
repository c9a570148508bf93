import type { Cell } from '../../src/array/geometry.ts';
import type { Ohms, Seconds, Volts } from '../../src/units.ts';
import { addressOf } from './address.ts';
import type { ArcOneLink } from './link.ts';
import type { ArcOneRequest } from './request.ts';
import { takeVersion, versionRequest, type FirmwareVersion } from './start-up.ts';
import { wireValue } from './wire-value.ts';

/** Connect a cell to the outputs: `02`. */
export function selectRequest(cell: Cell): ArcOneRequest {
  return { job: '02', values: addressOf(cell) };
}

/** Pulse the cell that is connected: `04`. */
export function barePulseRequest(volts: Volts, width: Seconds): ArcOneRequest {
  return { job: '04', values: [wireValue('voltage', 'volts', volts), wireValue('width', 'width', width)] };
}

/** Pulse a cell and read it: `3`. */
export function pulseReadRequest(cell: Cell, volts: Volts, width: Seconds): ArcOneRequest {
  return {
    job: '3',
    values: [...addressOf(cell), wireValue('voltage', 'volts', volts), wireValue('width', 'width', width)],
  };
}

/** Pulse a cell and read it at the voltage that was set last. The answer proves that the pulse was made. */
export async function pulseAndRead(
  link: ArcOneLink,
  cell: Cell,
  volts: Volts,
  width: Seconds,
): Promise<Ohms> {
  await link.send(pulseReadRequest(cell, volts, width));
  const [ohms = Number.NaN] = await link.readLastResistances(1, width);
  return ohms;
}

/**
 * Pulse a cell without reading it. The board does not answer to this, so its version is asked for afterwards: the
 * answer proves that it took everything, and must be the one that it gave at the start.
 *
 * @throws ControllerError when another board answers than the one that was started
 */
export async function pulseCell(
  link: ArcOneLink,
  cell: Cell,
  volts: Volts,
  width: Seconds,
  version: FirmwareVersion,
): Promise<void> {
  await link.send(selectRequest(cell), barePulseRequest(volts, width), versionRequest);
  const found = await takeVersion(link, width);
  if (found.major !== version.major || found.minor !== version.minor) {
    link.refuse(
      'version-changed',
      `version ${found.major}.${found.minor} answers, at the start it was ${version.major}.${version.minor}`,
      {
        found,
        expected: version,
      },
    );
  }
}
