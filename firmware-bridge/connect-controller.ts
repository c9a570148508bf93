import type { Backend } from '../src/run/backend.ts';
import type { BoardOptions, Controller, ControllerSettings } from './controller.ts';
import type { ByteStream } from './transport/byte-stream.ts';
import { hurriedClock, systemClock } from './transport/clock.ts';
import { SerialPortStream } from './transport/serial-port-stream.ts';
import { TraceFile } from './transport/trace-file.ts';
import type { TraceReplayStream } from './transport/trace-replay-stream.ts';

/** The part of a backend's options that does not depend on the line. */
export type ArrayOptions = Omit<BoardOptions, 'connect' | 'clock'>;

/** A backend on an open port. */
export interface BoardConnection {
  readonly backend: Backend;
  /** Close the backend, and the port even if the backend was never opened. Calling it twice is harmless. */
  close(): Promise<void>;
}

/**
 * Open a serial port and put the driver of a controller in front of it. The port is opened at once, so that a wrong
 * one is found out before anything else is done.
 *
 * @param trace - file to keep every byte in, both ways
 * @throws TransportError when the port cannot be opened
 * @throws ConfigError for settings that the controller does not have
 */
export async function connectController(
  controller: Controller,
  port: string,
  options: ArrayOptions,
  settings: ControllerSettings,
  trace?: string,
): Promise<BoardConnection> {
  const stream = await openPort(controller, port, trace);
  const connect = async (): Promise<ByteStream> =>
    stream.ended === null ? stream : openPort(controller, port);
  try {
    const backend = controller.createBackend({ ...options, connect, clock: systemClock }, settings);
    const close = async (): Promise<void> => {
      try {
        await backend.close();
      } finally {
        await stream.close();
      }
    };
    return { backend, close };
  } catch (error) {
    await stream.close();
    throw error;
  }
}

/**
 * Put the driver of a controller in front of a trace. It does not wait.
 *
 * @throws ConfigError for settings that the controller does not have
 */
export function replayController(
  controller: Controller,
  stream: TraceReplayStream,
  options: ArrayOptions,
  settings: ControllerSettings,
): Backend {
  return controller.createBackend({ ...options, connect: async () => stream, clock: hurriedClock }, settings);
}

async function openPort(controller: Controller, port: string, trace?: string): Promise<ByteStream> {
  const clock = systemClock;
  if (trace === undefined) {
    return SerialPortStream.open(port, controller.line, { clock });
  }
  const tap = TraceFile.create(trace, controller.name, port, clock);
  try {
    return await SerialPortStream.open(port, controller.line, { clock, tap });
  } catch (error) {
    tap.ended(error as Error);
    throw error;
  }
}
