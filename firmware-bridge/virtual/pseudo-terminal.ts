import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, constants, existsSync, lstatSync, openSync, unlinkSync } from 'node:fs';
import { ToolError, UsageError } from '../../src/errors.ts';
import type { VirtualBoard } from './virtual-board.ts';

/** Longest wait for the terminal to appear, milliseconds, and the rest between two looks. */
const patience = { total: 5000, step: 5 };

/** A pseudo-terminal under a path, with a virtual board behind it. Any program can open the path as a serial port. */
export class PseudoTerminal {
  readonly link: string;
  readonly #child: ChildProcess;
  readonly #exit: Promise<void>;
  /** Held open so that the terminal outlives the programs that come and go. */
  readonly #keeper: number;
  #closing = false;

  private constructor(link: string, child: ChildProcess, keeper: number) {
    this.link = link;
    this.#child = child;
    this.#keeper = keeper;
    this.#exit = new Promise((resolve) => {
      if (child.exitCode === null && child.signalCode === null) {
        child.once('exit', () => resolve());
      } else {
        resolve();
      }
    });
  }

  /**
   * Open a pseudo-terminal and put a board behind it.
   *
   * @param link - path to make; a link that a killed process left behind is replaced
   * @throws ToolError when socat, which makes the terminal, is missing or fails
   * @throws UsageError when something else stands at the path
   */
  static async open(board: VirtualBoard, link: string): Promise<PseudoTerminal> {
    if (!freePath(link)) {
      throw new UsageError(
        'link-taken',
        `${link}: found something there already, expected a free path for the terminal`,
      );
    }
    const child = spawn('socat', [`pty,raw,echo=0,link=${link}`, 'stdio'], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const failure = watch(child);
    try {
      await waitForLink(link, failure);
    } catch (error) {
      child.kill('SIGTERM');
      throw error;
    }
    const terminal = new PseudoTerminal(
      link,
      child,
      openSync(link, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK),
    );
    board.attach((bytes) => void child.stdin.write(bytes));
    child.stdout.on('data', (bytes: Uint8Array) => board.receive(bytes));
    return terminal;
  }

  /** Resolves when the terminal is gone, after `close` or because its process was killed. */
  get gone(): Promise<void> {
    return this.#exit;
  }

  /** Take the terminal and its link away. Calling it twice is harmless. */
  async close(): Promise<void> {
    if (!this.#closing) {
      this.#closing = true;
      closeSync(this.#keeper);
      this.#child.kill('SIGTERM');
    }
    await this.#exit;
    freePath(this.link);
  }
}

interface Failure {
  error: Error | null;
  text: string;
}

function watch(child: ChildProcess): Failure {
  const failure: Failure = { error: null, text: '' };
  child.on('error', (error) => (failure.error = error));
  child.stderr?.on(
    'data',
    (text: Uint8Array) => (failure.text = `${failure.text}${String(text)}`.slice(-1000)),
  );
  child.on('exit', (code) => (failure.error ??= new Error(`socat ended with code ${code}`)));
  // A board may still answer when the terminal is gone already.
  child.stdin?.on('error', () => {});
  return failure;
}

async function waitForLink(link: string, failure: Failure): Promise<void> {
  for (let waited = 0; !existsSync(link); waited += patience.step) {
    if (failure.error !== null || waited >= patience.total) {
      throw socatError(link, failure);
    }
    await new Promise((resolve) => setTimeout(resolve, patience.step));
  }
}

function socatError(link: string, { error, text }: Failure): ToolError {
  const missing = error !== null && 'code' in error && error.code === 'ENOENT';
  return new ToolError(
    missing ? 'tool-missing' : 'tool-failed',
    missing
      ? 'socat was not found; it makes the pseudo-terminal of a virtual controller'
      : `socat made no pseudo-terminal at ${link}: ${text.trim() || (error?.message ?? 'it did not answer')}`,
    { hint: 'On Debian and Ubuntu: apt-get install socat.', details: { tool: 'socat', link }, cause: error },
  );
}

/** Remove a link without a terminal behind it, as a killed process leaves it; false when something else is there. */
function freePath(link: string): boolean {
  const status = lstatSync(link, { throwIfNoEntry: false });
  if (status?.isSymbolicLink() === true && !existsSync(link)) {
    unlinkSync(link);
    return true;
  }
  return status === undefined;
}
