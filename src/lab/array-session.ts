import { cellAt, cellIndex, type Cell } from '../array/geometry.ts';
import { ScheduleError } from '../errors.ts';
import { isWithinTolerance, type Verdict } from '../programming/policy.ts';
import { bindPolicy, type BoundPolicy } from '../programming/policy-table.ts';
import type { CellResult, Cost, TraceStep } from '../run/backend.ts';
import { addCost, noCost } from '../run/cost.ts';
import { cellTask } from '../run/device-knowledge.ts';
import { runArmed, type EngineOptions, type RunStatus } from '../run/engine.ts';
import { EventTurns } from '../run/event-turns.ts';
import { expandCell } from '../run/expand-program-verify.ts';
import { operationDigest } from '../schedule/digest.ts';
import type { ProgramVerifyOperation, PulseEnvelope } from '../schedule/operation.ts';
import type { Seconds, Siemens } from '../units.ts';

/** What one operation of a session did to one cell. */
interface CellHistory {
  readonly before: Siemens;
  target: Siemens;
  conductance: Siemens;
  reads: number;
  outcome: Verdict;
  readonly trace: TraceStep[];
}

/**
 * Programs an array update by update, as training on it needs, inside one certified program of `planSession`. What is
 * certified is the envelope: which pulses, how many a cell, under which bias. The targets of its operations are wishes
 * that move from update to update; every step passes the backend's gate, and each operation leaves one event with all
 * the pulses that it made.
 */
export class ArraySession {
  readonly #engine: EngineOptions;
  readonly #updatesPerOperation: number;
  readonly #turns = new EventTurns();
  readonly #history = new Map<number, CellHistory>();
  #policy: BoundPolicy | undefined;
  #updateEnvelope: PulseEnvelope | undefined;
  #position = 0;
  #updates = 0;
  #at: Seconds = 0;
  #cost: Cost = noCost;

  constructor(engine: EngineOptions, updatesPerOperation: number) {
    this.#engine = engine;
    this.#updatesPerOperation = updatesPerOperation;
  }

  /** Whether the user has asked for an end: then no more update is to be made. */
  get interrupted(): boolean {
    return this.#engine.control.pauseRequested;
  }

