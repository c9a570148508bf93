import { ScheduleError } from '../../src/errors.ts';
import { ArmedProgram, requireArmed } from '../../src/run/armed-program.ts';
import type {
  Backend,
  Capabilities,
  CellResult,
  CheckedProgram,
  Cost,
  ExpandedStep,
  OperationResult,
  ProgramVerifyResult,
  PulseReadResult,
  PulseResult,
  ReadResult,
} from '../../src/run/backend.ts';
import { cellTask } from '../../src/run/device-knowledge.ts';
import { expandProgramVerify } from '../../src/run/expand-program-verify.ts';
import type { ProgramVerifyOperation, PulseOperation, ReadOperation } from '../../src/schedule/operation.ts';
import type { Ohms, Seconds } from '../../src/units.ts';
import { requireBoardLimits } from '../board-limits.ts';
import type { BoardOptions } from '../controller.ts';
import { requirePermittedArray } from '../permitted-array.ts';
import { Rest } from '../transport/rest.ts';
import { toConductance } from './address.ts';
import { instrumentLimits, requireBoardCan } from './backend-suitability.ts';
import { biasCode, boardBias } from './bias-code.ts';
import { BoardSession, stopped } from './board-session.ts';
import { convergeCell, convergePlan, type ConvergePlan } from './converge-on-board.ts';
import { pulseAndRead, pulseCell } from './pulse-cell.ts';
import { readCell } from './read-cells.ts';
import type { ArcOneSettings } from './settings.ts';

const convergeName = 'converge-to-state';

/** Drives an ArC ONE. */
export class ArcOneBackend implements Backend {
  readonly name = 'arc-one';
  readonly #options: BoardOptions;
  readonly #settings: ArcOneSettings;
  readonly #session: BoardSession;
  readonly #capabilities: Capabilities;
  #armed: ArmedProgram | undefined;
  #program: CheckedProgram | undefined;
  /** Acts under way. */
  #acting = 0;
  readonly #rest: Rest;

