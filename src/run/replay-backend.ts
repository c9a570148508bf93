import { ReplayError } from '../errors.ts';
import { policyTable } from '../programming/policy-table.ts';
import { operationDigest } from '../schedule/digest.ts';
import { ArmedProgram, requireArmed } from './armed-program.ts';
import type {
  Backend,
  Capabilities,
  CheckedProgram,
  OperationResult,
  PulseResult,
  ReadResult,
} from './backend.ts';
import type { RunEvent } from './run-record.ts';

export interface ReplayOptions {
  /** What the recorded controller could do; geometry and driver must be those of the recording. */
  readonly capabilities: Omit<Capabilities, 'controller' | 'policies' | 'simulated'>;
  /** The recorded events, in order. */
  readonly events: readonly RunEvent[];
}

/**
 * Answers from a recorded run. It follows the recording operation by operation and stops at the first that the
 * recording does not hold: a replay never invents an answer.
 */
export class ReplayBackend implements Backend {
  readonly name = 'replay';
  readonly #capabilities: Capabilities;
  readonly #events: readonly RunEvent[];
  #armed: ArmedProgram | undefined;
  #next = 0;

  constructor({ capabilities, events }: ReplayOptions) {
    this.#capabilities = {
      ...capabilities,
      controller: this.name,
      policies: Object.keys(policyTable),
      simulated: true,
    };
    this.#events = events;
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
    this.#next = 0;
  }

  /** @throws ReplayError at the first operation that differs from the recording */
  async execute(index: number): Promise<OperationResult> {
    const armed = requireArmed(this.#armed, this.name);
    armed.admit(index);
    const digest = operationDigest(armed.schedule.operations[index]!);
    const event = this.#events[this.#next];
    if (event === undefined || event.operation !== index || event.digest !== digest) {
      const recorded =
        event === undefined
          ? `ends after ${this.#events.length} operations`
          : `goes on with operation ${event.operation}, digest ${event.digest}`;
      throw new ReplayError(
        'replay-divergence',
        `operation ${index}: asked with digest ${digest}, the recording ${recorded}`,
        { details: { operation: index, digest, recorded: event?.digest ?? null } },
      );
    }
    this.#next++;
    return event.result;
  }

  /** @throws ReplayError always: a recording holds whole operations */
  async executeStep(index: number): Promise<PulseResult | ReadResult> {
    throw new ReplayError(
      'replay-step',
      `operation ${index}: a recording answers whole operations, not single steps`,
    );
  }

  async safe(): Promise<void> {
    this.#armed = undefined;
  }

  async close(): Promise<void> {
    await this.safe();
  }
}