  /**
   * Read every cell, before the first update, and judge each by the target that the program was planned with.
   *
   * @param conductances - [wordLines x bitLines], receives siemens
   */
  async read(conductances: Float64Array): Promise<void> {
    const operation = this.#operation();
    await this.#read(operation, operation.cells, conductances);
    const { geometry } = this.#engine.program.schedule;
    for (const [position, cell] of operation.cells.entries()) {
      const index = cellIndex(geometry, cell);
      const task = cellTask(this.#engine.device, operation, position);
      const history = this.#historyOf(index, conductances[index]!, task.target);
      history.reads += 1;
      history.outcome = isWithinTolerance(task, conductances[index]!) ? 'converged' : 'gave-up';
    }
  }

  /**
   * Read cells and bring them towards targets by the policy's write-verify loop.
   *
   * @param targets - [wordLines x bitLines], siemens; NaN where nothing is asked of a cell
   * @param conductances - [wordLines x bitLines], receives the last reading of every cell that was asked
   * @throws ScheduleError when the program has no operation left
   * @throws SafetyStop when an answer crosses a limit
   */
  async update(targets: Float64Array, conductances: Float64Array): Promise<void> {
    if (this.#updates > 0 && this.#updates % this.#updatesPerOperation === 0) {
      this.flush();
      this.#position += 1;
    }
    this.#updates += 1;
    const operation = this.#operation();
    const { geometry } = this.#engine.program.schedule;
    const asked = operation.cells.filter((cell) => !Number.isNaN(targets[cellIndex(geometry, cell)]!));
    await this.#read(operation, asked, conductances);
    const wished: ProgramVerifyOperation = {
      ...operation,
      cells: asked,
      targets: asked.map((cell) => targets[cellIndex(geometry, cell)]!),
      envelope: this.#updateEnvelope!,
    };
    for (const [position, cell] of asked.entries()) {
      const index = cellIndex(geometry, cell);
      conductances[index] = await this.#approach(wished, position, index, conductances[index]!);
    }
    await this.#turns.takeIfDue();
  }

  /** Write down what was done since the last event; a session calls it at its end. */
  flush(): void {
    if (this.#history.size === 0) {
      return;
    }
    const { program, journal, onOperation } = this.#engine;
    const { geometry, operations } = program.schedule;
    const cells = Array.from(this.#history, ([index, history]): CellResult => ({
      cell: cellAt(geometry, index),
      ...history,
    }));
    const event = {
      operation: this.#position,
      digest: operationDigest(operations[this.#position]!),
      at: this.#at,
      result: { kind: 'programVerify', cells, cost: this.#cost },
    } as const;
    journal.append(event);
    onOperation?.(event);
    this.#at += this.#cost.seconds;
    this.#cost = noCost;
    this.#history.clear();
  }

  #operation(): ProgramVerifyOperation {
    const { operations } = this.#engine.program.schedule;
    const operation = operations[this.#position];
    if (operation?.kind !== 'programVerify') {
      throw new ScheduleError(
        'session-end',
        `session: update ${this.#updates} has no operation; the certified program allows ${operations.length * this.#updatesPerOperation} updates`,
      );
    }
    this.#policy ??= bindPolicy(operation.policy);
    this.#updateEnvelope ??= this.#policy.envelope(this.#engine.device.setPolarity);
    return operation;
  }

  async #read(
    { read }: ProgramVerifyOperation,
    cells: readonly Cell[],
    conductances: Float64Array,
  ): Promise<void> {
    if (cells.length === 0) {
      return;
    }
    const { backend, program } = this.#engine;
    const result = await backend.executeStep(this.#position, { kind: 'read', cells, ...read });
    this.#cost = addCost(this.#cost, result.cost);
    for (const { cell, conductance } of result.kind === 'read' ? result.readings : []) {
      conductances[cellIndex(program.schedule.geometry, cell)] = conductance;
    }
  }

  async #approach(
    wished: ProgramVerifyOperation,
    position: number,
    index: number,
    known: Siemens,
  ): Promise<Siemens> {
    const { backend, program, device } = this.#engine;
    const task = cellTask(device, wished, position);
    const history = this.#historyOf(index, known, task.target);
    history.reads += 1;
    history.conductance = known;
    // Every policy calls a cell converged that its first read finds within the tolerance: most updates end here.
    if (isWithinTolerance(task, known)) {
      history.outcome = 'converged';
      return known;
    }
    const options = { backend, program, device, index: this.#position, operation: wished };
    const { result, cost } = await expandCell(options, this.#policy!, position, known);
    this.#cost = addCost(this.#cost, cost);
    history.reads += result.reads - 1;
    history.trace.push(...result.trace);
    history.outcome = result.outcome;
    history.conductance = result.conductance;
    return result.conductance;
  }

  #historyOf(index: number, before: Siemens, target: Siemens): CellHistory {
    const known = this.#history.get(index);
    if (known !== undefined) {
      known.target = target;
      return known;
    }
    const fresh: CellHistory = {
      before,
      target,
      conductance: before,
      reads: 0,
      outcome: 'converged',
      trace: [],
    };
    this.#history.set(index, fresh);
    return fresh;
  }
}

/**
 * Run a session on the engine's backend: open, arm, steer, and leave the outputs safe whatever happened.
 *
 * @param steer - makes the updates; it ends early when the session was interrupted
 */
export function runSession(
  engine: EngineOptions,
  updatesPerOperation: number,
  steer: (session: ArraySession) => Promise<void>,
): Promise<RunStatus> {
  return runArmed(engine, async () => {
    const session = new ArraySession(engine, updatesPerOperation);
    try {
      await steer(session);
    } finally {
      session.flush();
    }
    return session.interrupted ? 'interrupted' : 'done';
  });
}
