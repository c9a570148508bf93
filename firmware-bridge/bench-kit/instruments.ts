import type { Seconds } from '../../src/units.ts';
import type { ByteStream } from '../transport/byte-stream.ts';
import type { Clock } from '../transport/clock.ts';
import type { LineSettings } from '../transport/line-settings.ts';
import { InstrumentLink, scpiAbort, scriptAbort } from './instrument-link.ts';
import { Keithley2400, limits2400 } from './keithley-2400.ts';
import { Keithley2600, limits2600 } from './keithley-2600.ts';
import type { SourceSettings } from './settings.ts';
import type { SourceLimits, SourceMeter } from './source-meter.ts';

/** How the line to any of these instruments is set, but for its pace. */
export const plainLine: Omit<LineSettings, 'baudRate'> = {
  dataBits: 8,
  parity: 'none',
  stopBits: 1,
  flowControl: 'none',
};

/** The pace that the source-measure units leave the factory with. */
export const factoryBaudRate = 9600;

/** A driver for the source-measure unit on a line. */
export function createSourceMeter(stream: ByteStream, clock: Clock, settings: SourceSettings): SourceMeter {
  const { kind, answer } = settings;
  return kind === 'keithley-2400'
    ? new Keithley2400(createLink(stream, clock, kind, answer, scpiAbort), settings)
    : new Keithley2600(createLink(stream, clock, kind, answer, scriptAbort), settings);
}

/** What such an instrument can do. */
export function sourceLimits(settings: SourceSettings): SourceLimits {
  return settings.kind === 'keithley-2400' ? limits2400(settings) : limits2600(settings);
}

/** A conversation with an instrument that speaks SCPI, or a script language. */
export function createLink(
  stream: ByteStream,
  clock: Clock,
  name: string,
  answer: Seconds,
  abort: string = scpiAbort,
): InstrumentLink {
  return new InstrumentLink(stream, { name, clock, answer, abort });
}