  /** @throws ConfigError for an array or a driver grid that the instrument does not have */
  constructor(options: BoardOptions, settings: ArcOneSettings) {
    const { geometry, driver } = options;
    requireBoardLimits(this.name, instrumentLimits(settings), geometry, driver);
    this.#options = options;
    this.#settings = settings;
    this.#session = new BoardSession(options, settings);
    this.#rest = new Rest(options.clock);
    this.#capabilities = {
      controller: this.name,
      geometry,
      driver,
      policies: settings.convergeOnBoard ? [convergeName] : [],
      simulated: false,
    };
  }

  capabilities(): Capabilities {
    return this.#capabilities;
  }

  async open(): Promise<void> {
    await this.#session.connect();
    await this.#session.start();
  }

  async arm(program: CheckedProgram): Promise<void> {
    this.#disarm();
    const { driver, geometry, permission } = this.#options;
    const armed = new ArmedProgram(program, driver, geometry, this.name);
    requirePermittedArray(this.name, this.#settings, armed.safeOperatingArea, permission);
    requireBoardCan(armed.schedule, driver, this.#settings);
    if (!this.#session.started) {
      await this.#session.start();
    }
    this.#armed = armed;
    this.#program = { ...program, schedule: armed.schedule };
  }

  execute(index: number): Promise<OperationResult> {
    return this.#act(() => this.#execute(index));
  }

  executeStep(index: number, step: ExpandedStep): Promise<PulseResult | ReadResult> {
    return this.#act(async () => {
      const held = requireArmed(this.#armed, this.name).admitStep(index, step);
      return held.kind === 'pulse' ? this.#pulse(held) : this.#read(held);
    });
  }

  executePulseRead(index: number, pulse: PulseOperation, read: ReadOperation): Promise<PulseReadResult> {
    return this.#act(() => this.#pulseRead(index, pulse, read));
  }

  async #act<Result>(act: () => Promise<Result>): Promise<Result> {
    this.#acting++;
    try {
      return await act();
    } finally {
      this.#acting--;
    }
  }

  async #execute(index: number): Promise<OperationResult> {
    const armed = requireArmed(this.#armed, this.name);
    const asked = armed.schedule.operations[index];
    if (asked?.kind === 'programVerify') {
      return this.#programVerify(armed, index, asked);
    }
    const held = armed.admit(index);
    switch (held.kind) {
      case 'pulse':
        return this.#pulse(held);
      case 'read':
        return this.#read(held);
      case 'wait':
        // Between acts all lines rest at 0 V, so that a wait is only time.
        await this.#rest.take(held.seconds);
        return { kind: 'wait', cost: this.#cost(held.seconds, 1) };
      case 'frame':
      case 'programVerify':
        throw new ScheduleError('controller-operation', `operation ${index}: arc-one has no ${held.kind}`);
    }
  }

  /** One exchange with the board where both go with the same lines: its answer proves that the pulse was made. */
  async #pulseRead(index: number, pulse: PulseOperation, read: ReadOperation): Promise<PulseReadResult> {
    const armed = requireArmed(this.#armed, this.name);
    const heldPulse = armed.admitStep(index, pulse);
    const heldRead = armed.admitStep(index, read);
    const { cell, volts, width } = heldPulse;
    const { third } = this.#settings;
    const [only] = heldRead.cells;
    const together =
      heldRead.cells.length === 1 &&
      only?.word === cell.word &&
      only.bit === cell.bit &&
      biasCode(heldPulse.bias, third) === biasCode(heldRead.bias, third);
    if (!together) {
      return { pulse: await this.#pulse(heldPulse), read: await this.#read(heldRead) };
    }
    const { link } = await this.#session.prepare(biasCode(heldRead.bias, third), heldRead.volts);
    const ohms = await pulseAndRead(link, cell, volts, width);
    return {
      pulse: { kind: 'pulse', volts, width, cost: this.#cost(width, 1) },
      read: this.#readResult(heldRead, [ohms]),
    };
  }

  /** @throws TransportError when the board cannot be reached or does not say that it is ready */
  async safe(): Promise<void> {
    this.#disarm();
    this.#rest.interrupt(stopped());
    await this.#session.reset(this.#acting > 0);
  }

  async close(): Promise<void> {
    try {
      await this.safe();
    } finally {
      await this.#session.close();
    }
  }

  #disarm(): void {
    this.#armed = undefined;
    this.#program = undefined;
  }

  async #pulse({ cell, volts, width, bias }: PulseOperation): Promise<PulseResult> {
    const { link, version } = await this.#session.prepare(biasCode(bias, this.#settings.third), null);
    if (version === null) {
      throw new ScheduleError(
        'controller-operation',
        'arc-one: firmware without a version cannot confirm a pulse that is not followed by a read',
      );
    }
    await pulseCell(link, cell, volts, width, version);
    return { kind: 'pulse', volts, width, cost: this.#cost(width, 1) };
  }

  async #read(read: ReadOperation): Promise<ReadResult> {
    const { link } = await this.#session.prepare(biasCode(read.bias, this.#settings.third), read.volts);
    const found: Ohms[] = [];
    for (const cell of read.cells) {
      found.push(await readCell(link, cell));
    }
    return this.#readResult(read, found);
  }

  #readResult({ cells, volts, width }: ReadOperation, found: readonly Ohms[]): ReadResult {
    const readings = cells.map((cell, position) => ({
      cell,
      conductance: toConductance(found[position] ?? Number.NaN),
    }));
    return { kind: 'read', volts, width, readings, cost: this.#cost(width * cells.length, cells.length) };
  }

  async #programVerify(
    armed: ArmedProgram,
    index: number,
    operation: ProgramVerifyOperation,
  ): Promise<ProgramVerifyResult> {
    const { driver, device, gap } = this.#options;
    const plan =
      operation.policy.name === convergeName ? convergePlan(operation, driver, this.#settings, gap) : null;
    if (plan === null) {
      const program = this.#program;
      if (program === undefined) {
        throw new ScheduleError('not-armed', 'arc-one: no checked program is armed');
      }
      return expandProgramVerify({ backend: this, program, device, index, operation });
    }
    armed.admit(index);
    return this.#converge(armed, operation, plan);
  }

  async #converge(
    { safeOperatingArea }: ArmedProgram,
    operation: ProgramVerifyOperation,
    plan: ConvergePlan,
  ): Promise<ProgramVerifyResult> {
    const { driver, device, permission } = this.#options;
    const { third } = this.#settings;
    const sneak = biasCode(operation.bias, third);
    const guard = { safeOperatingArea, driver, bias: boardBias(sneak, third), permission };
    const cells: CellResult[] = [];
    let acts = 0;
    let seconds: Seconds = 0;
    for (const [position, cell] of operation.cells.entries()) {
      const { link } = await this.#session.prepare(sneak, operation.read.volts);
      const task = cellTask(device, operation, position);
      const result = await convergeCell(link, { plan, operation, task, cell, guard });
      cells.push(result);
      acts += result.trace.length + result.reads;
      seconds += result.trace.reduce((sum, { width }) => sum + width, result.reads * operation.read.width);
    }
    return { kind: 'programVerify', cells, cost: this.#cost(seconds, acts) };
  }

  /** The board measures neither energy nor charge. */
  #cost(seconds: Seconds, acts: number): Cost {
    return { seconds: seconds + acts * this.#options.gap, joules: 0, coulombs: 0 };
  }
}
