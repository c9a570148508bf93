import type { Geometry } from '../../src/array/geometry.ts';
import type { Seconds, Volts } from '../../src/units.ts';
import type { ByteStream } from '../transport/byte-stream.ts';
import { sleep, type Clock } from '../transport/clock.ts';
import { sneakCodes } from './bias-code.ts';
import { arcOneLimits } from './limits.ts';
import { ArcOneLink, resetBytes } from './link.ts';
import type { ArcOneRequest } from './request.ts';
import {
  classicReadVolts,
  negativeTia4pCode,
  readModeCodes,
  sessionCodes,
  type ArcOneSettings,
} from './settings.ts';
import { wireValue } from './wire-value.ts';

/** The line that says that the board is ready. */
const ready = 1;

/** What the board is told of reads and of the other lines when it starts. */
export const classicStart = { readVolts: classicReadVolts, sneak: sneakCodes.half } as const;

/** Rest that hosts leave before they ask for the version, seconds. */
const versionRest = 0.2;

export interface FirmwareVersion {
  readonly major: number;
  readonly minor: number;
}

/** A board that said that it is ready. */
export interface Conversation {
  readonly link: ArcOneLink;
  /** Null for a firmware that does not tell. */
  readonly version: FirmwareVersion | null;
}

/** What the board is told when it starts: `0`. */
export function initialiseRequest(
  { wordLines, bitLines }: Geometry,
  settings: { readonly cycles: number; readonly readMode: number; readonly session: number },
  sneak: number,
  readVolts: Volts,
): ArcOneRequest {
  return {
    job: '0',
    values: [
      wireValue('cycles', 'count', settings.cycles),
      wireValue('word lines', 'line', wordLines),
      wireValue('bit lines', 'line', bitLines),
      wireValue('read mode', 'code', settings.readMode),
      wireValue('session', 'code', settings.session),
      wireValue('sneak code', 'code', sneak),
      wireValue('read voltage', 'volts', readVolts),
    ],
  };
}

/** How reads are made from here on: `01`. */
export function readModeRequest(readMode: number, readVolts: Volts): ArcOneRequest {
  return {
    job: '01',
    values: [wireValue('read mode', 'code', readMode), wireValue('read voltage', 'volts', readVolts)],
  };
}

/** How many samples a read averages, and what the other lines do: `011`. */
export function biasRequest(cycles: number, sneak: number): ArcOneRequest {
  return {
    job: '011',
    values: [wireValue('cycles', 'count', cycles), wireValue('sneak code', 'code', sneak)],
  };
}

/** The code of a read mode at a voltage. Four-point reads have two, one per polarity. */
export function readModeCode(readMode: ArcOneSettings['readMode'], volts: Volts): number {
  return readMode === 'tia4p' && volts < 0 ? negativeTia4pCode : readModeCodes[readMode];
}

/**
 * Reset the board, tell it what it works on, wait until it says that it is ready, and ask for its version.
 *
 * @throws TransportError when there is no answer
 * @throws ProtocolError when what answers is no ArC ONE
 * @throws ControllerError when the board says that it is not ready
 */
export async function startBoard(
  stream: ByteStream,
  geometry: Geometry,
  settings: ArcOneSettings,
  clock: Clock,
): Promise<Conversation> {
  await stream.write(resetBytes, settings.timeouts.answer);
  await sleep(clock, settings.timeouts.settle);
  stream.discard();
  const link = new ArcOneLink(stream, clock, settings);
  const session = {
    ...settings,
    readMode: readModeCodes[settings.readMode],
    session: sessionCodes[settings.session],
  };
  await link.send(initialiseRequest(geometry, session, classicStart.sneak, classicStart.readVolts));
  const answer = await link.readInteger(settings.timeouts.start);
  if (answer !== ready) {
    link.refuse('not-ready', `the board says ${answer} where ${ready} means ready`, {
      found: answer,
      allowed: ready,
      hint: 'Switch the board off and on.',
    });
  }
  await link.send(readModeRequest(readModeCodes[settings.readMode], classicStart.readVolts));
  if (settings.firmware === 'old') {
    return { link, version: null };
  }
  await sleep(clock, Math.min(versionRest, settings.timeouts.settle));
  return { link, version: await readVersion(link) };
}

/** Ask for the firmware's version: `999`. It changes nothing. */
export const versionRequest: ArcOneRequest = { job: '999', values: [] };

/**
 * Ask for the firmware's version.
 *
 * @throws TransportError when there is no answer: old firmware does not know the question
 */
export async function readVersion(link: ArcOneLink): Promise<FirmwareVersion> {
  await link.send(versionRequest);
  return takeVersion(link, 0);
}

/**
 * Take the answer to the question for the version.
 *
 * @param acting - time that the board may still be busy with what it was told before
 */
export async function takeVersion(link: ArcOneLink, acting: Seconds): Promise<FirmwareVersion> {
  const bytes = await link.readBytes(4, link.settings.timeouts.answer + acting);
  await link.expectSilence();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { major: view.getUint16(0, true), minor: view.getUint16(2, true) };
}

/** The array that the board can address at most. */
export const largestArray: Geometry = { wordLines: arcOneLimits.lines, bitLines: arcOneLimits.lines };
