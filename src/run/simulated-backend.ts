import { type BiasScheme, resolveBias } from '../array/bias.ts';
import type { Crossbar } from '../array/crossbar.ts';
import type { Cell } from '../array/geometry.ts';
import type { ReadChannel } from '../periphery/read-channel.ts';
import { bindPolicy, policyTable } from '../programming/policy-table.ts';
import type { DriverGrid } from '../schedule/driver-grid.ts';
import type { Operation, ProgramVerifyOperation } from '../schedule/operation.ts';
import type { SafeOperatingArea } from '../schedule/safe-operating-area.ts';
import type { Seconds } from '../units.ts';
import { ArmedProgram, requireArmed } from './armed-program.ts';
import type {
  Backend,
  Capabilities,
  CellResult,
  CheckedProgram,
  ExpandedStep,
  OperationResult,
  ProgramVerifyResult,
  PulseResult,
  ReadResult,
} from './backend.ts';
import { CellLoop } from './cell-loop.ts';
import { cellTask, type DeviceKnowledge } from './device-knowledge.ts';
import { ResponseGuard } from './response-guard.ts';
import { type CellRead, SimulatedBench } from './simulated-bench.ts';

export interface SimulatedBackendOptions {
  readonly crossbar: Crossbar;
  /** What verify reads go through. */
  readonly readChannel: ReadChannel;
  readonly driver: DriverGrid;
  readonly device: DeviceKnowledge;
  /** Rest between one act and the next, as the controller takes it. */
  readonly gap: Seconds;
  /** Policies to run inside the backend; the engine expands the others. All if left out. */
  readonly policies?: readonly string[];
}

/** A controller and its array, emulated: the stand-in for absent hardware and the reference for present. */
export class SimulatedBackend implements Backend {
  readonly name = 'simulated';
  readonly #device: DeviceKnowledge;
  readonly #bench: SimulatedBench;
  readonly #capabilities: Capabilities;
  #armed: ArmedProgram | undefined;

  constructor({ crossbar, readChannel, driver, device, gap, policies }: SimulatedBackendOptions) {
    this.#device = device;
    this.#bench = new SimulatedBench(crossbar, readChannel, gap);
    this.#capabilities = {
      controller: this.name,
      geometry: crossbar.geometry,
      driver,
      policies: policies ?? Object.keys(policyTable),
      simulated: true,
    };
  }

  capabilities(): Capabilities {
    return this.#capabilities;
  }

  async open(): Promise<void> {
    await this.safe();
  }

  async arm(program: CheckedProgram): Promise<void> {
    this.#armed = undefined;
    const { driver, geometry } = this.#capabilities;
    this.#armed = new ArmedProgram(program, driver, geometry, this.name);
  }

  async execute(index: number): Promise<OperationResult> {
    const armed = requireArmed(this.#armed, this.name);
    return this.#act(armed.admit(index), armed.schedule.operations[index], armed.safeOperatingArea);
  }

  async executeStep(index: number, step: ExpandedStep): Promise<PulseResult | ReadResult> {
    const held = requireArmed(this.#armed, this.name).admitStep(index, step);
    return held.kind === 'pulse' ? this.#bench.pulse(held) : this.#bench.read(held);
  }

  async safe(): Promise<void> {
    this.#armed = undefined;
  }

  async close(): Promise<void> {
    await this.safe();
  }

  #act(held: Operation, asked: Operation | undefined, limits: SafeOperatingArea): OperationResult {
    switch (held.kind) {
      case 'pulse':
        return this.#bench.pulse(held);
      case 'read':
        return this.#bench.read(held);
      case 'frame':
        return this.#bench.frame(held);
      case 'wait':
        return this.#bench.wait(held.seconds);
      case 'programVerify':
        return this.#programVerify(held, asked as ProgramVerifyOperation, limits);
    }
  }

  #programVerify(
    held: ProgramVerifyOperation,
    asked: ProgramVerifyOperation,
    limits: SafeOperatingArea,
  ): ProgramVerifyResult {
    const before = this.#bench.crossbar.ledger.snapshot();
    const policy = bindPolicy(asked.policy);
    const read = { ...held.read, bias: resolveBias(held.read.bias) };
    const bias = resolveBias(held.bias);
    const cells = asked.cells.map((cell, position): CellResult => {
      const task = cellTask(this.#device, asked, position);
      const guard = new ResponseGuard(limits.response, cell, this.#device.setPolarity, asked.tolerance);
      const loop = new CellLoop(cell, task, policy.run(task), asked.envelope, guard);
      this.#runLoop(loop, cell, held, read, bias);
      return loop.result();
    });
    return { kind: 'programVerify', cells, cost: this.#bench.costSince(before) };
  }

  /** The envelope bounds the number of steps: the loop throws when its policy asks for more. */
  #runLoop(
    loop: CellLoop,
    cell: Cell,
    { envelope }: ProgramVerifyOperation,
    read: CellRead,
    bias: BiasScheme,
  ): void {
    for (let step = loop.next(); step !== undefined; step = loop.next()) {
      if (step === 'read') {
        loop.read(this.#bench.readCell(cell, read));
      } else {
        // The envelope was rounded to the registers when the operation was admitted.
        const pulse = envelope.pulses[loop.choice]!;
        this.#bench.crossbar.pulse(cell, pulse.volts, pulse.width, bias);
        loop.pulsed(pulse);
      }
    }
  }
}
