import type { Backend } from '../src/run/backend.ts';
import { ConfigError } from '../src/errors.ts';
import type { BesideLine, BoardOptions, Controller, ControllerSettings } from './controller.ts';
import type { ByteStream } from './transport/byte-stream.ts';
import { hurriedClock, systemClock } from './transport/clock.ts';
import { SerialPortStream } from './transport/serial-port-stream.ts';
import { TraceFile } from './transport/trace-file.ts';
import type { LineSettings } from './transport/line-settings.ts';
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
 * @param trace - file to keep every byte in, both ways; that of an instrument beside ends in its name
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
  const { name, line } = controller;
  const stream = await openPort(name, port, line, trace);
  const connect = async (beside?: BesideLine): Promise<ByteStream> => {
    if (beside !== undefined) {
      return openBeside(name, beside, trace);
    }
    return stream.ended === null ? stream : openPort(name, port, line);
  };
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
 * @param streamOf - the trace of the controller's line, or that of an instrument beside it, by its name
 * @throws ConfigError for settings that the controller does not have
 */
export function replayController(
  controller: Controller,
  streamOf: (beside: string | undefined) => TraceReplayStream,
  options: ArrayOptions,
  settings: ControllerSettings,
): Backend {
  const connect = async (beside?: BesideLine): Promise<ByteStream> => streamOf(beside?.name);
  return controller.createBackend({ ...options, connect, clock: hurriedClock }, settings);
}

function openBeside(
  controller: string,
  { name, port, line }: BesideLine,
  trace: string | undefined,
): Promise<ByteStream> {
  if (port === undefined) {
    throw new ConfigError(
      'second-port',
      `controller.board.${name}.port is missing: the bench has two instruments on two ports`,
    );
  }
  return openPort(`${controller}, ${name}`, port, line, trace === undefined ? undefined : `${trace}.${name}`);
}

async function openPort(name: string, port: string, line: LineSettings, trace?: string): Promise<ByteStream> {
  const clock = systemClock;
  if (trace === undefined) {
    return SerialPortStream.open(port, line, { clock });
  }
  const tap = TraceFile.create(trace, name, port, clock);
  try {
    return await SerialPortStream.open(port, line, { clock, tap });
  } catch (error) {
    tap.ended(error as Error);
    throw error;
  }
}
