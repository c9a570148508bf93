import { ConfigError } from '../src/errors.ts';
import type { ByteStream } from './transport/byte-stream.ts';
import type { Clock } from './transport/clock.ts';
import type { LineSettings } from './transport/line-settings.ts';
import { SerialPortStream } from './transport/serial-port-stream.ts';

/**
 * Open the line to the second instrument of a bench; the first is on the port that the user named for the controller.
 *
 * @param where - path of the port in the configuration
 * @throws ConfigError when no port is named
 * @throws TransportError when it cannot be opened
 */
export async function openSecondPort(
  port: string | undefined,
  where: string,
  line: LineSettings,
  clock: Clock,
): Promise<ByteStream> {
  if (port === undefined) {
    throw new ConfigError('second-port', `${where} is missing: the bench has two instruments on two ports`);
  }
  return SerialPortStream.open(port, line, { clock });
}
