import { ControllerError, ScheduleError, TransportError } from '../src/errors.ts';
import { ArmedProgram, requireArmed } from '../src/run/armed-program.ts';
import type {
  Backend,
  Capabilities,
  CheckedProgram,
  ExpandedStep,
  OperationResult,
  PulseResult,
  ReadResult,
} from '../src/run/backend.ts';
import { roundOperation } from '../src/schedule/round-operation.ts';
import type { FrameOperation, Operation, PulseOperation, ReadOperation } from '../src/schedule/operation.ts';
import type { Board, BoardAct } from './board.ts';
import type { BoardOptions } from './controller.ts';
import { outputsUnknown } from './outputs-unknown.ts';
import { requirePermittedArray, type ArraySettings } from './permitted-array.ts';
import { Rest } from './transport/rest.ts';

export type BoardBackendOptions = Pick<BoardOptions, 'clock' | 'geometry' | 'driver' | 'permission'>;

/** What all boards do alike: admission, one act at a time, the safe state on every way out. */
export class BoardBackend implements Backend {
  readonly name: string;
  readonly #board: Board;
  readonly #options: BoardBackendOptions;
  readonly #array: ArraySettings;
  readonly #capabilities: Capabilities;
  #armed: ArmedProgram | undefined;
  #acting: Promise<unknown> | null = null;
  readonly #rest: Rest;
  /** What ended the session: after a fault nothing is known of the board but what `makeSafe` finds. */
  #fault: Error | null = null;

  constructor(board: Board, options: BoardBackendOptions, array: ArraySettings) {
    const { geometry, driver } = options;
    this.name = board.name;
    this.#board = board;
    this.#options = options;
    this.#array = array;
    this.#rest = new Rest(options.clock);
    this.#capabilities = { controller: board.name, geometry, driver, policies: [], simulated: false };
  }

  capabilities(): Capabilities {
    return this.#capabilities;
  }

  async open(): Promise<void> {
    this.#fault = null;
    await this.#once(() => this.#board.open());
  }

  async arm(program: CheckedProgram): Promise<void> {
    this.#armed = undefined;
    const { driver, geometry, permission } = this.#options;
    const armed = new ArmedProgram(program, driver, geometry, this.name);
    const { safeOperatingArea, schedule } = armed;
    requirePermittedArray(this.name, this.#array, safeOperatingArea, permission);
    for (const [index, operation] of schedule.operations.entries()) {
      for (const act of actsOf(roundOperation(operation, driver))) {
        atOperation(index, () => this.#board.requireAct(act));
      }
    }
    await this.#once(() => this.#board.prepare(safeOperatingArea));
    this.#armed = armed;
  }

  execute(index: number): Promise<OperationResult> {
    return this.#once(() => {
      const armed = requireArmed(this.#armed, this.name);
      if (armed.schedule.operations[index]?.kind === 'programVerify') {
        throw new ScheduleError(
          'controller-operation',
          `operation ${index}: ${this.name} runs no write-verify loops by itself; the engine does`,
        );
      }
      return this.#act(armed.admit(index));
    });
  }

  executeStep(index: number, step: ExpandedStep): Promise<PulseResult | ReadResult> {
    return this.#once<PulseResult | ReadResult>(() => {
      const held = requireArmed(this.#armed, this.name).admitStep(index, step);
      return held.kind === 'pulse' ? this.#pulse(held) : this.#read(held);
    });
  }

  async safe(): Promise<void> {
    this.#armed = undefined;
    if (this.#acting !== null) {
      const reason = new ControllerError('stopped', `${this.name}: stopped while it was at work`);
      this.#rest.interrupt(reason);
      this.#board.interrupt(reason);
      // Whoever asked for the act is told; here it only must be over.
      await this.#acting.catch(() => undefined);
    }
    try {
      await this.#board.makeSafe();
    } catch (cause) {
      throw outputsUnknown(this.#fault ?? cause, cause);
    }
  }

  async close(): Promise<void> {
    try {
      await this.safe();
    } finally {
      await this.#board.close();
    }
  }

  async #act(held: Operation): Promise<OperationResult> {
    switch (held.kind) {
      case 'pulse':
        return this.#pulse(held);
      case 'read':
        return this.#read(held);
      case 'frame':
        return this.#sense(held);
      case 'wait':
        // Between acts all lines rest at 0 V, so that a wait is only time.
        await this.#rest.take(held.seconds);
        return { kind: 'wait', cost: { seconds: held.seconds, joules: 0, coulombs: 0 } };
      case 'programVerify':
        throw new ScheduleError('controller-operation', `${this.name}: has no programVerify`);
    }
  }

  async #pulse(held: PulseOperation): Promise<PulseResult> {
    this.#board.requireAct(held);
    const { volts, width } = held;
    return { kind: 'pulse', volts, width, ...(await this.#board.pulse(held)) };
  }

  async #read(held: ReadOperation): Promise<ReadResult> {
    this.#board.requireAct(held);
    const { volts, width } = held;
    return { kind: 'read', volts, width, ...(await this.#board.read(held)) };
  }

  async #sense(held: FrameOperation): Promise<OperationResult> {
    this.#board.requireAct(held);
    if (this.#board.sense === undefined) {
      throw new ScheduleError('controller-operation', `${this.name}: has no frames`);
    }
    return { kind: 'frame', ...(await this.#board.sense(held)) };
  }

  /** Do one thing at a time, and nothing after a fault. What the gate or the board refuses beforehand is no fault. */
  async #once<Result>(act: () => Promise<Result>): Promise<Result> {
    if (this.#fault !== null) {
      throw new TransportError(
        'session-ended',
        `${this.name}: the session has ended: ${this.#fault.message}`,
        {
          hint: 'Open the backend again: what a fault leaves behind is not built upon.',
          cause: this.#fault,
        },
      );
    }
    if (this.#acting !== null) {
      throw new ScheduleError('two-acts', `${this.name}: asked for an act while another is under way`);
    }
    try {
      const running = act();
      this.#acting = running;
      return await running;
    } catch (error) {
      if (!(error instanceof ScheduleError)) {
        this.#fault ??= error as Error;
      }
      throw error;
    } finally {
      this.#acting = null;
    }
  }
}

/** Everything that an operation may ask of the board. */
function actsOf(held: Operation): BoardAct[] {
  switch (held.kind) {
    case 'wait':
      return [];
    case 'pulse':
    case 'read':
    case 'frame':
      return [held];
    case 'programVerify': {
      const { cells, read, bias, envelope } = held;
      return cells.flatMap((cell) => [
        { kind: 'read', cells: [cell], ...read } as const,
        ...envelope.pulses.map((pulse) => ({ kind: 'pulse', cell, ...pulse, bias }) as const),
      ]);
    }
  }
}

/** Say which operation it was. */
function atOperation(index: number, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (error instanceof ScheduleError) {
      const { code, message, hint, details } = error;
      throw new ScheduleError(code, `operation ${index}: ${message}`, {
        ...(hint === undefined ? {} : { hint }),
        details: { ...details, operation: index },
        cause: error,
      });
    }
    throw error;
  }
}
