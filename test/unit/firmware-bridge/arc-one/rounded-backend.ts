import type {
  Backend,
  Capabilities,
  CheckedProgram,
  ExpandedStep,
  OperationResult,
  PulseResult,
  ReadResult,
} from '../../../../src/run/backend.ts';
import { SimulatedBackend, type SimulatedBackendOptions } from '../../../../src/run/simulated-backend.ts';

/**
 * The simulated backend, run step by step, whose readings go through a resistance in 32 bits: what an ArC ONE in
 * front of the same array reports.
 */
export class RoundedBackend implements Backend {
  readonly name = 'rounded';
  readonly #backend: SimulatedBackend;

  constructor(options: SimulatedBackendOptions) {
    this.#backend = new SimulatedBackend({ ...options, policies: [] });
  }

  capabilities(): Capabilities {
    return this.#backend.capabilities();
  }

  open(): Promise<void> {
    return this.#backend.open();
  }

  arm(program: CheckedProgram): Promise<void> {
    return this.#backend.arm(program);
  }

  async execute(index: number): Promise<OperationResult> {
    const result = await this.#backend.execute(index);
    return result.kind === 'read' ? rounded(result) : result;
  }

  async executeStep(index: number, step: ExpandedStep): Promise<PulseResult | ReadResult> {
    const result = await this.#backend.executeStep(index, step);
    return result.kind === 'read' ? rounded(result) : result;
  }

  safe(): Promise<void> {
    return this.#backend.safe();
  }

  close(): Promise<void> {
    return this.#backend.close();
  }
}

function rounded(result: ReadResult): ReadResult {
  const readings = result.readings.map(({ cell, conductance }) => ({
    cell,
    conductance: 1 / Math.fround(1 / conductance),
  }));
  return { ...result, readings };
}
