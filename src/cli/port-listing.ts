import { controllerTable } from '../../firmware-bridge/controller-table.ts';
import { systemClock } from '../../firmware-bridge/transport/clock.ts';
import { listPorts, type PortDescription } from '../../firmware-bridge/transport/list-ports.ts';
import { SerialPortStream } from '../../firmware-bridge/transport/serial-port-stream.ts';
import { TransportError } from '../errors.ts';
import { textTable } from './text-table.ts';

/** List ports and, with `probe`, what answers on each. */
export async function describePorts(named: readonly string[], probe: boolean) {
  const { ports, problem } =
    named.length === 0 ? await listPorts() : { ports: named.map(toPort), problem: null };
  const found: (PortDescription & { answer: string | null })[] = [];
  for (const port of ports) {
    found.push({ ...port, answer: probe ? await identify(port.path) : null });
  }
  return { document: { ports: found, problem }, text: describe(found, problem, probe) };
}

function toPort(path: string): PortDescription {
  return { path };
}

/** What a port says to the questions of all controllers, one after the other; each asks what changes nothing. */
async function identify(path: string): Promise<string> {
  for (const load of Object.values(controllerTable)) {
    const controller = await load();
    try {
      const stream = await SerialPortStream.open(path, controller.line, { clock: systemClock });
      try {
        const answer = await controller.identify(stream, systemClock);
        if (answer !== null) {
          return `${controller.name}: ${answer}`;
        }
      } finally {
        await stream.close();
      }
    } catch (error) {
      if (!(error instanceof TransportError)) {
        throw error;
      }
      return error.message.replace(`${path}: `, '');
    }
  }
  return 'no controller that ohmloom knows answers';
}

function describe(
  ports: readonly (PortDescription & { answer: string | null })[],
  problem: string | null,
  probe: boolean,
): string {
  if (problem !== null) {
    return `the system cannot list its ports (${problem}); name them: ohmloom ports /dev/ttyACM0`;
  }
  if (ports.length === 0) {
    return 'no serial ports; a pseudo-terminal can be named: ohmloom ports ./arc';
  }
  const rows = ports.map(({ path, manufacturer, serialNumber, answer }) => [
    path,
    manufacturer ?? '-',
    serialNumber ?? '-',
    ...(probe ? [answer ?? ''] : []),
  ]);
  return textTable(['port', 'made by', 'serial number', ...(probe ? ['what answers'] : [])], rows);
}
