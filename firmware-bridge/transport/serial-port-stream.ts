import { SerialPort } from 'serialport';
import { TransportError } from '../../src/errors.ts';
import { BufferedStream, type StreamOptions } from './buffered-stream.ts';
import type { LineSettings } from './line-settings.ts';

/** Longest that opening or closing may take, seconds. */
const openTimeout = 5;

/** A serial port, locked for this process. It is never opened again: a new connection is a new object. */
export class SerialPortStream extends BufferedStream {
  readonly #port: SerialPort;
  readonly #closed: Promise<void>;

  private constructor(port: SerialPort, options: StreamOptions) {
    super(port.path, options);
    this.#port = port;
    // Without a listener for data the end of the line goes unnoticed; without one for errors the process dies.
    port.on('data', (bytes: Uint8Array) => this.receive(bytes));
    port.on('error', (error: Error) => this.end(lost(port.path, error)));
    this.#closed = new Promise((resolve) => {
      port.once('close', (error: Error | null) => {
        this.end(lost(port.path, error));
        resolve();
      });
    });
  }

  /**
   * Open a serial port.
   *
   * @throws TransportError when it is missing, busy or not ours to open
   * @example
   * const stream = await SerialPortStream.open('/dev/ttyACM0', settings, { clock: systemClock });
   */
  static async open(path: string, settings: LineSettings, options: StreamOptions): Promise<SerialPortStream> {
    const port = new SerialPort({
      path,
      baudRate: settings.baudRate,
      dataBits: settings.dataBits,
      parity: settings.parity,
      stopBits: settings.stopBits,
      rtscts: settings.flowControl === 'rts-cts',
      xon: settings.flowControl === 'xon-xoff',
      xoff: settings.flowControl === 'xon-xoff',
      lock: true,
      autoOpen: false,
    });
    const stream = new SerialPortStream(port, options);
    await answered(
      options,
      (done) => port.open(done),
      (error) => openError(path, error),
    );
    await stream.#prepare(settings, options);
    return stream;
  }

  /** A pseudo-terminal has no modem lines and need not support a flush; both are then left out. */
  async #prepare({ modemLines }: LineSettings, options: StreamOptions): Promise<void> {
    if (modemLines !== undefined) {
      await new Promise<void>((resolve) => this.#port.set(modemLines, () => resolve()));
    }
    await answered(
      options,
      (done) => this.#port.flush(() => done(null)),
      (error) => openError(this.name, error),
    );
    this.discard();
  }

  protected send(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#port.write(Buffer.from(bytes), (error) => {
        if (error) {
          const reason = lost(this.name, error);
          this.end(reason);
          reject(reason);
        } else {
          resolve();
        }
      });
    });
  }

  protected async release(): Promise<void> {
    if (this.#port.isOpen) {
      this.#port.close();
      await this.#closed;
    }
  }
}

/** Call something that reports to a callback, with a deadline. */
function answered(
  { clock }: StreamOptions,
  start: (done: (error: Error | null) => void) => void,
  describe: (error: Error) => TransportError,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(openTimeout, () => reject(describe(new Error('the system did not answer'))));
    start((error) => {
      cancel();
      if (error === null || error === undefined) {
        resolve();
      } else {
        reject(describe(error));
      }
    });
  });
}

function lost(path: string, error: Error | null): TransportError {
  const disconnected = error !== null && error !== undefined;
  return new TransportError(
    disconnected ? 'unplugged' : 'closed',
    disconnected ? `${path}: the line was lost: ${error.message}` : `${path}: the port was closed`,
    {
      ...(disconnected
        ? { hint: 'Is the cable plugged in? Connect again: a lost line is never used further.' }
        : {}),
      cause: error,
    },
  );
}

/** What the texts of the system mean, and what to do. */
const openFailures = [
  {
    pattern: /No such file|cannot find|File not found/iu,
    code: 'port-missing',
    text: 'there is no such port',
    hint: 'ohmloom ports lists the ports; is the board plugged in?',
  },
  {
    pattern: /lock|busy|temporarily unavailable/iu,
    code: 'port-busy',
    text: 'another program uses the port',
    hint: 'Close the other program: one controller takes orders from one program.',
  },
  {
    pattern: /permission|access denied/iu,
    code: 'port-permission',
    text: 'no permission to open the port',
    hint: 'On Linux add yourself to the group that owns the port, often dialout.',
  },
] as const;

function openError(path: string, error: Error): TransportError {
  const known = openFailures.find(({ pattern }) => pattern.test(error.message));
  return new TransportError(known?.code ?? 'port-open', `${path}: ${known?.text ?? error.message}`, {
    hint: known?.hint ?? 'Is this a serial port?',
    details: { path, system: error.message },
    cause: error,
  });
}
